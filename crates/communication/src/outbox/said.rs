//! The Communication that says what became of a request.

use crate::channel::{Channel, Said};
use crate::element::{MODE, concept, extension, make, moment, named, set_extensions, text, update};
use crate::reminder::Request;
use fhir::edit::{edit, instant};
use fhir::{Json, ResourceType};
use store::Write;

/// With what the ids begin, before the id of the request.
pub(crate) const SAID: &str = "said-";
const ATTEMPTS: &str = "urn:medhub:communication:attempts";
const CLAIMED: &str = "urn:medhub:communication:claimed";

pub(crate) fn said_id(request: &str) -> String {
    format!("{SAID}{request}")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// Being said, or the program ended meanwhile.
    Claimed,
    /// Not taken yet: tried again.
    Waiting,
    Said,
    /// Nobody knows.
    Doubt,
}

pub(crate) struct SaidRecord {
    pub id: String,
    pub version: Option<u64>,
    pub json: Json<'static>,
}

impl SaidRecord {
    pub fn new(request: &Request) -> SaidRecord {
        let id = said_id(&request.id);
        let copy = |name: &'static str| request.json.get(name).map(|value| (name, value.clone()));
        let head = [
            ("resourceType", Json::string(ResourceType::COMMUNICATION.name())),
            ("id", text(&*id)),
            ("basedOn", Json::array([named(format!("CommunicationRequest/{}", request.id))])),
            ("status", Json::string("preparation")),
        ];
        let copied = ["category", "subject", "about", "recipient", "reasonCode"].into_iter().filter_map(copy);
        SaidRecord { id, version: None, json: Json::object(head.into_iter().chain(copied)) }
    }

    pub fn stand(&self) -> Stand {
        match self.json.get_str("status") {
            Some("in-progress") => Stand::Claimed,
            Some("completed") => Stand::Said,
            Some("unknown") => Stand::Doubt,
            _ => Stand::Waiting,
        }
    }

    /// When it was claimed (ms since epoch).
    pub fn claimed_at(&self) -> Option<i64> {
        moment(extension(&self.json, CLAIMED)?, "valueInstant")
    }

    pub fn attempts(&self) -> u32 {
        let found = extension(&self.json, ATTEMPTS).and_then(|one| one.get("valueUnsignedInt"));
        found.and_then(Json::as_number).and_then(|n| n.parse().ok()).unwrap_or(0)
    }

    pub fn claim(&mut self, channel: Channel, now: i64) {
        self.set(CLAIMED, "valueInstant", instant(now).into_owned());
        let attempts = i64::from(self.attempts()) + 1;
        self.set(ATTEMPTS, "valueUnsignedInt", Json::integer(attempts));
        if let Some(edit) = edit(&mut self.json) {
            edit.status("in-progress").set("medium", Json::array([concept(MODE, channel.mode())]));
        }
    }

    pub fn done(&mut self, said: &Said, now: i64) {
        let payload = Json::object([("contentString", text(&*said.text))]);
        if let Some(edit) = edit(&mut self.json) {
            edit.status("completed")
                .set("sent", instant(now).into_owned())
                .set("payload", Json::array([payload]));
        }
    }

    pub fn wait(&mut self) {
        if let Some(edit) = edit(&mut self.json) {
            edit.status("on-hold");
        }
    }

    pub fn doubt(&mut self) {
        if let Some(edit) = edit(&mut self.json) {
            edit.status("unknown");
        }
    }

    pub fn write(&self) -> Write {
        update(ResourceType::COMMUNICATION, &self.id, self.version, &self.json)
    }

    fn set(&mut self, url: &'static str, member: &'static str, value: Json<'static>) {
        set_extensions(&mut self.json, url, vec![make(url, member, value)]);
    }
}
