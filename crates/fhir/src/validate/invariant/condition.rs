//! Simple conditions, which most rules are: whether paths exist, and what their codes are. They run on
//! JSON directly.

use crate::fhirpath::{Expression, Function, Literal, Node, Operator};
use crate::validate::schema::{Schema, Structure};
use crate::{Json, Object};

pub enum Condition {
    Exists(Path),
    /// The path leads to exactly one value, which is not only extensions.
    HasValue(Path),
    /// `path = 'text'`: empty when the path is.
    Equals(Path, String),
    EqualsBool(Path, bool),
    /// `path.contains('text')`.
    Contains(Path, String),
    /// `path.count() + other.count() <= 1`.
    Count(Vec<Path>, Operator, usize),
    /// `path >= 0`.
    Number(Path, Operator, f64),
    /// `path in ('a' | 'b')`.
    In(Path, Vec<String>),
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Same(Box<Condition>, Box<Condition>),
}

type Path = Vec<Step>;

pub enum Step {
    /// An element, with the name of what stands beside it.
    Named(&'static str, String),
    /// A choice: the JSON names it may have.
    Choice(Vec<&'static str>),
    Where(Condition),
}

/// The condition that an expression is, if it is a simple one.
pub fn compile(expression: &Expression, structure: &'static Structure) -> Option<Condition> {
    condition(expression.root(), structure)
}

fn condition(node: &Node, structure: &'static Structure) -> Option<Condition> {
    let boxed = |node: &Node| condition(node, structure).map(Box::new);
    match node {
        Node::Binary(operator, left, right) => match operator {
            Operator::And => Some(Condition::And(boxed(left)?, boxed(right)?)),
            Operator::Or => Some(Condition::Or(boxed(left)?, boxed(right)?)),
            Operator::Implies => Some(Condition::Or(Box::new(Condition::Not(boxed(left)?)), boxed(right)?)),
            Operator::Xor => Some(Condition::Not(Box::new(Condition::Same(boxed(left)?, boxed(right)?)))),
            Operator::Equal => equal(left, right, structure),
            Operator::NotEqual => Some(Condition::Not(Box::new(equal(left, right, structure)?))),
            Operator::In => Some(Condition::In(path(left, structure)?.0, texts(right)?)),
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
                number(*operator, left, right, structure)
            }
            _ => None,
        },
        Node::Call(base, function, arguments) => match (function, base, arguments.as_slice()) {
            (Function::Not, Some(base), []) => Some(Condition::Not(boxed(base)?)),
            (Function::Exists, Some(base), []) => Some(Condition::Exists(path(base, structure)?.0)),
            (Function::Empty, Some(base), []) => {
                Some(Condition::Not(Box::new(Condition::Exists(path(base, structure)?.0))))
            }
            (Function::HasValue, Some(base), []) => Some(Condition::HasValue(path(base, structure)?.0)),
            (Function::Contains, Some(base), [Node::Literal(Literal::String(text))]) => {
                Some(Condition::Contains(path(base, structure)?.0, text.clone()))
            }
            (Function::Exists, Some(base), [criterion]) => {
                let (mut steps, end) = path(base, structure)?;
                steps.push(Step::Where(condition(criterion, end)?));
                Some(Condition::Exists(steps))
            }
            _ => None,
        },
        _ => None,
    }
}

fn equal(left: &Node, right: &Node, structure: &'static Structure) -> Option<Condition> {
    match right {
        Node::Literal(Literal::String(text)) => {
            let (steps, end) = path(left, structure)?;
            end.primitive.map(|_| Condition::Equals(steps, text.clone()))
        }
        Node::Literal(Literal::Boolean(truth)) => {
            Some(Condition::EqualsBool(path(left, structure)?.0, *truth))
        }
        _ => {
            let (left, right) = (condition(left, structure)?, condition(right, structure)?);
            Some(Condition::Same(Box::new(left), Box::new(right)))
        }
    }
}

/// A count or a number against a whole number.
fn number(operator: Operator, left: &Node, right: &Node, structure: &'static Structure) -> Option<Condition> {
    let Node::Literal(Literal::Integer(limit)) = right else { return None };
    let mut paths = Vec::new();
    if counts(left, structure, &mut paths).is_some() {
        return Some(Condition::Count(paths, operator, usize::try_from(*limit).ok()?));
    }
    let (steps, end) = path(left, structure)?;
    end.primitive.map(|_| Condition::Number(steps, operator, *limit as f64))
}

fn counts(node: &Node, structure: &'static Structure, paths: &mut Vec<Path>) -> Option<()> {
    match node {
        Node::Binary(Operator::Add, left, right) => {
            counts(left, structure, paths)?;
            counts(right, structure, paths)
        }
        Node::Call(Some(base), Function::Count, _) => {
            paths.push(path(base, structure)?.0);
            Some(())
        }
        _ => None,
    }
}

fn holds(operator: Operator, order: std::cmp::Ordering) -> bool {
    match operator {
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        Operator::GreaterOrEqual => order.is_ge(),
        _ => order.is_eq(),
    }
}

fn texts(node: &Node) -> Option<Vec<String>> {
    match node {
        Node::Literal(Literal::String(text)) => Some(vec![text.clone()]),
        Node::Binary(Operator::Union, left, right) => {
            let mut all = texts(left)?;
            all.extend(texts(right)?);
            Some(all)
        }
        _ => None,
    }
}

/// A chain of names and `where()`s from a structure, and the structure it ends at.
fn path(node: &Node, structure: &'static Structure) -> Option<(Path, &'static Structure)> {
    match node {
        Node::Member(None, name) if name == structure.name => Some((Vec::new(), structure)),
        Node::Member(base, name) => {
            let (mut steps, at) = match base {
                Some(base) => path(base, structure)?,
                None => (Vec::new(), structure),
            };
            let (step, end) = step(name, at)?;
            steps.push(step);
            Some((steps, end))
        }
        Node::Call(base, Function::Where, arguments) => {
            let (mut steps, end) = match base {
                Some(base) => path(base, structure)?,
                None => (Vec::new(), structure),
            };
            steps.push(Step::Where(condition(arguments.first()?, end)?));
            Some((steps, end))
        }
        _ => None,
    }
}

fn step(name: &str, at: &'static Structure) -> Option<(Step, &'static Structure)> {
    let schema = Schema::get();
    if at.primitive.is_some() {
        return None;
    }
    if let Some(member) = at.member(name) {
        let ty = schema.element(member.element).types.first()?;
        if ty.is_resource {
            return Some((Step::Named(member.name, String::new()), schema.find("Element")?));
        }
        let beside = if ty.primitive.is_some() && !ty.bare { format!("_{name}") } else { String::new() };
        return Some((Step::Named(member.name, beside), schema.structure(ty.structure)));
    }
    let members = at.members().iter().filter(|m| {
        let element = schema.element(m.element);
        element.is_choice && element.name == name
    });
    let names: Vec<&'static str> = members.map(|m| m.name).collect();
    // What a choice leads to is not known before it is seen: only its presence can be asked.
    let end = schema.find("Element")?;
    (!names.is_empty()).then_some((Step::Choice(names), end))
}

impl Condition {
    /// Whether it holds for an element; none where FHIRPath would be empty.
    pub fn is_true(&self, json: &Json<'_>) -> Option<bool> {
        match self {
            Condition::Exists(path) => Some(any(json, path, &mut |_| true)),
            Condition::HasValue(path) => {
                let mut count = 0;
                any(json, path, &mut |value| {
                    count += usize::from(value.is_some_and(|v| v.as_object().is_none() && *v != Json::Null));
                    false
                });
                Some(count == 1)
            }
            Condition::Equals(path, text) => one(json, path, |value| value.as_str() == Some(text)),
            Condition::Contains(path, text) => {
                one(json, path, |value| value.as_str().is_some_and(|s| s.contains(&**text)))
            }
            Condition::Count(paths, operator, limit) => {
                let mut count = 0;
                for path in paths {
                    any(json, path, &mut |_| {
                        count += 1;
                        false
                    });
                }
                Some(holds(*operator, count.cmp(limit)))
            }
            Condition::Number(path, operator, limit) => one(json, path, |value| {
                let number = value.as_number().and_then(|text| text.parse::<f64>().ok());
                number.and_then(|n| n.partial_cmp(limit)).is_some_and(|order| holds(*operator, order))
            }),
            Condition::EqualsBool(path, truth) => one(json, path, |value| value.as_bool() == Some(*truth)),
            Condition::In(path, texts) => {
                one(json, path, |value| value.as_str().is_some_and(|s| texts.iter().any(|t| t == s)))
            }
            Condition::Not(inner) => inner.is_true(json).map(|truth| !truth),
            Condition::And(left, right) => match left.is_true(json) {
                Some(false) => Some(false),
                Some(true) => right.is_true(json),
                None => right.is_true(json).filter(|truth| !truth),
            },
            Condition::Or(left, right) => match left.is_true(json) {
                Some(true) => Some(true),
                Some(false) => right.is_true(json),
                None => right.is_true(json).filter(|truth| *truth),
            },
            Condition::Same(left, right) => Some(left.is_true(json)? == right.is_true(json)?),
        }
    }
}

/// The answer for the one value of a path; several values are equal to no single one.
fn one(json: &Json<'_>, path: &[Step], mut is_it: impl FnMut(&Json<'_>) -> bool) -> Option<bool> {
    let (mut count, mut truth) = (0, false);
    any(json, path, &mut |value| {
        count += 1;
        truth = value.is_some_and(&mut is_it);
        false
    });
    match count {
        0 => None,
        1 => Some(truth),
        _ => Some(false),
    }
}

