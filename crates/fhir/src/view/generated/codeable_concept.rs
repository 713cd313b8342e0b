//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Coding, Each, View, any, many, one};

/// [`CodeableConcept`](https://hl7.org/fhir/R4/datatypes.html#CodeableConcept).
#[derive(Clone, Copy, Debug)]
pub struct CodeableConcept<'a>(&'a Json<'a>);

impl<'a> View<'a> for CodeableConcept<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        CodeableConcept(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> CodeableConcept<'a> {
    /// `CodeableConcept.coding`
    pub fn coding(self) -> Each<'a, Coding<'a>> {
        many(self.0, "coding")
    }
    /// `CodeableConcept.text`
    pub fn text(self) -> Option<&'a str> {
        one(self.0, "text")
    }
}
