//! The extensions and codes of bookings, and how they are read.

use fhir::Json;

pub(crate) const KIND: &str = "urn:medhub:appointment-kind";
pub(crate) const TEAM: &str = "urn:medhub:team";
pub(crate) const CASE_NUMBER: &str = "urn:medhub:case";
pub(crate) const CLEANING: &str = "urn:medhub:booking:cleaning";
pub(crate) const HOLD_UNTIL: &str = "urn:medhub:booking:hold-until";
/// When a booking that stood was taken off the plan (instant).
pub(crate) const CANCELLED_AT: &str = "urn:medhub:booking:cancelled-at";
pub(crate) const LOCK: &str = "urn:medhub:booking:lock";
pub(crate) const SIDE: &str = "urn:medhub:booking:side";
pub(crate) const SETTING: &str = "urn:medhub:booking:setting";
/// A second consultation at the same time was wanted.
pub(crate) const OVERBOOKED: &str = "urn:medhub:booking:overbooked";
pub(crate) const BLOCK: &str = "urn:medhub:block";
pub(crate) const BEDS: &str = "urn:medhub:beds";
pub(crate) const POOL: &str = "urn:medhub:pool";
pub(crate) const TURNAROUND: &str = "urn:medhub:turnaround";
pub(crate) const CAPABILITY: &str = "urn:medhub:room:capability";
pub(crate) const HOURS: &str = "urn:medhub:room:hours";
pub(crate) const SNOMED: &str = "http://snomed.info/sct";
/// Surgical procedure.
pub(crate) const SURGERY: &str = "387713003";

/// The extensions of that address.
pub(crate) fn extensions<'a>(json: &'a Json<'_>, url: &'a str) -> impl Iterator<Item = &'a Json<'a>> {
    let json: &'a Json<'a> = json;
    json.each("extension").filter(move |e| e.get_str("url") == Some(url))
}

pub(crate) fn extension<'a>(json: &'a Json<'_>, url: &'a str) -> Option<&'a Json<'a>> {
    extensions(json, url).next()
}

/// The text of an extension, whatever its datatype: code, string, instant, time or date.
pub(crate) fn text_of<'a>(json: &'a Json<'_>, url: &'a str) -> Option<&'a str> {
    extension(json, url).and_then(value_text)
}

pub(crate) fn number_of(json: &Json<'_>, url: &str) -> Option<i64> {
    extension(json, url).and_then(value_number)
}

pub(crate) fn value_text<'a>(extension: &'a Json<'_>) -> Option<&'a str> {
    let members = extension.as_object()?;
    members.iter().find(|(name, _)| name.starts_with("value")).and_then(|(_, value)| value.as_str())
}

pub(crate) fn value_number(extension: &Json<'_>) -> Option<i64> {
    let members = extension.as_object()?;
    let found = members.iter().find(|(name, _)| name.starts_with("value"));
    found.and_then(|(_, value)| value.as_number()).and_then(|n| n.parse().ok())
}

/// The text, else the first display, else the first code of a CodeableConcept.
pub(crate) fn label(concept: &Json<'_>) -> Option<String> {
    let of_coding = |name: &str| concept.each("coding").find_map(|c| c.get_str(name).map(str::to_string));
    concept.get_str("text").map(str::to_string).or_else(|| of_coding("display")).or_else(|| of_coding("code"))
}

/// The `reference` of a Reference.
pub(crate) fn target<'a>(json: &'a Json<'_>, name: &str) -> Option<&'a str> {
    json.get(name)?.get_str("reference")
}

/// An instant, as milliseconds since 1970.
pub(crate) fn ms(text: &str) -> Option<i64> {
    fhir::date::parse(text).map(|moment| moment.lo_ms)
}

pub(crate) fn make(url: &'static str, member: &'static str, value: Json<'static>) -> Json<'static> {
    Json::object([("url", Json::string(url)), (member, value)])
}

/// Sets the extension of that address, or removes it.
pub(crate) fn set(json: &mut Json<'static>, url: &'static str, value: Option<(&'static str, Json<'static>)>) {
    let Some(object) = json.as_object_mut() else { return };
    let mut kept: Vec<Json<'static>> = match object.remove("extension") {
        Some(Json::Array(items)) => items,
        _ => Vec::new(),
    };
    kept.retain(|e| e.get_str("url") != Some(url));
    kept.extend(value.map(|(member, value)| make(url, member, value)));
    if !kept.is_empty() {
        object.set("extension", Json::Array(kept));
    }
}

pub(crate) fn text(value: impl Into<String>) -> Json<'static> {
    Json::string(value.into())
}

/// A text, or JSON null.
pub(crate) fn maybe(value: Option<impl Into<String>>) -> Json<'static> {
    value.map_or(Json::Null, text)
}

pub(crate) fn instant(ms: i64) -> Json<'static> {
    Json::string(fhir::date::instant_format(ms))
}
