//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Each, View, any, many, one};

/// [`Attachment`](https://hl7.org/fhir/R4/datatypes.html#Attachment).
#[derive(Clone, Copy, Debug)]
pub struct Attachment<'a>(&'a Json<'a>);

impl<'a> View<'a> for Attachment<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        Attachment(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Attachment<'a> {
    /// `Attachment.contentType`
    pub fn content_type(self) -> Option<&'a str> {
        one(self.0, "contentType")
    }
    /// `Attachment.language`
    pub fn language(self) -> Option<&'a str> {
        one(self.0, "language")
    }
    /// `Attachment.data`
    pub fn data(self) -> Option<&'a str> {
        one(self.0, "data")
    }
    /// `Attachment.url`
    pub fn url(self) -> Option<&'a str> {
        one(self.0, "url")
    }
    /// `Attachment.size`
    pub fn size(self) -> Option<i64> {
        one(self.0, "size")
    }
    /// `Attachment.hash`
    pub fn hash(self) -> Option<&'a str> {
        one(self.0, "hash")
    }
    /// `Attachment.title`
    pub fn title(self) -> Option<&'a str> {
        one(self.0, "title")
    }
    /// `Attachment.creation`
    pub fn creation(self) -> Option<&'a str> {
        one(self.0, "creation")
    }
}
