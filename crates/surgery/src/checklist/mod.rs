//! The safety check-list of a case: a QuestionnaireResponse to a version of it.

pub(crate) mod entry;
mod form;
mod get;
pub(crate) mod library;
pub(crate) mod message;
mod post;
pub(crate) mod rule;
mod settings;
pub(crate) mod state;
#[cfg(test)]
mod tests;
pub(crate) mod version;

use crate::case::element::{instant, maybe, text};
use crate::case::whole::Whole;
use entry::Entry;
use fhir::Json;
use service::Route;
use version::{Phase, Version};

pub(crate) fn routes() -> Vec<Route> {
    vec![get::list(), settings::list(), settings::put(), get::route(), post::route()]
}

/// The version and how each phase stands.
pub(crate) fn summary(case: &Whole) -> Json<'static> {
    let version = &case.checks;
    let entries = case.checklist.as_ref().map(|response| entry::read(&response.json)).unwrap_or_default();
    let mut members = vec![
        ("version".to_string(), text(&version.id)),
        ("questionnaire".to_string(), text(&version.canonical)),
    ];
    for phase in &version.phases {
        let gate = state::state(phase, &entries).gate(phase);
        members.push((phase.code.clone(), text(gate.as_str())));
    }
    Json::object(members)
}

/// A version, with the answers of a case.
fn told(version: &Version, entries: &[Entry]) -> Json<'static> {
    Json::object([
        ("version", text(&version.id)),
        ("questionnaire", text(&version.canonical)),
        ("title", text(&version.title)),
        ("phases", Json::array(version.phases.iter().map(|phase| told_phase(phase, entries)))),
    ])
}

fn told_phase(phase: &Phase, entries: &[Entry]) -> Json<'static> {
    let texts = |all: &[String]| Json::array(all.iter().map(text));
    let items = phase.items.iter().map(|item| {
        Json::object([
            ("id", text(&item.id)),
            ("text", text(&item.text)),
            ("starred", Json::Bool(item.starred)),
            ("answers", texts(&item.answers)),
            ("decideOn", texts(&item.decide_on)),
        ])
    });
    let state = state::state(phase, entries);
    let given = state.given.iter().map(|(id, given)| {
        let members = [
            ("answer", text(&given.answer)),
            ("decision", maybe(given.decision.as_deref())),
            ("by", maybe(given.by.as_deref())),
            ("at", instant(given.at)),
        ];
        (id.clone(), Json::object(members))
    });
    let attested = state.attested.iter().map(|(role, (by, at))| {
        Json::object([("role", text(role)), ("by", maybe(by.as_deref())), ("at", instant(*at))])
    });
    let outcome = state.outcome.as_ref().map_or(Json::Null, |outcome| {
        Json::object([
            ("go", Json::Bool(outcome.go)),
            ("reason", maybe(outcome.reason.as_deref())),
            ("by", maybe(outcome.by.as_deref())),
            ("at", instant(outcome.at)),
        ])
    });
    Json::object([
        ("code", text(&phase.code)),
        ("title", text(&phase.title)),
        ("when", text(&phase.when)),
        ("items", Json::array(items)),
        ("given", Json::object(given)),
        ("roles", texts(&phase.roles)),
        ("attested", Json::array(attested)),
        ("outcome", outcome),
        ("state", text(state.gate(phase).as_str())),
    ])
}

/// What concludes a phase, in words; answers to single items are not told.
pub(crate) fn spoken(version: &Version, entry: &Entry) -> Option<String> {
    let phase = version.phases.iter().find(|phase| phase.code == entry.phase)?;
    match &entry.say {
        entry::Say::Outcome { go: true, .. } => Some(format!("{} : GO", phase.title)),
        entry::Say::Outcome { go: false, reason } => {
            Some(format!("{} : NO GO ({})", phase.title, reason.as_deref().unwrap_or_default()))
        }
        entry::Say::Lift { decision } => Some(format!("{} : NO GO levé ({decision})", phase.title)),
        _ => None,
    }
}
