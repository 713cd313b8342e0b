//! The draft as a Composition, in the shape that the notes read and edit.

use super::narrative::{self, is_blank};
use super::section::{SECTIONS, text};
use super::source::Source;
use crate::perioperative::case::{CASE, Case, derived};
use fhir::edit::{coding, edit, identifier, instant, reference, resource};
use fhir::{Json, ResourceType};

const KINDS: &str = "urn:medhub:note-kind";
const CODES: &str = "urn:medhub:note-section";
const EDITOR: &str = "urn:medhub:note-editor";
const LOINC: &str = "http://loinc.org";

/// Id of the report of a case.
pub(super) fn id(case: &Case) -> String {
    derived("report", &case.id, "")
}

/// A new draft.
pub(super) fn drafted(
    source: &Source,
    author: Json<'static>,
    editor: Json<'static>,
    now: i64,
) -> Json<'static> {
    let concept = |system: &'static str, code: &'static str| {
        Json::object([("coding", Json::array([coding(system, code, None)]))])
    };
    let title = source.act().map(|act| format!("Compte rendu opératoire – {act}"));
    let title: String = title.unwrap_or_else(|| "Compte rendu opératoire".into()).chars().take(200).collect();
    let sections = SECTIONS.iter().map(|(code, ..)| section(code, &text(code, source)));
    let detail = reference(ResourceType::PROCEDURE, &source.case.procedure_id());
    let mut note = resource(ResourceType::COMPOSITION);
    if let Some(edit) = edit(&mut note) {
        edit.set("id", Json::string(id(&source.case)))
            .set("extension", Json::array([edited(editor)]))
            .set("identifier", identifier(CASE, &source.case.id))
            .status("preliminary")
            .set("type", concept(LOINC, "34874-8"))
            .set("category", Json::array([concept(KINDS, "operative")]))
            .set("subject", reference(ResourceType::PATIENT, &source.case.patient))
            .set_or_remove("encounter", source.case.json.get("encounter").cloned())
            .set("date", instant(now))
            .set("author", Json::array([author]))
            .set("title", Json::string(title))
            .set("event", Json::array([Json::object([("detail", Json::array([detail]))])]))
            .set("section", Json::array(sections));
    }
    note.into_owned()
}

fn edited(editor: Json<'static>) -> Json<'static> {
    Json::object([("url", Json::string(EDITOR)), ("valueReference", editor)])
}

fn section(code: &'static str, text: &str) -> Json<'static> {
    let (_, loinc, title) =
        SECTIONS.iter().find(|(known, ..)| *known == code).copied().unwrap_or((code, None, code));
    let codes = [Some(coding(CODES, code, None)), loinc.map(|loinc| coding(LOINC, loinc, None))];
    Json::object([
        ("title", Json::string(title)),
        ("code", Json::object([("coding", Json::array(codes.into_iter().flatten()))])),
        ("text", narrative::of(text)),
    ])
}

pub(super) fn code_of<'j>(section: &'j Json<'_>) -> Option<&'j str> {
    section.get("code")?.each("coding").find(|c| c.get_str("system") == Some(CODES))?.get_str("code")
}

/// The draft with what the record says now, in sections that nobody has written; `None` when that changes nothing.
pub(super) fn completed(
    note: &Json<'static>,
    source: &Source,
    editor: Json<'static>,
) -> Option<Json<'static>> {
    let mut sections: Vec<Json<'static>> = note.each("section").cloned().collect();
    let mut grown = false;
    for (place, (code, ..)) in SECTIONS.iter().enumerate() {
        let known = sections.iter().position(|section| code_of(section) == Some(code));
        if known.is_some_and(|at| !is_blank(&sections[at])) {
            continue;
        }
        let text = text(code, source);
        if text.trim().is_empty() {
            continue;
        }
        grown = true;
        match known {
            Some(at) => sections[at] = section(code, &text),
            None => sections.insert(place.min(sections.len()), section(code, &text)),
        }
    }
    if !grown {
        return None;
    }
    let mut extensions: Vec<Json<'static>> =
        note.each("extension").filter(|e| e.get_str("url") != Some(EDITOR)).cloned().collect();
    extensions.push(edited(editor));
    let mut note = note.clone();
    if let Some(edit) = edit(&mut note) {
        edit.set("section", Json::Array(sections)).set("extension", Json::Array(extensions));
    }
    Some(note)
}
