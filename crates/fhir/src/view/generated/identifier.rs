//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, CodeableConcept, Each, Period, Reference, View, any, many, one};

/// [`Identifier`](https://hl7.org/fhir/R4/datatypes.html#Identifier).
#[derive(Clone, Copy, Debug)]
pub struct Identifier<'a>(&'a Json<'a>);

impl<'a> View<'a> for Identifier<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        Identifier(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Identifier<'a> {
    /// `Identifier.use`
    pub fn r#use(self) -> Option<&'a str> {
        one(self.0, "use")
    }
    /// `Identifier.type`
    pub fn r#type(self) -> Option<CodeableConcept<'a>> {
        one(self.0, "type")
    }
    /// `Identifier.system`
    pub fn system(self) -> Option<&'a str> {
        one(self.0, "system")
    }
    /// `Identifier.value`
    pub fn value(self) -> Option<&'a str> {
        one(self.0, "value")
    }
    /// `Identifier.period`
    pub fn period(self) -> Option<Period<'a>> {
        one(self.0, "period")
    }
    /// `Identifier.assigner`
    pub fn assigner(self) -> Option<Reference<'a>> {
        one(self.0, "assigner")
    }
}
