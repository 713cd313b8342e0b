//! Evaluates the tree of an expression.

use super::ast::{Literal, Node, TypeName, TypeTest};
use super::environment::Environment;
use super::error::EvaluationError;
use super::meter::Meter;
use super::value::{Element, Value};
use super::{equality, function, navigate, operator};
use crate::validate::schema::Schema;
use std::borrow::Cow;

pub type Items<'a> = Vec<Value<'a>>;
pub type Outcome<T> = Result<T, EvaluationError>;

/// What `$this`, `$index` and `$total` are.
#[derive(Clone, Copy)]
pub struct Scope<'s, 'a> {
    pub this: &'s [Value<'a>],
    pub index: Option<usize>,
    pub total: Option<&'s [Value<'a>]>,
}

pub struct Engine<'e, 'a> {
    pub environment: &'e Environment<'a>,
    /// What may still be done.
    pub meter: Meter,
}

impl<'e, 'a> Engine<'e, 'a> {
    pub fn new(environment: &'e Environment<'a>) -> Self {
        Engine { environment, meter: Meter::new(environment.steps_max) }
    }

    /// Counts work done; an expression that does too much is stopped.
    pub fn spend(&mut self, steps: usize) -> Outcome<()> {
        if !self.meter.take(steps.saturating_add(1)) {
            return Err(EvaluationError::TooManySteps);
        }
        if steps > self.environment.items_max {
            return Err(EvaluationError::TooManyItems);
        }
        Ok(())
    }

    pub fn eval(&mut self, node: &'a Node, scope: &Scope<'_, 'a>) -> Outcome<Items<'a>> {
        let items = self.step(node, scope)?;
        self.meter.read(items.iter().map(Value::own_text).sum());
        self.spend(items.len())?;
        Ok(items)
    }

    fn step(&mut self, node: &'a Node, scope: &Scope<'_, 'a>) -> Outcome<Items<'a>> {
        match node {
            Node::This => Ok(scope.this.to_vec()),
            Node::Index => Ok(scope.index.map(|n| Value::Integer(n as i64)).into_iter().collect()),
            Node::Total => Ok(scope.total.map(<[Value]>::to_vec).unwrap_or_default()),
            Node::Empty => Ok(Vec::new()),
            Node::Literal(literal) => Ok(vec![literal_value(literal)]),
            Node::Variable(name) => self.variable(name),
            Node::Member(None, name) => navigate::root_member(self, scope.this, name),
            Node::Member(Some(base), name) => {
                let items = self.eval(base, scope)?;
                if self.environment.strict
                    && let Node::Type(_, TypeTest::As | TypeTest::OfType, ty) = &**base
                {
                    navigate::exists_on(&ty.name, name)?;
                }
                navigate::member(self, &items, name)
            }
            Node::Call(base, function, arguments) => {
                let input = self.base(base, scope)?;
                if self.environment.strict && !is_ordered(base) && needs_order(*function) {
                    return Err(EvaluationError::NoOrder(function.name()));
                }
                function::call(self, *function, input, arguments, scope)
            }
            Node::Type(base, test, name) => {
                let input = self.base(base, scope)?;
                type_test(input, *test, name)
            }
            Node::Indexer(base, index) => {
                let items = self.eval(base, scope)?;
                let index = self.eval(index, scope)?;
                let at = integer(&index, "[]")?.and_then(|n| usize::try_from(n).ok());
                Ok(at.and_then(|at| items.into_iter().nth(at)).into_iter().collect())
            }
            Node::Negative(inner) => {
                let items = self.eval(inner, scope)?;
                operator::negative(&items)
            }
            Node::Binary(operator, left, right) => operator::binary(self, *operator, left, right, scope),
        }
    }

    fn base(&mut self, base: &'a Option<Box<Node>>, scope: &Scope<'_, 'a>) -> Outcome<Items<'a>> {
        match base {
            Some(base) => self.eval(base, scope),
            None => Ok(scope.this.to_vec()),
        }
    }

    /// Evaluates an expression with one item as `$this`.
    pub fn each(
        &mut self,
        node: &'a Node,
        item: &Value<'a>,
        index: usize,
        scope: &Scope<'_, 'a>,
    ) -> Outcome<Items<'a>> {
        let inner = Scope { this: std::slice::from_ref(item), index: Some(index), total: scope.total };
        self.eval(node, &inner)
    }

    fn variable(&mut self, name: &str) -> Outcome<Items<'a>> {
        let text = |text: String| Ok(vec![Value::String(Cow::Owned(text))]);
        match name {
            "ucum" => text(crate::ucum::SYSTEM.to_string()),
            "sct" => text("http://snomed.info/sct".to_string()),
            "loinc" => text("http://loinc.org".to_string()),
            _ => {
                if let Some(items) = self.environment.variable(name) {
                    return Ok(items);
                }
                if let Some(set) = name.strip_prefix("vs-") {
                    return text(format!("http://hl7.org/fhir/ValueSet/{set}"));
                }
                if let Some(extension) = name.strip_prefix("ext-") {
                    return text(format!("http://hl7.org/fhir/StructureDefinition/{extension}"));
                }
                Err(EvaluationError::UnknownVariable(name.chars().take(40).collect()))
            }
        }
    }
}

fn literal_value<'a>(literal: &'a Literal) -> Value<'a> {
    match literal {
        Literal::Boolean(b) => Value::Boolean(*b),
        Literal::String(s) => Value::String(Cow::Borrowed(s)),
        Literal::Integer(n) => Value::Integer(*n),
        Literal::Decimal(d) => Value::Decimal(*d),
        Literal::Temporal(t) => Value::Temporal(*t),
        Literal::Quantity(q) => Value::Quantity(q.clone()),
    }
}

