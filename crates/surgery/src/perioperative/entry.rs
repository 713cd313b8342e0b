//! An entry of the theatre's record: what was done or measured, when, and who wrote it.

use super::field::{FieldKind, Kind, Value, clean};
use super::message;
use fhir::{Code, Issue, Json};
use uuid::Uuid;

/// A clock that goes a little ahead of ours is no fault.
const AHEAD_MS: i64 = 5 * 60 * 1000;
/// A tablet may have been without a network for a while.
const BEHIND_MS: i64 = 30 * 24 * 60 * 60 * 1000;
const NOTE_MAX: usize = 2_000;

/// Which sheet of the record entries stand on: its name, and its kinds of entries.
pub(crate) struct Sheet {
    pub name: &'static str,
    pub kinds: &'static [Kind],
}

impl Sheet {
    pub fn kind(&self, name: &str) -> Option<&'static Kind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    pub fn told(&self) -> Json<'static> {
        Json::array(self.kinds.iter().map(Kind::told))
    }
}

/// An entry as it was sent.
pub(crate) struct Entry {
    /// The sender's own id of it.
    pub client: Uuid,
    pub kind: &'static Kind,
    /// When it happened; `None` for now.
    pub time: Option<String>,
    pub values: Vec<(&'static str, Value)>,
    pub note: Option<String>,
    pub confirmed: bool,
}

impl Entry {
    /// Reads one; what is wrong is added to `issues`, below `at`.
    pub fn read(
        json: &Json<'_>,
        sheet: &Sheet,
        now: i64,
        at: &str,
        issues: &mut Vec<Issue>,
    ) -> Option<Entry> {
        let before = issues.len();
        let below = |name: &str| format!("{at}.{name}");
        let client = json.get_str("id").and_then(|id| Uuid::try_parse(id).ok());
        if client.is_none() {
            let issue = Issue::error(Code::Required, message::ENTRIES).arg("max", super::add::ENTRIES_MAX);
            issues.push(issue.at(below("id")));
        }
        let kind = json.get_str("kind").and_then(|name| sheet.kind(name));
        if kind.is_none() {
            let all: Vec<&str> = sheet.kinds.iter().map(|kind| kind.name).collect();
            let issue = Issue::error(Code::CodeInvalid, message::CHOICE).arg("values", all.join(", "));
            issues.push(issue.at(below("kind")));
        }
        let time = moment(json, now, &below("time"), issues);
        let note = note(json, &below("note"), issues);
        let confirmed = json.get("confirmed").and_then(Json::as_bool) == Some(true);
        let kind = kind?;
        let values = kind.read(json.get("values"), confirmed, &below("values"), issues);
        let client = client?;
        (issues.len() == before).then_some(Entry { client, kind, time, values, note, confirmed })
    }
}

/// The `time` of an entry: an instant that is not to come, and not long ago.
pub(crate) fn moment(json: &Json<'_>, now: i64, at: &str, issues: &mut Vec<Issue>) -> Option<String> {
    let text = match json.get("time") {
        None | Some(Json::Null) => return None,
        Some(time) => time.as_str().unwrap_or_default(),
    };
    let wrong = match fhir::date::instant(text) {
        None => Some(message::TIME),
        Some(moment) if moment.lo_ms > now + AHEAD_MS => Some(message::FUTURE),
        Some(moment) if moment.lo_ms < now - BEHIND_MS => Some(message::LONG_AGO),
        Some(_) => None,
    };
    issues.extend(wrong.map(|text| Issue::error(Code::Value, text).at(at)));
    Some(text.to_string())
}

pub(super) fn note(json: &Json<'_>, at: &str, issues: &mut Vec<Issue>) -> Option<String> {
    let text = match json.get("note") {
        None | Some(Json::Null) => return None,
        Some(note) => note.as_str().map(str::trim),
    };
    match text.filter(|text| text.chars().count() <= NOTE_MAX) {
        Some(text) => Some(clean(text)).filter(|text| !text.is_empty()),
        None => {
            issues.push(Issue::error(Code::Value, message::TEXT).arg("max", NOTE_MAX).at(at));
            None
        }
    }
}

/// An entry as it is stored.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub id: String,
    pub version: u64,
    pub client: String,
    pub kind: &'static Kind,
    pub time: String,
    pub values: Vec<(&'static str, Value)>,
    pub note: Option<String>,
    pub author: Json<'static>,
    pub recorded: String,
    pub status: Status,
    /// When, by whom, why; the oldest first.
    pub corrections: Vec<(String, Json<'static>, String)>,
    /// `Specimen/…`
    pub specimen: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Final,
    Corrected,
    Struck,
}

impl Status {
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Final => "final",
            Status::Corrected => "corrected",
            Status::Struck => "struck",
        }
    }
}

impl Stored {
    /// Whether it counts: what is struck is shown, and no more.
    pub fn stands(&self) -> bool {
        self.status != Status::Struck
    }

    /// Milliseconds since 1970.
    pub fn at(&self) -> i64 {
        fhir::date::instant(&self.time).map_or(0, |moment| moment.lo_ms)
    }

    /// Whether the same was sent again. What was corrected since is known by its id alone.
    pub fn is(&self, entry: &Entry) -> bool {
        let same = self.kind.name == entry.kind.name
            && self.values == entry.values
            && self.note == entry.note
            && entry.time.as_ref().is_none_or(|time| *time == self.time);
        self.status != Status::Final || same
    }

    pub fn told(&self) -> Json<'static> {
        let values = self.values.iter().map(|(name, value)| (*name, value.json()));
        let corrections = self.corrections.iter().map(|(at, by, reason)| {
            Json::object([
                ("at", Json::string(at.clone())),
                ("by", super::person::told(by)),
                ("reason", Json::string(reason.clone())),
            ])
        });
        let mut members = vec![
            ("id", Json::string(self.id.clone())),
            ("client", Json::string(self.client.clone())),
            ("version", Json::integer(i64::try_from(self.version).unwrap_or(i64::MAX))),
            ("kind", Json::string(self.kind.name)),
            ("time", Json::string(self.time.clone())),
            ("values", Json::object(values)),
        ];
        members.extend(self.note.clone().map(|note| ("note", Json::string(note))));
        members.push(("author", super::person::told(&self.author)));
        members.push(("recorded", Json::string(self.recorded.clone())));
        members.push(("status", Json::string(self.status.as_str())));
        members.push(("corrections", Json::array(corrections)));
        members.extend(self.specimen.clone().map(|one| ("specimen", Json::string(one))));
        Json::object(members)
    }
}

/// A value of that field as it was stored; what does not fit the field any more reads as nothing.
pub(crate) fn revived(kind: &'static Kind, name: &str, json: &Json<'_>) -> Option<(&'static str, Value)> {
    let field = kind.field(name)?;
    let value = match field.kind {
        FieldKind::Choice(values) => Value::Choice(values.iter().find(|v| Some(**v) == json.as_str())?),
        FieldKind::Text(_) => Value::Text(json.as_str()?.to_string()),
        FieldKind::Time => Value::Time(json.as_str()?.to_string()),
        FieldKind::Flag => Value::Flag(json.as_bool()?),
        FieldKind::Integer(_) | FieldKind::Decimal(_) => Value::Number(json.as_number()?.to_string()),
    };
    Some((field.name, value))
}