/// Whether a value at the end of the path satisfies; a value of extensions only is given as none.
fn any(json: &Json<'_>, path: &[Step], found: &mut dyn FnMut(Option<&Json<'_>>) -> bool) -> bool {
    let Some((step, rest)) = path.split_first() else { return found(Some(json)) };
    match step {
        Step::Where(condition) => condition.is_true(json) == Some(true) && any(json, rest, found),
        Step::Named(name, beside) => {
            let Some(object) = json.as_object() else { return false };
            match object.get(name) {
                Some(value) => value.items().any(|item| any(item, rest, found)),
                None => !beside.is_empty() && object.get(beside).is_some() && rest.is_empty() && found(None),
            }
        }
        Step::Choice(names) => {
            let Some(object) = json.as_object() else { return false };
            match chosen(object, names) {
                Some((value, true)) => any(value, rest, found),
                Some((_, false)) => rest.is_empty() && found(None),
                None => false,
            }
        }
    }
}

/// The member that a choice stands as, and whether it is a value or only beside one.
fn chosen<'j>(object: &'j Object<'j>, names: &[&str]) -> Option<(&'j Json<'j>, bool)> {
    let plain = |key: &'j str| key.strip_prefix('_').unwrap_or(key);
    let first = object.iter().find(|(key, _)| names.contains(&plain(key)))?;
    if !first.0.starts_with('_') {
        return Some((first.1, true));
    }
    Some(object.get(plain(first.0)).map_or((first.1, false), |value| (value, true)))
}
