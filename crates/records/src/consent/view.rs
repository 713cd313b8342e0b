//! A Consent as the product's API tells it.

use super::draft::{COLLECTION, Decision};
use super::kind::Kind;
use super::text;
use fhir::{Json, Lang};
use store::Visible;

/// `{kind, decision, version, title, text, at, method, collected_by, note}`; `None` for Consents of others.
pub(super) fn decision(consent: &Json<'_>, lang: Lang) -> Option<Json<'static>> {
    let kind = Kind::of(consent)?;
    let of = text::of(consent);
    let string = |text: Option<String>| text.map_or(Json::Null, Json::string);
    Some(Json::object([
        ("kind", Json::string(kind.as_str())),
        ("decision", Json::string(Decision::of(consent).as_str())),
        ("version", string(of.map(|t| t.version.clone()))),
        ("title", string(of.map(|t| t.title(lang).to_string()))),
        ("text", string(of.map(|t| t.text(lang).to_string()))),
        ("at", string(consent.get_str("dateTime").map(String::from))),
        ("method", string(collected(consent, "method"))),
        ("collected_by", string(collected(consent, "collector"))),
        ("note", string(collected(consent, "note"))),
    ]))
}

/// `{practitioner, name, since, reason, active}` of an opposition.
pub(super) fn opposition(consent: &Json<'_>) -> Json<'static> {
    let actor =
        consent.get("provision").and_then(|p| p.each("actor").next()).and_then(|a| a.get("reference"));
    let string = |text: Option<&str>| text.map_or(Json::Null, |text| Json::string(text.to_string()));
    Json::object([
        ("practitioner", string(actor.and_then(|a| a.get_str("reference")))),
        ("name", string(actor.and_then(|a| a.get_str("display")))),
        ("since", string(consent.get_str("dateTime"))),
        ("reason", collected(consent, "note").map_or(Json::Null, Json::string)),
        ("active", Json::Bool(consent.get_str("status") == Some("active"))),
    ])
}

/// A part of how the decision was collected.
pub(super) fn collected(consent: &Json<'_>, part: &str) -> Option<String> {
    let collection = consent.each("extension").find(|e| e.get_str("url") == Some(COLLECTION))?;
    let found = collection.each("extension").find(|e| e.get_str("url") == Some(part))?;
    let reference = found.get("valueReference");
    let shown = reference.and_then(|r| r.get_str("display").or_else(|| r.get_str("reference")));
    found.get_str("valueCode").or_else(|| found.get_str("valueString")).or(shown).map(String::from)
}

/// The JSON of what the store let through; a version that is a deletion has none.
pub(super) fn json(visible: &Visible) -> Option<Json<'_>> {
    fhir::json::parse(&visible.body).ok()
}
