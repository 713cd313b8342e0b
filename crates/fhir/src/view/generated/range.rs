//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Each, Quantity, View, any, many, one};

/// [`Range`](https://hl7.org/fhir/R4/datatypes.html#Range).
#[derive(Clone, Copy, Debug)]
pub struct Range<'a>(&'a Json<'a>);

impl<'a> View<'a> for Range<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        Range(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Range<'a> {
    /// `Range.low`
    pub fn low(self) -> Option<Quantity<'a>> {
        one(self.0, "low")
    }
    /// `Range.high`
    pub fn high(self) -> Option<Quantity<'a>> {
        one(self.0, "high")
    }
}
