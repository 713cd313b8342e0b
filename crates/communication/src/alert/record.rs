//! The CommunicationRequest of an alert.

use super::ladder::{Priority, due};
use super::state::{Stand, State, overdue_step};
use crate::element::{
    PURPOSE, coded, concept, extension, extensions, id_of, make, moment, named, refers, set_extensions, text,
    update,
};
use fhir::edit::{edit, instant};
use fhir::{Json, ResourceType};
use policy::Role;
use store::{Actor, Write};

/// With what the ids begin: kept for the hub.
pub(crate) const RESERVED: &str = "alert-";
const ALERT: &str = "medical-alert";
const STATE: &str = "urn:medhub:alert:state";
const RUNG: &str = "urn:medhub:alert:rung";
/// Roles whom the sender named.
const ROLE: &str = "urn:medhub:alert:role";
/// What happened: code, who, when, words.
const EVENT: &str = "urn:medhub:alert:event";
/// Newest events that are kept; the versions of the resource hold all.
const EVENTS_MAX: usize = 200;

pub(crate) fn is_reserved(id: &str) -> bool {
    id.starts_with(RESERVED)
}

#[derive(Clone, Debug)]
pub(crate) struct Alert {
    pub id: String,
    /// `None` before it is stored.
    pub version: Option<u64>,
    pub json: Json<'static>,
}

/// What somebody says at the beginning.
pub(crate) struct Said<'a> {
    /// Id of the Patient.
    pub patient: &'a str,
    pub priority: Priority,
    pub text: &'a str,
    /// `Practitioner/…`
    pub people: &'a [String],
    pub roles: &'a [Role],
    /// A reference with a name.
    pub sender: Json<'static>,
}

impl Alert {
    pub fn new(id: String, said: Said<'_>, now: i64) -> Alert {
        let patient = format!("Patient/{}", said.patient);
        let roles = said.roles.iter().map(|role| make(ROLE, "valueCode", Json::string(role.as_str())));
        let payload = Json::object([("contentString", text(said.text))]);
        let sender = said.sender.get("reference").map(|_| ("sender", said.sender.clone()));
        let people = Json::array(said.people.iter().map(|one| named(one.as_str())));
        let people = (!said.people.is_empty()).then_some(("recipient", people));
        let members = [
            ("resourceType", Json::string(ResourceType::COMMUNICATION_REQUEST.name())),
            ("id", text(&*id)),
            ("extension", Json::array(roles)),
            ("status", Json::string("active")),
            ("category", Json::array([concept(PURPOSE, ALERT)])),
            ("priority", Json::string(said.priority.fhir())),
            ("subject", named(patient)),
            ("payload", Json::array([payload])),
            ("occurrenceDateTime", instant(now).into_owned()),
            ("authoredOn", instant(now).into_owned()),
        ];
        let json = Json::object(members.into_iter().chain(people).chain(sender));
        let mut alert = Alert { id, version: None, json };
        alert.stand_set(Stand { state: State::Triggered, rung: 0, next: Some(now) });
        alert.event("sent", Some(&said.sender), None, now);
        alert
    }

    /// `None` for what is no alert of ours.
    pub fn of(id: &str, version: u64, json: Json<'static>) -> Option<Alert> {
        let ours = is_reserved(id) && coded(&json, "category", PURPOSE) == Some(ALERT);
        ours.then(|| Alert { id: id.to_string(), version: Some(version), json })
    }

    pub fn priority(&self) -> Priority {
        self.json.get_str("priority").and_then(Priority::of_fhir).unwrap_or(Priority::High)
    }

    pub fn stand(&self) -> Stand {
        let code = extension(&self.json, STATE).and_then(|one| one.get_str("valueCode"));
        let state = State::ALL.into_iter().find(|one| Some(one.as_str()) == code).unwrap_or(State::Triggered);
        let rung = extension(&self.json, RUNG).and_then(|one| one.get("valueUnsignedInt"));
        let rung = rung.and_then(Json::as_number).and_then(|n| n.parse().ok()).unwrap_or(0);
        let next = if state.is_over() { None } else { moment(&self.json, "occurrenceDateTime") };
        Stand { state, rung, next }
    }

    pub fn stand_set(&mut self, stand: Stand) {
        let state = make(STATE, "valueCode", Json::string(stand.state.as_str()));
        set_extensions(&mut self.json, STATE, vec![state]);
        let rung = Json::integer(i64::try_from(stand.rung).unwrap_or(0));
        set_extensions(&mut self.json, RUNG, vec![make(RUNG, "valueUnsignedInt", rung)]);
        let status = match stand.state {
            State::Resolved => "completed",
            State::Withdrawn => "revoked",
            _ => "active",
        };
        if let Some(edit) = edit(&mut self.json) {
            let edit = edit.status(status);
            if let Some(next) = stand.next {
                edit.set("occurrenceDateTime", instant(next).into_owned());
            }
        }
    }

    /// Takes the step that is due by itself, if there is one; says whether.
    pub fn step(&mut self, now: i64) -> bool {
        let Some((stand, why)) = overdue_step(self.stand(), self.priority(), now) else { return false };
        self.stand_set(stand);
        self.event(why, None, None, now);
        true
    }

    pub fn patient(&self) -> Option<&str> {
        id_of(refers(&self.json, "subject")?, ResourceType::PATIENT)
    }

    pub fn text(&self) -> Option<&str> {
        self.json.each("payload").next()?.get_str("contentString")
    }

    pub fn sender(&self) -> Option<&str> {
        refers(&self.json, "sender")
    }

    /// `Practitioner/…` whom the sender named.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        self.json.each("recipient").filter_map(|one| one.get_str("reference"))
    }

    /// Roles that are called now.
    pub fn roles(&self) -> Vec<Role> {
        let named = extensions(&self.json, ROLE).filter_map(|one| Role::parse(one.get_str("valueCode")?));
        let mut all: Vec<Role> = named.chain(due(self.stand().rung)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether it calls this person now.
    pub fn calls(&self, actor: &Actor) -> bool {
        let named = actor.person.as_deref().is_some_and(|person| self.people().any(|one| one == person));
        named || self.roles().into_iter().any(|role| actor.roles.contains(&role))
    }

    pub fn events(&self) -> impl Iterator<Item = &Json<'static>> {
        extensions(&self.json, EVENT)
    }

    /// Notes what happened. The hub has no name.
    pub fn event(&mut self, code: &'static str, who: Option<&Json<'static>>, words: Option<&str>, now: i64) {
        let mut parts = vec![
            make("code", "valueCode", Json::string(code)),
            make("at", "valueInstant", instant(now).into_owned()),
        ];
        parts.extend(who.map(|who| make("who", "valueReference", who.clone())));
        parts.extend(words.map(|words| make("words", "valueString", text(words))));
        let event = Json::object([("url", Json::string(EVENT)), ("extension", Json::Array(parts))]);
        let mut all: Vec<Json<'static>> = self.events().cloned().collect();
        all.push(event);
        // The first one stays: who called.
        while all.len() > EVENTS_MAX {
            all.remove(1);
        }
        set_extensions(&mut self.json, EVENT, all);
    }

    pub fn write(&self) -> Write {
        update(ResourceType::COMMUNICATION_REQUEST, &self.id, self.version, &self.json)
    }
}
