//! Reads and sets members of resources that several files look at.

use fhir::Json;
use fhir::edit::edit;

pub(crate) const SNOMED: &str = "http://snomed.info/sct";
pub(crate) const ROLE: &str = "urn:medhub:role";

pub(crate) fn text(text: impl Into<String>) -> Json<'static> {
    Json::string(text.into())
}

pub(crate) fn named(reference: impl Into<String>) -> Json<'static> {
    Json::object([("reference", text(reference))])
}

pub(crate) fn concept(system: &str, code: &str) -> Json<'static> {
    fhir::edit::codeable_concept(system, code, None).into_owned()
}

/// The extensions of that name.
pub(crate) fn extensions<'j>(json: &'j Json<'j>, url: &'j str) -> impl Iterator<Item = &'j Json<'j>> {
    json.each("extension").filter(move |one| one.get_str("url") == Some(url))
}

pub(crate) fn extension<'j>(json: &'j Json<'j>, url: &'j str) -> Option<&'j Json<'j>> {
    extensions(json, url).next()
}

pub(crate) fn value_code<'j>(json: &'j Json<'j>, url: &'j str) -> Option<&'j str> {
    extension(json, url)?.get_str("valueCode")
}

/// Replaces the extension of that name, or removes it.
pub(crate) fn set_extension(json: &mut Json<'static>, url: &'static str, value: Option<Json<'static>>) {
    let mut all: Vec<Json<'static>> = json.each("extension").cloned().collect();
    let at = all.iter().position(|one| one.get_str("url") == Some(url));
    match (at, value) {
        (Some(at), Some(value)) => all[at] = value,
        (Some(at), None) => drop(all.remove(at)),
        (None, Some(value)) => all.push(value),
        (None, None) => return,
    }
    let all = (!all.is_empty()).then_some(Json::Array(all));
    if let Some(edit) = edit(json) {
        edit.set_or_remove("extension", all);
    }
}

/// `Type/id` behind a member.
pub(crate) fn refers<'j>(json: &'j Json<'_>, member: &str) -> Option<&'j str> {
    json.get(member)?.get_str("reference")
}

/// The code that a CodeableConcept has in a system.
pub(crate) fn coded<'j>(concept: &'j Json<'_>, system: &str) -> Option<&'j str> {
    concept.each("coding").find(|one| one.get_str("system") == Some(system))?.get_str("code")
}
