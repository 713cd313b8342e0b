//! What a run may use besides its input.

use fhir::Json;
use fhir::fhirpath::{Alone, Element, Outside, Value};
use std::cell::Cell;

/// Variables, the clock, limits and the way outside. It costs nothing to make and lives as short as the
/// answers: make it after the expressions and the resource that it serves.
pub struct Environment<'a> {
    /// `%rootResource`, where it is not the resource that is evaluated: the container of a contained one.
    pub root: Option<&'a Json<'a>>,
    /// Further `%name` variables. They win over those that the language gives.
    pub variables: Vec<(String, Vec<Value<'a>>)>,
    /// The present in milliseconds since 1970, and the offset of the zone in minutes. Without it, `now()`,
    /// `today()` and `timeOfDay()` are errors.
    pub now: Option<(i64, i32)>,
    /// Refuses elements that a type does not have, instead of finding nothing.
    pub strict: bool,
    /// Work after which a run is stopped.
    pub steps_max: u64,
    /// Longest collection.
    pub items_max: usize,
    outside: &'a dyn Outside<'a>,
    /// A value set was asked for that nobody knows.
    declined: Cell<bool>,
}

impl<'a> Environment<'a> {
    /// Nothing but the resource and the value sets of the base definitions.
    pub fn new() -> Self {
        Environment::with_outside(&Alone)
    }

    /// References, value sets, profiles and traces are answered from outside.
    pub fn with_outside(outside: &'a dyn Outside<'a>) -> Self {
        Environment {
            root: None,
            variables: Vec::new(),
            now: None,
            strict: false,
            steps_max: 5_000_000,
            items_max: 1_000_000,
            outside,
            declined: Cell::new(false),
        }
    }

    /// Whether a value set was unknown since this was asked last.
    pub(crate) fn take_declined(&self) -> bool {
        self.declined.take()
    }
}

impl Default for Environment<'_> {
    fn default() -> Self {
        Environment::new()
    }
}

impl<'a> Outside<'a> for Environment<'a> {
    fn resolve(&self, reference: &str) -> Option<&'a Json<'a>> {
        self.outside.resolve(reference)
    }

    fn member_of(&self, system: Option<&str>, code: &str, value_set: &str) -> Option<bool> {
        let answer = self.outside.member_of(system, code, value_set);
        if answer.is_none() {
            self.declined.set(true);
        }
        answer
    }

    fn conforms_to(&self, element: &Element<'a>, profile: &str) -> Option<bool> {
        self.outside.conforms_to(element, profile)
    }

    fn trace(&self, name: &str, items: &[Value<'a>]) {
        self.outside.trace(name, items);
    }
}
