//! The walk over a resource, guided by the element tables.

use super::binding::Binding;
use super::location::Location;
use super::schema::{Element, ElementId, Schema, Structure, Type};
use super::{ISSUES_MAX, binding, invariant, message, primitive, reference};
use crate::issue::{Code, Text};
use crate::{Issue, Json, Object, ResourceType, Severity};

/// Resources may stand in resources (Bundle in Bundle) this deep.
const NESTING_MAX: usize = 8;

pub struct Walk<'r, 'j> {
    schema: &'static Schema,
    root: &'r Json<'j>,
    pub issues: Vec<Issue>,
    nesting: usize,
    /// What `#id` references inside the resource may mean.
    contained: reference::Contained<'r>,
    /// How many warnings and errors were found.
    said: [usize; 2],
}

/// The resource that the walk is in.
#[derive(Clone, Copy)]
pub struct Within<'r, 'j> {
    pub resource: &'r Json<'j>,
    /// The resource that holds `resource` in its `contained`, or `resource` itself.
    pub container: &'r Json<'j>,
    pub is_contained: bool,
}

impl<'r, 'j> Walk<'r, 'j> {
    pub fn new(root: &'r Json<'j>) -> Self {
        Walk {
            schema: Schema::get(),
            root,
            issues: Vec::new(),
            nesting: 0,
            contained: Default::default(),
            said: [0; 2],
        }
    }

    pub fn root(&mut self) {
        let root = self.root;
        let name = ResourceType::of(root).map_or("Resource", ResourceType::name);
        self.resource(root, &Location::root(name), None);
    }

    /// Errors and warnings are counted apart, so that warnings never hide an error.
    pub fn say(&mut self, issue: Issue, at: &Location<'_>) {
        let is_error = issue.severity >= Severity::Error;
        let said = &mut self.said[usize::from(is_error)];
        *said += 1;
        match *said {
            n if n <= ISSUES_MAX => self.issues.push(issue.at(at.path())),
            n if n == ISSUES_MAX + 1 => {
                let severity = issue.severity;
                let more = Issue::error(Code::TooCostly, message::TOO_MANY).arg("count", ISSUES_MAX);
                self.issues.push(Issue { severity, ..more });
            }
            _ => {}
        }
    }

    fn wrong(&mut self, text: Text, at: &Location<'_>) {
        self.say(Issue::error(Code::Structure, text), at);
    }

    /// A whole resource: the root, one in `contained`, in a bundle's entry or in a parameter.
    fn resource(&mut self, json: &'r Json<'j>, at: &Location<'_>, container: Option<&'r Json<'j>>) {
        let Some(object) = json.as_object() else {
            return self.wrong(message::RESOURCE_NOT_OBJECT, at);
        };
        let Some(rt) = ResourceType::of(json) else {
            return self.say(Issue::error(Code::Structure, message::RESOURCE_TYPE), at);
        };
        if self.nesting >= NESTING_MAX {
            return self.say(Issue::error(Code::TooCostly, message::NESTED_TOO_DEEP), at);
        }
        self.nesting += 1;
        let within = Within {
            resource: json,
            container: container.unwrap_or(json),
            is_contained: container.is_some(),
        };
        let structure = self.schema.resource(rt);
        if within.is_contained {
            self.members(json, object, structure, at, within);
        } else {
            let outer = std::mem::replace(&mut self.contained, reference::contained(json));
            self.members(json, object, structure, at, within);
            self.contained = outer;
        }
        self.nesting -= 1;
    }