/// Whether the items of an expression have an order: children have none.
fn is_ordered(base: &Option<Box<Node>>) -> bool {
    use function::Function::{Children, Descendants};
    !matches!(base.as_deref(), Some(Node::Call(_, Children | Descendants, _)))
}

fn needs_order(function: function::Function) -> bool {
    use function::Function::{First, Last, Skip, Tail, Take};
    matches!(function, First | Last | Skip | Tail | Take)
}

/// The one item of a collection, or none.
pub fn single<'i, 'a>(items: &'i [Value<'a>], who: &'static str) -> Outcome<Option<&'i Value<'a>>> {
    match items {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err(EvaluationError::NotSingle(who)),
    }
}

/// One boolean; a single item that is no boolean counts as true.
pub fn boolean(items: &[Value<'_>], who: &'static str) -> Outcome<Option<bool>> {
    Ok(match single(items, who)?.map(Value::system) {
        None => None,
        Some(Some(Value::Boolean(b))) => Some(b),
        Some(None) if matches!(items, [Value::Element(Element { json: None, .. })]) => None,
        Some(_) => Some(true),
    })
}

pub fn integer(items: &[Value<'_>], who: &'static str) -> Outcome<Option<i64>> {
    match single(items, who)?.map(Value::system) {
        None => Ok(None),
        Some(Some(Value::Integer(n))) => Ok(Some(n)),
        Some(_) => Err(EvaluationError::WrongType(who)),
    }
}

/// One text; codes, ids, uris and dates of the data are texts too.
pub fn string<'a>(items: &[Value<'a>], who: &'static str) -> Outcome<Option<Cow<'a, str>>> {
    let Some(item) = single(items, who)? else { return Ok(None) };
    match item {
        Value::String(text) => Ok(Some(text.clone())),
        Value::Element(element) => match element.json {
            Some(crate::Json::String(text)) => Ok(Some(Cow::Borrowed(&**text))),
            None => Ok(None),
            Some(_) => Err(EvaluationError::WrongType(who)),
        },
        _ => Err(EvaluationError::WrongType(who)),
    }
}

fn type_test<'a>(input: Items<'a>, test: TypeTest, name: &TypeName) -> Outcome<Items<'a>> {
    if !is_known(name) {
        return Err(EvaluationError::UnknownType(name.name.chars().take(40).collect()));
    }
    match test {
        TypeTest::OfType => Ok(input.into_iter().filter(|item| is_exactly(item, name)).collect()),
        TypeTest::As => {
            single(&input, "as")?;
            Ok(input.into_iter().filter(|item| is_exactly(item, name)).collect())
        }
        TypeTest::Is => {
            Ok(single(&input, "is")?.map(|item| Value::Boolean(is_of(item, name))).into_iter().collect())
        }
    }
}

const SYSTEM_TYPES: [&str; 9] =
    ["Boolean", "String", "Integer", "Decimal", "Date", "DateTime", "Time", "Quantity", "Any"];

fn is_known(name: &TypeName) -> bool {
    let system = SYSTEM_TYPES.contains(&&*name.name);
    match name.namespace.as_deref() {
        // No item is of an unknown type of the language.
        Some("System") => true,
        Some(_) => Schema::get().find(&name.name).is_some(),
        None => system || Schema::get().find(&name.name).is_some(),
    }
}

/// Whether an item is of a type or of one derived from it.
pub fn is_of(item: &Value<'_>, name: &TypeName) -> bool {
    match item {
        Value::Element(element) => {
            if name.namespace.as_deref() == Some("System") {
                return false;
            }
            let (Some(structure), Some(asked)) = (element.structure, Schema::get().find(&name.name)) else {
                return false;
            };
            Schema::get().is_a(structure, asked.id)
        }
        other => {
            name.namespace.as_deref() != Some("FHIR")
                && (other.system_name() == Some(&name.name) || name.name == "Any")
        }
    }
}

/// As [`is_of`], but a primitive must be of that very type: a `code` is not taken as a `string`.
fn is_exactly(item: &Value<'_>, name: &TypeName) -> bool {
    let other = match item {
        Value::Element(element) => element.primitive().is_some_and(|primitive| primitive.name() != name.name),
        _ => false,
    };
    !other && is_of(item, name)
}

/// Whether two collections hold equal items in the same order; none when that cannot be told.
pub fn same(left: &[Value<'_>], right: &[Value<'_>], meter: &Meter) -> Option<bool> {
    if left.len() != right.len() {
        return Some(false);
    }
    let mut unsure = false;
    for (a, b) in left.iter().zip(right) {
        match equality::equal(a, b, meter) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => unsure = true,
        }
    }
    if unsure { None } else { Some(true) }
}
