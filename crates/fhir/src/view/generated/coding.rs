//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Each, View, any, many, one};

/// [`Coding`](https://hl7.org/fhir/R4/datatypes.html#Coding).
#[derive(Clone, Copy, Debug)]
pub struct Coding<'a>(&'a Json<'a>);

impl<'a> View<'a> for Coding<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        Coding(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Coding<'a> {
    /// `Coding.system`
    pub fn system(self) -> Option<&'a str> {
        one(self.0, "system")
    }
    /// `Coding.version`
    pub fn version(self) -> Option<&'a str> {
        one(self.0, "version")
    }
    /// `Coding.code`
    pub fn code(self) -> Option<&'a str> {
        one(self.0, "code")
    }
    /// `Coding.display`
    pub fn display(self) -> Option<&'a str> {
        one(self.0, "display")
    }
    /// `Coding.userSelected`
    pub fn user_selected(self) -> Option<bool> {
        one(self.0, "userSelected")
    }
}