    /// The members of an object against its structure.
    fn members(
        &mut self,
        json: &'r Json<'j>,
        object: &'r Object<'j>,
        structure: &'static Structure,
        at: &Location<'_>,
        within: Within<'r, 'j>,
    ) {
        let is_resource = structure.kind == super::schema::Kind::Resource;
        let mut seen: u128 = 0;
        // Which type of a choice was used is only asked when an element stands twice.
        for (name, value) in object.iter() {
            if is_resource && name == "resourceType" {
                continue;
            }
            let (plain, is_sibling) = match name.strip_prefix('_') {
                Some(plain) => (plain, true),
                None => (name, false),
            };
            let Some(member) = structure.member(plain) else {
                self.unknown(name, structure, at);
                continue;
            };
            let element = self.schema.element(member.element);
            let ty = &element.types[usize::from(member.choice)];
            let bit = 1u128 << member.slot;
            if seen & bit != 0 && element.is_choice && self.clashes(object, structure, element, plain) {
                let issue = Issue::error(Code::Structure, message::CHOICE_TWICE).arg("name", element.name);
                self.say(issue, &at.child(element.name));
            }
            seen |= bit;
            let here = at.child(element.name);
            if is_sibling {
                self.sibling(object, plain, value, element, ty, &here, within);
            } else {
                self.element(object, plain, value, member.element, ty, &here, within);
            }
        }
        for (slot, id) in &structure.required {
            if seen & (1u128 << slot) == 0 {
                let element = self.schema.element(*id);
                let name =
                    if element.is_choice { format!("{}[x]", element.name) } else { element.name.into() };
                let issue = Issue::error(Code::Required, message::REQUIRED)
                    .arg("name", name)
                    .arg("type", structure.name);
                self.say(issue, &at.child(element.name));
            }
        }
        self.rules(invariant::of_structure(structure.id), json, structure, at, within);
    }

    fn unknown(&mut self, name: &str, structure: &Structure, at: &Location<'_>) {
        let shown: String = name.chars().take(64).collect();
        let issue = Issue::error(Code::Structure, message::UNKNOWN_ELEMENT)
            .arg("name", shown)
            .arg("type", structure.name);
        self.say(issue, &at.child(name));
    }

    /// Whether another type of the same choice stands before this member.
    fn clashes(&self, object: &Object<'_>, structure: &Structure, element: &Element, plain: &str) -> bool {
        let before = object.iter().map(|(n, _)| n.strip_prefix('_').unwrap_or(n)).take_while(|n| *n != plain);
        before
            .filter_map(|n| structure.member(n))
            .any(|m| self.schema.element(m.element).name == element.name)
    }

    #[allow(clippy::too_many_arguments)]
    fn element(
        &mut self,
        object: &'r Object<'j>,
        name: &str,
        value: &'r Json<'j>,
        id: ElementId,
        ty: &'static Type,
        at: &Location<'_>,
        within: Within<'r, 'j>,
    ) {
        let element = self.schema.element(id);
        match (value, element.many) {
            (Json::Array(items), true) => {
                if items.is_empty() {
                    return self.wrong(message::EMPTY_ARRAY, at);
                }
                for (index, item) in items.iter().enumerate() {
                    let here = at.at(index);
                    if *item == Json::Null && ty.primitive.is_some() {
                        self.hole(object, name, index, &here);
                    } else {
                        self.value(item, id, ty, &here, within);
                    }
                }
            }
            (Json::Array(_), false) => {
                self.say(Issue::error(Code::Structure, message::NOT_REPEATED).arg("name", element.name), at)
            }
            (_, true) => {
                self.say(Issue::error(Code::Structure, message::NOT_ARRAY).arg("name", element.name), at)
            }
            (one, false) => self.value(one, id, ty, at, within),
        }
    }

    /// A null in an array of primitives stands for a value that only has extensions.
    fn hole(&mut self, object: &Object<'_>, name: &str, index: usize, at: &Location<'_>) {
        let sibling = object.get(&format!("_{name}")).and_then(Json::as_array);
        if sibling.and_then(|items| items.get(index)).and_then(Json::as_object).is_none() {
            self.wrong(message::NULL, at);
        }
    }

