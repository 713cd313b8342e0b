//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Coding, Each, Reference, View, any, many, one};

/// [`Signature`](https://hl7.org/fhir/R4/datatypes.html#Signature).
#[derive(Clone, Copy, Debug)]
pub struct Signature<'a>(&'a Json<'a>);

impl<'a> View<'a> for Signature<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        Signature(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Signature<'a> {
    /// `Signature.type`
    pub fn r#type(self) -> Each<'a, Coding<'a>> {
        many(self.0, "type")
    }
    /// `Signature.when`
    pub fn when(self) -> Option<&'a str> {
        one(self.0, "when")
    }
    /// `Signature.who`
    pub fn who(self) -> Option<Reference<'a>> {
        one(self.0, "who")
    }
    /// `Signature.onBehalfOf`
    pub fn on_behalf_of(self) -> Option<Reference<'a>> {
        one(self.0, "onBehalfOf")
    }
    /// `Signature.targetFormat`
    pub fn target_format(self) -> Option<&'a str> {
        one(self.0, "targetFormat")
    }
    /// `Signature.sigFormat`
    pub fn sig_format(self) -> Option<&'a str> {
        one(self.0, "sigFormat")
    }
    /// `Signature.data`
    pub fn data(self) -> Option<&'a str> {
        one(self.0, "data")
    }
}
