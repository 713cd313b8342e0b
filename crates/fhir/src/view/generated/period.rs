//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Each, View, any, many, one};

/// [`Period`](https://hl7.org/fhir/R4/datatypes.html#Period).
#[derive(Clone, Copy, Debug)]
pub struct Period<'a>(&'a Json<'a>);

impl<'a> View<'a> for Period<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        Period(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Period<'a> {
    /// `Period.start`
    pub fn start(self) -> Option<&'a str> {
        one(self.0, "start")
    }
    /// `Period.end`
    pub fn end(self) -> Option<&'a str> {
        one(self.0, "end")
    }
}
