//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Each, View, any, many, one};

/// [`Quantity`](https://hl7.org/fhir/R4/datatypes.html#Quantity).
#[derive(Clone, Copy, Debug)]
pub struct Quantity<'a>(&'a Json<'a>);

impl<'a> View<'a> for Quantity<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        Quantity(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Quantity<'a> {
    /// `Quantity.value`
    pub fn value(self) -> Option<&'a str> {
        one(self.0, "value")
    }
    /// `Quantity.comparator`
    pub fn comparator(self) -> Option<&'a str> {
        one(self.0, "comparator")
    }
    /// `Quantity.unit`
    pub fn unit(self) -> Option<&'a str> {
        one(self.0, "unit")
    }
    /// `Quantity.system`
    pub fn system(self) -> Option<&'a str> {
        one(self.0, "system")
    }
    /// `Quantity.code`
    pub fn code(self) -> Option<&'a str> {
        one(self.0, "code")
    }
}
