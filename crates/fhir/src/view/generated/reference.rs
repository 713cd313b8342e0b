//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Each, Identifier, View, any, many, one};

/// [`Reference`](https://hl7.org/fhir/R4/references.html).
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a>(&'a Json<'a>);

impl<'a> View<'a> for Reference<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        Reference(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Reference<'a> {
    /// `Reference.reference`
    pub fn reference(self) -> Option<&'a str> {
        one(self.0, "reference")
    }
    /// `Reference.type`
    pub fn r#type(self) -> Option<&'a str> {
        one(self.0, "type")
    }
    /// `Reference.identifier`
    pub fn identifier(self) -> Option<Identifier<'a>> {
        one(self.0, "identifier")
    }
    /// `Reference.display`
    pub fn display(self) -> Option<&'a str> {
        one(self.0, "display")
    }
}
