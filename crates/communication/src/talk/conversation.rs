//! The Communication that is the conversation. Each message makes a new version of it: that gives messages their order,
//! tells every reader's page that there is news, and lets a list be shown without opening the messages.

use super::{Among, RESERVED};
use crate::element::{
    PURPOSE, coded, concept, extension, extensions, id_of, make, refers, set_extensions, text, update,
};
use fhir::edit::{edit, instant};
use fhir::{Json, ResourceType};
use store::Write;

pub(crate) const KIND: &str = "conversation";
const COUNT: &str = "urn:medhub:conversation:count";
/// The last urgent message.
const URGENT: &str = "urn:medhub:conversation:urgent";
/// Who was called by name, and in which message the last time.
const MENTION: &str = "urn:medhub:conversation:mention";
/// The beginning of the last message, and who said it.
const EXCERPT: &str = "urn:medhub:conversation:excerpt";
const BY: &str = "urn:medhub:conversation:by";
/// What the secretaries were asked to do: since when, by whom.
const TODO: &str = "urn:medhub:conversation:todo";
const EXCERPT_MAX: usize = 140;

#[derive(Clone, Debug)]
pub(crate) struct Conversation {
    pub id: String,
    /// `None` before it is stored.
    pub version: Option<u64>,
    pub json: Json<'static>,
}

impl Conversation {
    pub fn new(id: String, subject: &str, patient: Option<&str>, among: &Among) -> Conversation {
        let subject_of = patient.map(|id| ("subject", named_patient(id)));
        let members = [
            ("resourceType", Json::string(ResourceType::COMMUNICATION.name())),
            ("id", text(&*id)),
            ("status", Json::string("in-progress")),
            ("category", Json::array([concept(PURPOSE, KIND)])),
            ("topic", Json::object([("text", text(subject))])),
        ];
        let json = Json::object(members.into_iter().chain(subject_of));
        let mut conversation = Conversation { id, version: None, json };
        conversation.among_set(among);
        conversation
    }

    /// `None` for what is no conversation.
    pub fn of(id: &str, version: u64, json: Json<'static>) -> Option<Conversation> {
        let ours = id.starts_with(RESERVED) && coded(&json, "category", PURPOSE) == Some(KIND);
        ours.then(|| Conversation { id: id.to_string(), version: Some(version), json })
    }

    pub fn subject(&self) -> &str {
        self.json.get("topic").and_then(|topic| topic.get_str("text")).unwrap_or_default()
    }

    pub fn patient(&self) -> Option<&str> {
        id_of(refers(&self.json, "subject")?, ResourceType::PATIENT)
    }

    pub fn among(&self) -> Among {
        Among::of(&self.json)
    }

    pub fn among_set(&mut self, among: &Among) {
        let kept: Vec<Json<'static>> = self.without_teams();
        let all = Json::array(among.extensions().chain(kept));
        if let Some(edit) = edit(&mut self.json) {
            // A conversation that only teams are left in names nobody: an empty list is no FHIR.
            let people = (!among.people.is_empty()).then(|| among.recipients());
            edit.set("meta", among.meta()).set_or_remove("recipient", people).set("extension", all);
        }
    }

    fn without_teams(&self) -> Vec<Json<'static>> {
        let ours = [COUNT, URGENT, MENTION, EXCERPT, BY, TODO];
        let kept = |one: &&Json<'static>| one.get_str("url").is_some_and(|url| ours.contains(&url));
        self.json.each("extension").filter(kept).cloned().collect()
    }

    /// How many messages it holds: the number of the last one.
    pub fn count(&self) -> i64 {
        number(&self.json, COUNT)
    }

    pub fn urgent(&self) -> i64 {
        number(&self.json, URGENT)
    }

    /// The last message that calls this person (`Practitioner/…`) by name; 0: none.
    pub fn mention(&self, person: &str) -> i64 {
        let of = |one: &&Json<'static>| {
            extension(one, "who").is_some_and(|who| refers(who, "valueReference") == Some(person))
        };
        extensions(&self.json, MENTION).find(of).map_or(0, |one| number(one, "in"))
    }

    pub fn excerpt(&self) -> Option<&str> {
        extension(&self.json, EXCERPT)?.get_str("valueString")
    }

    pub fn by(&self) -> Option<&str> {
        extension(&self.json, BY)?.get_str("valueString")
    }

    /// When its last message was said.
    pub fn at(&self) -> Option<&str> {
        self.json.get_str("sent")
    }

    /// Since when the secretaries have something to do.
    pub fn todo(&self) -> Option<&str> {
        extension(&self.json, TODO)?.get_str("valueInstant")
    }

    pub fn todo_set(&mut self, since: Option<i64>) {
        let todo = since.map(|at| make(TODO, "valueInstant", instant(at).into_owned()));
        set_extensions(&mut self.json, TODO, todo.into_iter().collect());
    }

    /// One message more.
    pub fn said(&mut self, by: &str, words: &str, urgent: bool, mentions: &[String], now: i64) {
        let seq = self.count() + 1;
        self.number_set(COUNT, seq);
        if urgent {
            self.number_set(URGENT, seq);
        }
        for person in mentions {
            self.mention_set(person, seq);
        }
        let short: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = short.chars().take(EXCERPT_MAX).collect();
        // What was done without words has no excerpt.
        let excerpt = (!short.is_empty()).then(|| make(EXCERPT, "valueString", text(short)));
        set_extensions(&mut self.json, EXCERPT, excerpt.into_iter().collect());
        let by = (!by.is_empty()).then(|| make(BY, "valueString", text(by)));
        set_extensions(&mut self.json, BY, by.into_iter().collect());
        if let Some(edit) = edit(&mut self.json) {
            edit.set("sent", instant(now).into_owned());
        }
    }

    fn mention_set(&mut self, person: &str, seq: i64) {
        let other = |one: &&Json<'static>| {
            extension(one, "who").is_none_or(|who| refers(who, "valueReference") != Some(person))
        };
        let mut all: Vec<Json<'static>> = extensions(&self.json, MENTION).filter(other).cloned().collect();
        let who = make("who", "valueReference", crate::element::named(person));
        let parts = [who, make("in", "valueUnsignedInt", Json::integer(seq))];
        all.push(Json::object([("url", Json::string(MENTION)), ("extension", Json::array(parts))]));
        set_extensions(&mut self.json, MENTION, all);
    }

    fn number_set(&mut self, url: &'static str, n: i64) {
        set_extensions(&mut self.json, url, vec![make(url, "valueUnsignedInt", Json::integer(n))]);
    }

    pub fn write(&self) -> Write {
        update(ResourceType::COMMUNICATION, &self.id, self.version, &self.json)
    }
}

pub(crate) fn named_patient(id: &str) -> Json<'static> {
    crate::element::named(format!("Patient/{id}"))
}

/// The number of an extension; 0 where there is none.
pub(crate) fn number(json: &Json<'_>, url: &str) -> i64 {
    let found = extension(json, url).and_then(|one| one.get("valueUnsignedInt"));
    found.and_then(Json::as_number).and_then(|n| n.parse().ok()).unwrap_or(0)
}
