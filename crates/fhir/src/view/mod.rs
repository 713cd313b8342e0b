//! Typed read views: `Patient<'a>` borrows a JSON value and reads its members. A member that is missing, or
//! is not what the definition says, reads as nothing; no view panics or allocates.
//!
//! ```
//! use fhir::view::{Patient, View};
//! let json = fhir::json::parse(br#"{"resourceType":"Patient","name":[{"family":"Le Goff"}]}"#).unwrap();
//! let patient = Patient::of(&json).unwrap();
//! assert_eq!(patient.name().next().unwrap().family(), Some("Le Goff"));
//! ```

mod generated;

pub use generated::*;

use crate::{Json, search};
use std::marker::PhantomData;

/// A view of a resource, of a datatype, or of a part of one.
pub trait View<'a>: Copy {
    /// The `resourceType`, for views of resources.
    const RESOURCE: Option<&'static str>;

    /// The view of any value; its members read as nothing if the value is no such element.
    fn wrap(json: &'a Json<'a>) -> Self;

    /// What is viewed.
    fn json(self) -> &'a Json<'a>;

    /// The view of an object that is of the resource type, if the view has one.
    fn of(json: &'a Json<'_>) -> Option<Self> {
        let json: &'a Json<'a> = json;
        let fits = json.as_object().is_some()
            && Self::RESOURCE.is_none_or(|rt| json.get_str("resourceType") == Some(rt));
        fits.then(|| Self::wrap(json))
    }
}

/// What a member can be read as.
pub trait Read<'a>: Sized {
    fn read(json: &'a Json<'a>) -> Option<Self>;
}

impl<'a, V: View<'a>> Read<'a> for V {
    fn read(json: &'a Json<'a>) -> Option<Self> {
        V::of(json)
    }
}

/// Texts, and decimals as they are written.
impl<'a> Read<'a> for &'a str {
    fn read(json: &'a Json<'a>) -> Option<Self> {
        json.as_str().or_else(|| json.as_number())
    }
}

impl Read<'_> for bool {
    fn read(json: &Json<'_>) -> Option<Self> {
        json.as_bool()
    }
}

impl Read<'_> for i64 {
    fn read(json: &Json<'_>) -> Option<Self> {
        json.as_number()?.parse().ok()
    }
}

impl<'a> Read<'a> for &'a Json<'a> {
    fn read(json: &'a Json<'a>) -> Option<Self> {
        Some(json)
    }
}

/// The items of a repeating element.
#[derive(Clone, Debug)]
pub struct Each<'a, T> {
    items: std::slice::Iter<'a, Json<'a>>,
    of: PhantomData<T>,
}

impl<'a, T: Read<'a>> Iterator for Each<'a, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.items.find_map(T::read)
    }
}

/// A choice of nearly every datatype.
#[derive(Clone, Copy, Debug)]
pub struct Any<'a> {
    /// The end of the member's name: `String`, `CodeableConcept`, …
    pub datatype: &'a str,
    pub json: &'a Json<'a>,
}

fn one<'a, T: Read<'a>>(json: &'a Json<'a>, name: &str) -> Option<T> {
    T::read(json.get(name)?)
}

fn many<'a, T: Read<'a>>(json: &'a Json<'a>, name: &str) -> Each<'a, T> {
    let items = json.get(name).map_or_else(Default::default, Json::items);
    Each { items, of: PhantomData }
}

fn any<'a>(json: &'a Json<'a>, name: &str) -> Option<Any<'a>> {
    json.as_object()?.iter().find_map(|(member, json)| {
        let datatype = member.strip_prefix(name)?;
        datatype.starts_with(|c: char| c.is_ascii_uppercase()).then_some(Any { datatype, json })
    })
}

impl<'a> CodeableConcept<'a> {
    /// Whether one of its codings is that code of that system.
    pub fn is(self, system: &str, code: &str) -> bool {
        self.coding().any(|coding| coding.system() == Some(system) && coding.code() == Some(code))
    }

    /// The text, else the first display, else the first code: what a person is shown.
    pub fn label(self) -> Option<&'a str> {
        self.text()
            .or_else(|| self.coding().find_map(Coding::display))
            .or_else(|| self.coding().find_map(Coding::code))
    }
}

impl<'a> Reference<'a> {
    /// Where it leads.
    pub fn target(self) -> Option<search::Reference<'a>> {
        self.reference().map(search::Reference::parse)
    }

    /// The id, if it leads to a resource of that type on this server.
    pub fn id_of(self, rt: crate::ResourceType) -> Option<&'a str> {
        let (found, id) = self.target()?.local()?;
        (found == rt).then_some(id)
    }
}

#[cfg(test)]
mod tests;
