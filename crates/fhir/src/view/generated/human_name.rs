//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Each, Period, View, any, many, one};

/// [`HumanName`](https://hl7.org/fhir/R4/datatypes.html#HumanName).
#[derive(Clone, Copy, Debug)]
pub struct HumanName<'a>(&'a Json<'a>);

impl<'a> View<'a> for HumanName<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        HumanName(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> HumanName<'a> {
    /// `HumanName.use`
    pub fn r#use(self) -> Option<&'a str> {
        one(self.0, "use")
    }
    /// `HumanName.text`
    pub fn text(self) -> Option<&'a str> {
        one(self.0, "text")
    }
    /// `HumanName.family`
    pub fn family(self) -> Option<&'a str> {
        one(self.0, "family")
    }
    /// `HumanName.given`
    pub fn given(self) -> Each<'a, &'a str> {
        many(self.0, "given")
    }
    /// `HumanName.prefix`
    pub fn prefix(self) -> Each<'a, &'a str> {
        many(self.0, "prefix")
    }
    /// `HumanName.suffix`
    pub fn suffix(self) -> Each<'a, &'a str> {
        many(self.0, "suffix")
    }
    /// `HumanName.period`
    pub fn period(self) -> Option<Period<'a>> {
        one(self.0, "period")
    }
}
