//! What was tapped on a check-list, each tap once: kept as it came, so that no tablet overwrites another.

use crate::case::element::{extensions, instant, link, ms, text};
use fhir::Json;

const ENTRY: &str = "urn:medhub:checklist:entry";
pub(crate) const ENTRIES_MAX: usize = 1_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Say {
    /// `None` takes the answer back.
    Answer {
        item: String,
        answer: Option<String>,
        decision: Option<String>,
    },
    Attest {
        role: String,
    },
    Outcome {
        go: bool,
        reason: Option<String>,
    },
    /// A NO GO is lifted by someone, with what was decided.
    Lift {
        decision: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Id of the tap.
    pub key: String,
    /// When the finger touched, ms; never after it was received.
    pub at: i64,
    pub by: Option<String>,
    pub by_name: Option<String>,
    pub phase: String,
    pub say: Say,
}

pub(crate) fn read(response: &Json<'_>) -> Vec<Entry> {
    extensions(response, ENTRY).take(ENTRIES_MAX).filter_map(one).collect()
}

fn one(json: &Json<'_>) -> Option<Entry> {
    let part = |url: &str| json.each("extension").find(|e| e.get_str("url") == Some(url));
    let value = |url: &str| part(url).and_then(|e| e.get_str("valueString")).map(str::to_string);
    let by = part("by").and_then(|e| e.get("valueReference"));
    let say = match value("say")?.as_str() {
        "answer" => {
            Say::Answer { item: value("item")?, answer: value("answer"), decision: value("decision") }
        }
        "attest" => Say::Attest { role: value("role")? },
        "outcome" => Say::Outcome {
            go: part("go").and_then(|e| e.get("valueBoolean")).and_then(Json::as_bool)?,
            reason: value("reason"),
        },
        "lift" => Say::Lift { decision: value("decision")? },
        _ => return None,
    };
    Some(Entry {
        key: value("key")?,
        at: part("at").and_then(|e| e.get_str("valueInstant")).and_then(ms)?,
        by: by.and_then(|by| by.get_str("reference")).map(str::to_string),
        by_name: by.and_then(|by| by.get_str("display")).map(str::to_string),
        phase: value("phase")?,
        say,
    })
}

pub(crate) fn extension(entry: &Entry) -> Json<'static> {
    let part = |url: &'static str, member: &'static str, value: Json<'static>| {
        Json::object([("url", text(url)), (member, value)])
    };
    let said = |url: &'static str, value: &str| part(url, "valueString", text(value));
    let mut parts = vec![
        said("key", &entry.key),
        part("at", "valueInstant", instant(entry.at)),
        said("phase", &entry.phase),
    ];
    if let Some(by) = &entry.by {
        parts.push(part("by", "valueReference", link(by, entry.by_name.as_deref())));
    }
    match &entry.say {
        Say::Answer { item, answer, decision } => {
            parts.extend([said("say", "answer"), said("item", item)]);
            parts.extend(answer.as_deref().map(|a| said("answer", a)));
            parts.extend(decision.as_deref().map(|d| said("decision", d)));
        }
        Say::Attest { role } => parts.extend([said("say", "attest"), said("role", role)]),
        Say::Outcome { go, reason } => {
            parts.extend([said("say", "outcome"), part("go", "valueBoolean", Json::Bool(*go))]);
            parts.extend(reason.as_deref().map(|r| said("reason", r)));
        }
        Say::Lift { decision } => parts.extend([said("say", "lift"), said("decision", decision)]),
    }
    Json::object([("url", text(ENTRY)), ("extension", Json::Array(parts))])
}
