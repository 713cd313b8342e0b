//! Builders of datatypes (<https://hl7.org/fhir/R4/datatypes.html>).

use crate::date::instant_format;
use crate::{Json, ResourceType};

/// An empty resource of that type.
pub fn resource<'a>(rt: ResourceType) -> Json<'a> {
    Json::object([("resourceType", Json::string(rt.name()))])
}

pub fn code(code: &str) -> Json<'_> {
    Json::string(code)
}

pub fn coding<'a>(system: &'a str, code: &'a str, display: Option<&'a str>) -> Json<'a> {
    let display = display.map(|text| ("display", Json::string(text)));
    Json::object([("system", Json::string(system)), ("code", Json::string(code))].into_iter().chain(display))
}

pub fn codeable_concept<'a>(system: &'a str, code: &'a str, display: Option<&'a str>) -> Json<'a> {
    Json::object([("coding", Json::array([coding(system, code, display)]))])
}

pub fn identifier<'a>(system: &'a str, value: &'a str) -> Json<'a> {
    Json::object([("system", Json::string(system)), ("value", Json::string(value))])
}

/// A reference to a resource of this server.
pub fn reference<'a>(rt: ResourceType, id: &str) -> Json<'a> {
    Json::object([("reference", Json::string(format!("{rt}/{id}")))])
}

/// A reference with the text that people are shown.
pub fn reference_named<'a>(rt: ResourceType, id: &str, display: &'a str) -> Json<'a> {
    Json::object([("reference", Json::string(format!("{rt}/{id}"))), ("display", Json::string(display))])
}

/// Milliseconds since 1970 → an instant in UTC.
pub fn instant<'a>(ms: i64) -> Json<'a> {
    Json::string(instant_format(ms))
}

/// A period between two moments in milliseconds since 1970; an end that is not given is open.
pub fn period<'a>(start_ms: Option<i64>, end_ms: Option<i64>) -> Json<'a> {
    let start = start_ms.map(|ms| ("start", instant(ms)));
    let end = end_ms.map(|ms| ("end", instant(ms)));
    Json::object(start.into_iter().chain(end))
}
