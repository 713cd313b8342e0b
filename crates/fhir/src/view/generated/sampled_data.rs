//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Each, Quantity, View, any, many, one};

/// [`SampledData`](https://hl7.org/fhir/R4/datatypes.html#SampledData).
#[derive(Clone, Copy, Debug)]
pub struct SampledData<'a>(&'a Json<'a>);

impl<'a> View<'a> for SampledData<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        SampledData(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> SampledData<'a> {
    /// `SampledData.origin`
    pub fn origin(self) -> Option<Quantity<'a>> {
        one(self.0, "origin")
    }
    /// `SampledData.period`
    pub fn period(self) -> Option<&'a str> {
        one(self.0, "period")
    }
    /// `SampledData.factor`
    pub fn factor(self) -> Option<&'a str> {
        one(self.0, "factor")
    }
    /// `SampledData.lowerLimit`
    pub fn lower_limit(self) -> Option<&'a str> {
        one(self.0, "lowerLimit")
    }
    /// `SampledData.upperLimit`
    pub fn upper_limit(self) -> Option<&'a str> {
        one(self.0, "upperLimit")
    }
    /// `SampledData.dimensions`
    pub fn dimensions(self) -> Option<i64> {
        one(self.0, "dimensions")
    }
    /// `SampledData.data`
    pub fn data(self) -> Option<&'a str> {
        one(self.0, "data")
    }
}
