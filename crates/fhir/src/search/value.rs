//! What a resource holds for a search parameter. Everything borrows from the resource.

use crate::ucum::{self, Unit};
use crate::{Json, ResourceType};
use std::sync::Arc;

/// One value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    Token(Token<'a>),
    Reference(Reference<'a>),
    /// A part of a name or address, or any other text, as written.
    Str(&'a str),
    /// First and last millisecond, both included; an open end is the least or greatest number.
    Date {
        lo_ms: i64,
        hi_ms: i64,
    },
    /// A number (`lo == hi`) or a range; an open end is infinite.
    Number {
        lo: f64,
        hi: f64,
    },
    Quantity(Quantity<'a>),
    /// A URI as written, with the `|version` of a canonical.
    Uri(&'a str),
    /// One element of a composite: for each component, in order, its values there. None is empty.
    Composite(Vec<Vec<Value<'a>>>),
    /// Degrees, WGS 84, for `near`.
    Position {
        latitude: f64,
        longitude: f64,
    },
}

/// A code, an identifier, a telecom value, a flag.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Token<'a> {
    pub system: Option<&'a str>,
    /// Absent when a concept has only a text, or an identifier no value.
    pub code: Option<&'a str>,
    /// What `:text` looks into: a display, or the text of a concept or of an identifier's type.
    pub text: Option<&'a str>,
    /// `Identifier.type`, for `:of-type`.
    pub identifier_type: Option<&'a Json<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identifier<'a> {
    pub system: Option<&'a str>,
    pub value: &'a str,
}

/// Where a reference leads (<https://hl7.org/fhir/R4/references.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reference<'a> {
    /// The type, from the URL, `Reference.type` or the contained resource.
    pub rt: Option<ResourceType>,
    /// The logical id, when the URL has the form `[base/]Type/id[/_history/v]`.
    pub id: Option<&'a str>,
    /// The base of an absolute URL of that form, without slash at its end. None: this server.
    pub base: Option<&'a str>,
    /// The version of `/_history/v` or of a canonical's `|v`.
    pub version: Option<&'a str>,
    /// The URL without version: `Patient/1`, `http://…`, `urn:uuid:…`, a canonical, or `#id` of a contained
    /// resource (which no search can name, but which is not missing either).
    pub url: Option<&'a str>,
    /// `Reference.identifier`.
    pub identifier: Option<Identifier<'a>>,
    pub display: Option<&'a str>,
}

/// An amount with its unit, or a range of amounts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity<'a> {
    /// As in [`Value::Number`]. A comparator `<` or `>` makes one end infinite.
    pub lo: f64,
    pub hi: f64,
    pub system: Option<&'a str>,
    pub code: Option<&'a str>,
    pub unit: Option<&'a str>,
}

impl<'a> Reference<'a> {
    /// Takes a reference's URL apart. Total: any text is some URL.
    pub fn parse(url: &'a str) -> Self {
        if url.starts_with('#') || url.starts_with("urn:") {
            return Reference { url: Some(url), ..Reference::default() };
        }
        let (url, version) = match url.split_once("/_history/") {
            Some((url, version)) => (url, Some(version)),
            None => (url, None),
        };
        let mut out = Reference { url: Some(url), version, ..Reference::default() };
        let Some((rest, id)) = url.rsplit_once('/') else { return out };
        let (base, name) = match rest.rsplit_once('/') {
            Some((base, name)) => (Some(base), name),
            None => (None, rest),
        };
        if let (Some(rt), true) = (ResourceType::parse(name), is_id(id)) {
            (out.rt, out.id) = (Some(rt), Some(id));
            out.base = base.filter(|base| !base.is_empty());
        }
        out
    }

    /// Takes a canonical apart: `url|version#fragment`.
    pub fn canonical(text: &'a str) -> Self {
        let text = text.split('#').next().filter(|t| !t.is_empty()).unwrap_or(text);
        let (url, version) = match text.split_once('|') {
            Some((url, version)) => (url, Some(version)),
            None => (text, None),
        };
        let mut out = Reference::parse(url);
        out.version = version.or(out.version);
        out
    }

    /// Whether it leads to a resource within the resource itself.
    pub fn is_contained(&self) -> bool {
        self.url.is_some_and(|url| url.starts_with('#'))
    }

    /// The type and id, if it leads to a resource of this server.
    pub fn local(&self) -> Option<(ResourceType, &'a str)> {
        if self.base.is_some() { None } else { self.rt.zip(self.id) }
    }
}

impl Quantity<'_> {
    /// Its ends in base units, with the unit that says which; None where the unit is not UCUM.
    pub fn canonical(&self) -> Option<(f64, f64, Arc<Unit>)> {
        if self.system != Some(ucum::SYSTEM) {
            return None;
        }
        let unit = ucum::unit(self.code?)?;
        let (lo, hi) = ucum::canonical_range(&unit, self.lo, self.hi)?;
        Some((lo, hi, unit))
    }
}

/// The form of an id (<https://hl7.org/fhir/R4/datatypes.html#id>).
fn is_id(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
    (1..=64).contains(&text.len()) && text.bytes().all(allowed)
}
