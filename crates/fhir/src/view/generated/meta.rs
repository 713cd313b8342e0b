//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Coding, Each, View, any, many, one};

/// [`Meta`](https://hl7.org/fhir/R4/resource.html#Meta).
#[derive(Clone, Copy, Debug)]
pub struct Meta<'a>(&'a Json<'a>);

impl<'a> View<'a> for Meta<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        Meta(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Meta<'a> {
    /// `Meta.versionId`
    pub fn version_id(self) -> Option<&'a str> {
        one(self.0, "versionId")
    }
    /// `Meta.lastUpdated`
    pub fn last_updated(self) -> Option<&'a str> {
        one(self.0, "lastUpdated")
    }
    /// `Meta.source`
    pub fn source(self) -> Option<&'a str> {
        one(self.0, "source")
    }
    /// `Meta.profile`
    pub fn profile(self) -> Each<'a, &'a str> {
        many(self.0, "profile")
    }
    /// `Meta.security`
    pub fn security(self) -> Each<'a, Coding<'a>> {
        many(self.0, "security")
    }
    /// `Meta.tag`
    pub fn tag(self) -> Each<'a, Coding<'a>> {
        many(self.0, "tag")
    }
}
