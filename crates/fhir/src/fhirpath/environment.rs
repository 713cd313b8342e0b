//! What an evaluation may use besides its input.

use super::value::{Element, Value};
use crate::Json;

/// Answers to what only the outside knows. Every method may decline.
pub trait Outside<'a> {
    /// The resource that a reference means.
    fn resolve(&self, _reference: &str) -> Option<&'a Json<'a>> {
        None
    }

    /// Whether a code is in the value set of that URL.
    fn member_of(&self, _system: Option<&str>, _code: &str, _value_set: &str) -> Option<bool> {
        None
    }

    /// Whether an element conforms to the profile of that URL.
    fn conforms_to(&self, _element: &Element<'a>, _profile: &str) -> Option<bool> {
        None
    }

    /// `trace()` was passed.
    fn trace(&self, _name: &str, _items: &[Value<'a>]) {}
}

/// Nothing outside: value sets of the base definitions are still known.
pub struct Alone;

impl Outside<'_> for Alone {}

/// Variables, the clock, limits and the way outside.
pub struct Environment<'a> {
    /// `%resource`: the resource that the input is in.
    pub resource: Option<&'a Json<'a>>,
    /// `%rootResource`: the container, when `%resource` is contained.
    pub root_resource: Option<&'a Json<'a>>,
    /// Further `%name` variables.
    pub variables: Vec<(String, Vec<Value<'a>>)>,
    /// The present in milliseconds since 1970, and the offset of the zone in minutes.
    pub now: Option<(i64, i32)>,
    pub outside: &'a dyn Outside<'a>,
    /// Refuse elements that a type does not have, instead of finding nothing.
    pub strict: bool,
    /// Work after which an evaluation is stopped.
    pub steps_max: u64,
    /// Longest collection.
    pub items_max: usize,
}

impl<'a> Environment<'a> {
    /// An environment for a resource that is not contained in another.
    pub fn of(resource: &'a Json<'a>) -> Self {
        Environment {
            resource: Some(resource),
            root_resource: Some(resource),
            variables: Vec::new(),
            now: None,
            outside: &Alone,
            strict: false,
            steps_max: 5_000_000,
            items_max: 1_000_000,
        }
    }

    pub(super) fn variable(&self, name: &str) -> Option<Vec<Value<'a>>> {
        let resource = |json: Option<&'a Json<'a>>| {
            Some(json.map(|json| Value::Element(Element::resource(json))).into_iter().collect())
        };
        if let Some((_, items)) = self.variables.iter().find(|(known, _)| known == name) {
            return Some(items.clone());
        }
        match name {
            "resource" | "context" => resource(self.resource),
            "rootResource" => resource(self.root_resource),
            _ => None,
        }
    }
}
