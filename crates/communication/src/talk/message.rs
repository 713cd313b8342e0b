//! One message. Once sent it is never changed ([`super::NeverRewritten`]).

use super::conversation::{named_patient, number};
use super::{Conversation, MESSAGE};
use crate::element::{PURPOSE, coded, concept, extension, extensions, make, named, refers, text, update};
use fhir::edit::instant;
use fhir::{Json, ResourceType};
use store::Write;

pub(crate) const KIND: &str = "conversation-message";
const SEQ: &str = "urn:medhub:conversation:seq";
const MENTIONED: &str = "urn:medhub:conversation:mentioned";
const WHAT: &str = "urn:medhub:conversation:what";

/// What a message is: words, or that something was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Said,
    /// Somebody was brought in.
    Joined,
    /// Somebody left.
    Left,
    /// Handed to the secretaries.
    Delegated,
    /// What the secretaries were asked is done.
    Done,
    /// Put into the patient's chart.
    Archived,
}

impl Kind {
    const ALL: [Kind; 6] =
        [Kind::Said, Kind::Joined, Kind::Left, Kind::Delegated, Kind::Done, Kind::Archived];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Said => "said",
            Kind::Joined => "joined",
            Kind::Left => "left",
            Kind::Delegated => "delegated",
            Kind::Done => "done",
            Kind::Archived => "archived",
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub id: String,
    pub json: Json<'static>,
}

/// What one message holds.
pub(crate) struct Said<'a> {
    pub kind: Kind,
    pub words: &'a str,
    pub urgent: bool,
    /// `Practitioner/…`
    pub mentions: &'a [String],
    /// `DocumentReference/…` of the chart.
    pub documents: &'a [String],
    /// A reference with a name.
    pub sender: &'a Json<'static>,
}

impl Message {
    /// As the next one of the conversation.
    pub fn new(id: String, of: &Conversation, said: &Said<'_>, now: i64) -> Message {
        let among = of.among();
        let mut extensions = vec![
            make(SEQ, "valueUnsignedInt", Json::integer(of.count() + 1)),
            make(WHAT, "valueCode", Json::string(said.kind.as_str())),
        ];
        extensions
            .extend(said.mentions.iter().map(|one| make(MENTIONED, "valueReference", named(one.as_str()))));
        let words = (!said.words.is_empty()).then(|| Json::object([("contentString", text(said.words))]));
        let documents =
            said.documents.iter().map(|one| Json::object([("contentReference", named(one.as_str()))]));
        let payload: Vec<Json<'static>> = words.into_iter().chain(documents).collect();
        let members = [
            ("resourceType", Json::string(ResourceType::COMMUNICATION.name())),
            ("id", text(&*id)),
            ("meta", among.meta()),
            ("extension", Json::Array(extensions)),
            ("partOf", Json::array([named(format!("Communication/{}", of.id))])),
            ("status", Json::string("completed")),
            ("category", Json::array([concept(PURPOSE, KIND)])),
            ("priority", Json::string(if said.urgent { "urgent" } else { "routine" })),
        ];
        let subject = of.patient().map(|id| ("subject", named_patient(id)));
        let recipients = (!among.people.is_empty()).then(|| ("recipient", among.recipients()));
        let tail = [("sent", instant(now).into_owned()), ("sender", said.sender.clone())];
        let payload = (!payload.is_empty()).then_some(("payload", Json::Array(payload)));
        let all = members.into_iter().chain(subject).chain(recipients).chain(tail).chain(payload);
        Message { id, json: Json::object(all) }
    }

    /// `None` for what is no message of a conversation.
    pub fn of(id: &str, json: Json<'static>) -> Option<Message> {
        let ours = id.starts_with(MESSAGE) && coded(&json, "category", PURPOSE) == Some(KIND);
        ours.then(|| Message { id: id.to_string(), json })
    }

    /// Id of its conversation.
    pub fn conversation(&self) -> Option<&str> {
        self.json.each("partOf").next()?.get_str("reference")?.strip_prefix("Communication/")
    }

    pub fn seq(&self) -> i64 {
        number(&self.json, SEQ)
    }

    pub fn kind(&self) -> Kind {
        let code = extension(&self.json, WHAT).and_then(|one| one.get_str("valueCode"));
        Kind::ALL.into_iter().find(|one| Some(one.as_str()) == code).unwrap_or(Kind::Said)
    }

    pub fn words(&self) -> &str {
        self.json.each("payload").find_map(|one| one.get_str("contentString")).unwrap_or_default()
    }

    pub fn is_urgent(&self) -> bool {
        self.json.get_str("priority") == Some("urgent")
    }

    pub fn sender(&self) -> Option<&str> {
        refers(&self.json, "sender")
    }

    /// The sender's name, as it was then.
    pub fn sender_name(&self) -> &str {
        self.json.get("sender").and_then(|sender| sender.get_str("display")).unwrap_or_default()
    }

    pub fn sent(&self) -> &str {
        self.json.get_str("sent").unwrap_or_default()
    }

    pub fn mentions(&self) -> impl Iterator<Item = &str> {
        extensions(&self.json, MENTIONED).filter_map(|one| refers(one, "valueReference"))
    }

    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.json.each("payload").filter_map(|one| refers(one, "contentReference"))
    }

    pub fn write(&self) -> Write {
        update(ResourceType::COMMUNICATION, &self.id, None, &self.json)
    }
}
