//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Each, Quantity, View, any, many, one};

/// [`Ratio`](https://hl7.org/fhir/R4/datatypes.html#Ratio).
#[derive(Clone, Copy, Debug)]
pub struct Ratio<'a>(&'a Json<'a>);

impl<'a> View<'a> for Ratio<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        Ratio(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Ratio<'a> {
    /// `Ratio.numerator`
    pub fn numerator(self) -> Option<Quantity<'a>> {
        one(self.0, "numerator")
    }
    /// `Ratio.denominator`
    pub fn denominator(self) -> Option<Quantity<'a>> {
        one(self.0, "denominator")
    }
}
