//! Reads and makes members of resources that several files look at.

use bytes::Bytes;
use fhir::edit::edit;
use fhir::{Json, ResourceType};
use store::{Error, Result, Visible, Write};

/// Kinds of appointments, as the plan of the clinic writes them.
pub(crate) const APPOINTMENT_KIND: &str = "urn:medhub:appointment-kind";
/// What is said, and why.
pub(crate) const PURPOSE: &str = "urn:medhub:communication:purpose";
/// Ways to say it (<http://terminology.hl7.org/CodeSystem/v3-ParticipationMode>).
pub(crate) const MODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode";

pub(crate) fn text(text: impl Into<String>) -> Json<'static> {
    Json::string(text.into())
}

pub(crate) fn named(reference: impl Into<String>) -> Json<'static> {
    Json::object([("reference", text(reference))])
}

pub(crate) fn concept(system: &str, code: &str) -> Json<'static> {
    fhir::edit::codeable_concept(system, code, None).into_owned()
}

/// The code that one of the concepts of a member has in a system.
pub(crate) fn coded<'j>(json: &'j Json<'_>, member: &str, system: &str) -> Option<&'j str> {
    let member = json.get(member)?;
    let concepts =
        if member.as_array().is_some() { member.items() } else { std::slice::from_ref(member).iter() };
    let mut codings = concepts.flat_map(|concept| concept.each("coding"));
    codings.find(|one| one.get_str("system") == Some(system))?.get_str("code")
}

/// `Type/id` behind a member.
pub(crate) fn refers<'j>(json: &'j Json<'_>, member: &str) -> Option<&'j str> {
    json.get(member)?.get_str("reference")
}

/// The id behind a reference of that type.
pub(crate) fn id_of(reference: &str, rt: ResourceType) -> Option<&str> {
    let id = reference.strip_prefix(rt.name())?.strip_prefix('/')?;
    Some(id.split('/').next().unwrap_or(id))
}

/// The extensions of that name.
pub(crate) fn extensions<'j, 'a>(json: &'j Json<'a>, url: &'j str) -> impl Iterator<Item = &'j Json<'a>> {
    json.each("extension").filter(move |one| one.get_str("url") == Some(url))
}

pub(crate) fn extension<'j, 'a>(json: &'j Json<'a>, url: &'j str) -> Option<&'j Json<'a>> {
    extensions(json, url).next()
}

pub(crate) fn make(url: &'static str, member: &'static str, value: Json<'static>) -> Json<'static> {
    Json::object([("url", Json::string(url)), (member, value)])
}

/// Replaces all extensions of that name.
pub(crate) fn set_extensions(json: &mut Json<'static>, url: &str, new: Vec<Json<'static>>) {
    let mut all: Vec<Json<'static>> =
        json.each("extension").filter(|one| one.get_str("url") != Some(url)).cloned().collect();
    all.extend(new);
    if let Some(edit) = edit(json) {
        edit.set_or_remove("extension", (!all.is_empty()).then_some(Json::Array(all)));
    }
}

/// A moment of a member, in ms since epoch.
pub(crate) fn moment(json: &Json<'_>, member: &str) -> Option<i64> {
    fhir::date::parse(json.get_str(member)?).filter(|found| found.zoned).map(|found| found.lo_ms)
}

pub(crate) fn parsed(found: &Visible) -> Result<Json<'static>> {
    fhir::json::parse(&found.body)
        .map(Json::into_owned)
        .map_err(|_| Error::Corrupt("communication.json".into()))
}

/// A new version of what was read as `version`; a new resource for `None`.
pub(crate) fn update(rt: ResourceType, id: &str, version: Option<u64>, json: &Json<'_>) -> Write {
    Write::Update {
        rt,
        id: id.to_string(),
        body: Bytes::from(json.to_vec()),
        if_match: version,
        if_none_match: version.is_none(),
    }
}