    /// One value of an element.
    fn value(
        &mut self,
        json: &'r Json<'j>,
        id: ElementId,
        ty: &'static Type,
        at: &Location<'_>,
        within: Within<'r, 'j>,
    ) {
        let element = self.schema.element(id);
        if ty.is_resource {
            let container = (element.name == "contained").then_some(within.container);
            return self.resource(json, at, container);
        }
        if let Some(primitive) = ty.primitive {
            if let Some(issue) = primitive::check(primitive, json) {
                return self.say(issue, at);
            }
            if element.binding != Binding::None
                && let Some(issue) = binding::check_code(element.binding, json)
            {
                self.say(issue, at);
            }
            return self.rules(
                invariant::of_element(id),
                json,
                self.schema.structure(ty.structure),
                at,
                within,
            );
        }
        let Some(object) = json.as_object() else {
            let text = if *json == Json::Null { message::NULL } else { message::NOT_OBJECT };
            return self.say(Issue::error(Code::Structure, text).arg("type", ty.name), at);
        };
        // An id alone is no content (ele-1).
        if object.is_empty() || (object.len() == 1 && object.get("id").is_some()) {
            return self.wrong(message::EMPTY_OBJECT, at);
        }
        let structure = self.schema.structure(ty.structure);
        self.members(json, object, structure, at, within);
        self.rules(invariant::of_element(id), json, structure, at, within);
        if element.binding != Binding::None
            && let Some(issue) = binding::check_concept(element.binding, ty.name, json)
        {
            self.say(issue, at);
        }
        if ty.is_reference {
            for issue in reference::check(json, ty.targets, within, &self.contained) {
                self.say(issue, at);
            }
        }
    }

    /// The `_name` of a primitive: its id and extensions (<https://hl7.org/fhir/R4/json.html#primitive>).
    #[allow(clippy::too_many_arguments)]
    fn sibling(
        &mut self,
        object: &'r Object<'j>,
        name: &str,
        value: &'r Json<'j>,
        element: &'static Element,
        ty: &'static Type,
        at: &Location<'_>,
        within: Within<'r, 'j>,
    ) {
        if ty.primitive.is_none() || ty.bare {
            let issue = Issue::error(Code::Structure, message::SIBLING_NOT_PRIMITIVE).arg("name", name);
            return self.say(issue, at);
        }
        let partner = object.get(name);
        if !element.many {
            if value.as_array().is_some() {
                return self
                    .say(Issue::error(Code::Structure, message::NOT_REPEATED).arg("name", element.name), at);
            }
            return self.extra(value, partner.is_some(), at, within);
        }
        let Some(items) = value.as_array() else {
            return self.say(Issue::error(Code::Structure, message::NOT_ARRAY).arg("name", element.name), at);
        };
        let values = partner.and_then(Json::as_array).unwrap_or_default();
        if items.is_empty() {
            return self.wrong(message::EMPTY_ARRAY, at);
        }
        if partner.is_some() && values.len() != items.len() {
            return self.say(Issue::error(Code::Structure, message::SIBLING_LENGTH).arg("name", name), at);
        }
        for (index, item) in items.iter().enumerate() {
            let here = at.at(index);
            let has_value = values.get(index).is_some_and(|v| *v != Json::Null);
            if *item != Json::Null {
                self.extra(item, has_value, &here, within);
            } else if partner.is_none() {
                self.wrong(message::NULL, &here);
            }
        }
    }

    /// The id and extensions of one primitive value.
    fn extra(&mut self, json: &'r Json<'j>, has_value: bool, at: &Location<'_>, within: Within<'r, 'j>) {
        let Some(object) = json.as_object() else {
            return self.say(Issue::error(Code::Structure, message::NOT_OBJECT).arg("type", "Element"), at);
        };
        if object.is_empty() || (!has_value && object.get("extension").is_none()) {
            return self.wrong(message::EMPTY_OBJECT, at);
        }
        if let Some(structure) = self.schema.find("Element") {
            self.members(json, object, structure, at, within);
        }
    }

    /// The rules on a value, once its parts are known to be well-formed.
    fn rules(
        &mut self,
        rules: &'static [&'static invariant::Rule],
        json: &'r Json<'j>,
        structure: &'static Structure,
        at: &Location<'_>,
        within: Within<'r, 'j>,
    ) {
        for rule in rules {
            if let Some(issue) = rule.check(json, structure, within) {
                self.say(issue, at);
            }
        }
    }
}
