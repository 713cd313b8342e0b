//! What an operative report must hold and does not yet.

use super::composition::code_of;
use super::message::{RECORD, SECTIONS};
use super::narrative::{has_gap, is_blank};
use super::source::Source;
use crate::perioperative::field::text_of;
use fhir::{Json, Lang};

/// What is missing, for people: of the sections, then of the record.
pub(super) fn missing(note: Option<&Json<'static>>, source: &Source, lang: Lang) -> Json<'static> {
    let section = |code: &str| note?.each("section").find(|section| code_of(section) == Some(code)).cloned();
    let lacking = |code: &str| match section(code) {
        Some(section) => is_blank(&section) || has_gap(&section),
        None => true,
    };
    let told = |(code, texts): &(&'static str, [&'static str; 3])| {
        Json::object([("code", Json::string(*code)), ("text", Json::string(texts[lang as usize]))])
    };
    let sections = SECTIONS.iter().filter(|(code, _)| lacking(code)).map(told);
    let signed = note.is_some_and(|note| matches!(note.get_str("status"), Some("final" | "amended")));
    let record = RECORD.iter().filter(|(code, _)| match *code {
        "times" => source.milestone("incision").is_none() || source.milestone("closure").is_none(),
        "count" => {
            let mut counts = source.nursing("count");
            !counts.any(|count| text_of(&count.values, "phase") == Some("final"))
        }
        "ccam" => source.ccam().is_none(),
        "side" => source.case.side().is_none(),
        _ => !signed,
    });
    Json::array(sections.chain(record.map(told)).collect::<Vec<_>>())
}

/// The sections that the record has filled.
pub(super) fn filled(note: &Json<'static>) -> Json<'static> {
    let whole = note.each("section").filter(|section| !is_blank(section));
    Json::array(whole.filter_map(|section| Some(Json::string(code_of(section)?.to_string()))))
}

/// Id, state, what there is and what is missing of a report.
pub(super) fn told(
    note: Option<(&str, &Json<'static>)>,
    created: bool,
    source: &Source,
    lang: Lang,
) -> Json<'static> {
    let status = note.map(|(_, note)| match note.get_str("status") {
        Some("preliminary") => "draft",
        Some("entered-in-error") => "withdrawn",
        _ => "signed",
    });
    Json::object([
        ("note", note.map_or(Json::Null, |(id, _)| Json::string(id.to_string()))),
        ("created", Json::Bool(created)),
        ("filled", note.map_or(Json::array([]), |(_, note)| filled(note))),
        ("missing", missing(note.map(|(_, note)| note), source, lang)),
        ("status", status.map_or(Json::Null, Json::string)),
    ])
}
