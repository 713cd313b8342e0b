//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Each, Period, View, any, many, one};

/// [`Address`](https://hl7.org/fhir/R4/datatypes.html#Address).
#[derive(Clone, Copy, Debug)]
pub struct Address<'a>(&'a Json<'a>);

impl<'a> View<'a> for Address<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        Address(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Address<'a> {
    /// `Address.use`
    pub fn r#use(self) -> Option<&'a str> {
        one(self.0, "use")
    }
    /// `Address.type`
    pub fn r#type(self) -> Option<&'a str> {
        one(self.0, "type")
    }
    /// `Address.text`
    pub fn text(self) -> Option<&'a str> {
        one(self.0, "text")
    }
    /// `Address.line`
    pub fn line(self) -> Each<'a, &'a str> {
        many(self.0, "line")
    }
    /// `Address.city`
    pub fn city(self) -> Option<&'a str> {
        one(self.0, "city")
    }
    /// `Address.district`
    pub fn district(self) -> Option<&'a str> {
        one(self.0, "district")
    }
    /// `Address.state`
    pub fn state(self) -> Option<&'a str> {
        one(self.0, "state")
    }
    /// `Address.postalCode`
    pub fn postal_code(self) -> Option<&'a str> {
        one(self.0, "postalCode")
    }
    /// `Address.country`
    pub fn country(self) -> Option<&'a str> {
        one(self.0, "country")
    }
    /// `Address.period`
    pub fn period(self) -> Option<Period<'a>> {
        one(self.0, "period")
    }
}
