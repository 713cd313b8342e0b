//! Milestones of a case: the moments that the theatre taps, kept on its Procedure.

mod correct;
mod day;
mod message;
pub(crate) mod project;
mod tap;
pub(crate) use tap::{ATTEMPTS, author};
mod undo;
mod write;

use crate::case::element::{MILESTONE, extensions, ms};
use fhir::{Code as IssueCode, Issue, Json};
use message::{BACKWARDS, TOO_EARLY};
use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    vec![tap::route(), correct::route(), undo::route(), day::route()]
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Code {
    Arrived,
    In,
    Induction,
    Incision,
    Closure,
    Out,
    Cleaned,
    RecoveryIn,
    RecoveryOut,
}

impl Code {
    pub const ALL: [(&'static str, Code); 9] = [
        ("arrived", Code::Arrived),
        ("in", Code::In),
        ("induction", Code::Induction),
        ("incision", Code::Incision),
        ("closure", Code::Closure),
        ("out", Code::Out),
        ("cleaned", Code::Cleaned),
        ("recovery-in", Code::RecoveryIn),
        ("recovery-out", Code::RecoveryOut),
    ];

    pub fn as_str(self) -> &'static str {
        Code::ALL.iter().find(|(_, code)| *code == self).map_or("", |(name, _)| name)
    }

    pub fn parse(text: &str) -> Option<Code> {
        Code::ALL.iter().find(|(name, _)| *name == text).map(|(_, code)| *code)
    }

    /// What cannot be missing before it.
    fn needs(self) -> Option<Code> {
        match self {
            Code::Arrived | Code::In => None,
            Code::Induction | Code::Incision | Code::Out => Some(Code::In),
            Code::Closure => Some(Code::Incision),
            Code::Cleaned | Code::RecoveryIn => Some(Code::Out),
            Code::RecoveryOut => Some(Code::RecoveryIn),
        }
    }

    /// Whether it happens before the other: the cleaning of the room and the recovery go side by side.
    fn before(self, other: Code) -> bool {
        self < other && !(self == Code::Cleaned && other > Code::Cleaned)
    }

    pub fn spoken(self) -> &'static str {
        match self {
            Code::Arrived => "arrivée au bloc",
            Code::In => "entrée en salle",
            Code::Induction => "induction",
            Code::Incision => "incision",
            Code::Closure => "fermeture",
            Code::Out => "sortie de salle",
            Code::Cleaned => "salle propre",
            Code::RecoveryIn => "entrée en réveil",
            Code::RecoveryOut => "sortie du réveil",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub code: Code,
    /// Milliseconds since 1970.
    pub time: i64,
    pub by: Option<String>,
    pub by_name: Option<String>,
    /// Id of the tap.
    pub key: Option<String>,
    /// When the server heard of it.
    pub recorded: Option<i64>,
    /// Of a correction.
    pub reason: Option<String>,
}

/// The milestones of a Procedure, in the order of their codes; of two of one code the first.
pub(crate) fn read(procedure: &Json<'_>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for one in extensions(procedure, MILESTONE).take(40) {
        let part = |url: &str| one.each("extension").find(|e| e.get_str("url") == Some(url));
        let text = |url: &str, member: &str| part(url).and_then(|e| e.get_str(member)).map(str::to_string);
        let Some(code) = text("code", "valueCode").and_then(|code| Code::parse(&code)) else { continue };
        let Some(time) = text("time", "valueInstant").and_then(|time| ms(&time)) else { continue };
        let by = part("by").and_then(|e| e.get("valueReference"));
        if marks.iter().any(|mark| mark.code == code) {
            continue;
        }
        marks.push(Mark {
            code,
            time,
            by: by.and_then(|by| by.get_str("reference")).map(str::to_string),
            by_name: by.and_then(|by| by.get_str("display")).map(str::to_string),
            key: text("key", "valueString"),
            recorded: text("recorded", "valueInstant").and_then(|at| ms(&at)),
            reason: text("reason", "valueString"),
        });
    }
    marks.sort_by_key(|mark| mark.code);
    marks
}

pub(crate) fn time_of(marks: &[Mark], code: Code) -> Option<i64> {
    marks.iter().find(|mark| mark.code == code).map(|mark| mark.time)
}

/// # Errors
/// What is missing before a milestone, and times that run backwards.
pub(crate) fn check(marks: &[Mark]) -> Result<(), Issue> {
    for mark in marks {
        if let Some(first) = mark.code.needs().filter(|first| time_of(marks, *first).is_none()) {
            let issue = Issue::error(IssueCode::BusinessRule, TOO_EARLY).at("code");
            return Err(issue.arg("what", mark.code.spoken()).arg("first", first.spoken()));
        }
        let later = marks.iter().find(|other| mark.code.before(other.code) && other.time < mark.time);
        if let Some(later) = later {
            let issue = Issue::error(IssueCode::BusinessRule, BACKWARDS).at("time");
            let issue = issue.arg("what", later.code.spoken()).arg("at", crate::case::zone::hour(later.time));
            return Err(issue
                .arg("first", mark.code.spoken())
                .arg("then", crate::case::zone::hour(mark.time)));
        }
    }
    Ok(())
}
