//! Made by `cargo xtask codegen`. Do not edit.

#[allow(unused_imports)]
use crate::Json;
#[allow(unused_imports)]
use crate::view::{Any, Each, Reference, View, any, many, one};

/// [`Annotation`](https://hl7.org/fhir/R4/datatypes.html#Annotation).
#[derive(Clone, Copy, Debug)]
pub struct Annotation<'a>(&'a Json<'a>);

impl<'a> View<'a> for Annotation<'a> {
    const RESOURCE: Option<&'static str> = None;
    fn wrap(json: &'a Json<'a>) -> Self {
        Annotation(json)
    }
    fn json(self) -> &'a Json<'a> {
        self.0
    }
}

impl<'a> Annotation<'a> {
    /// `Annotation.author[x]`
    pub fn author(self) -> Option<AnnotationAuthor<'a>> {
        AnnotationAuthor::of(self.0)
    }
    /// `Annotation.time`
    pub fn time(self) -> Option<&'a str> {
        one(self.0, "time")
    }
    /// `Annotation.text`
    pub fn text(self) -> Option<&'a str> {
        one(self.0, "text")
    }
}

/// `Annotation.author[x]`
#[derive(Clone, Copy, Debug)]
pub enum AnnotationAuthor<'a> {
    Reference(Reference<'a>),
    String(&'a str),
}

impl<'a> AnnotationAuthor<'a> {
    fn of(json: &'a Json<'a>) -> Option<Self> {
        None.or_else(|| one(json, "authorReference").map(AnnotationAuthor::Reference))
            .or_else(|| one(json, "authorString").map(AnnotationAuthor::String))
    }
}
