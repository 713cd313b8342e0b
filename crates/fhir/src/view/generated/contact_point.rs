//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Each, Period, View, any, many, one};

/// [`ContactPoint`](https://hl7.org/fhir/R4/datatypes.html#ContactPoint).
#[derive(Clone, Copy, Debug)]
pub struct ContactPoint<'a>(&'a Json<'a>);

impl<'a> View<'a> for ContactPoint<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        ContactPoint(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> ContactPoint<'a> {
    /// `ContactPoint.system`
    pub fn system(self) -> Option<&'a str> {
        one(self.0, "system")
    }
    /// `ContactPoint.value`
    pub fn value(self) -> Option<&'a str> {
        one(self.0, "value")
    }
    /// `ContactPoint.use`
    pub fn r#use(self) -> Option<&'a str> {
        one(self.0, "use")
    }
    /// `ContactPoint.rank`
    pub fn rank(self) -> Option<i64> {
        one(self.0, "rank")
    }
    /// `ContactPoint.period`
    pub fn period(self) -> Option<Period<'a>> {
        one(self.0, "period")
    }
}
