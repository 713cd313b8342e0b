//! The CommunicationRequest of one reminder. Its id follows from appointment, patient, hour and step: nothing is planned twice,
//! and an appointment that comes back to its old hour finds what was said about it.

use super::plan::Step;
use super::visit::Visit;
use crate::channel::Channel;
use crate::element::{
    MODE, PURPOSE, coded, concept, extension, extensions, id_of, make, moment, named, refers, set_extensions,
    text,
};
use fhir::edit::{edit, instant};
use fhir::{Json, ResourceType};
use uuid::Uuid;

const NAMESPACE: Uuid = Uuid::from_u128(0x5d1b_9b1c_77f0_5e0e_8c3a_7265_6d69_6e64);

/// With what the ids begin: kept for the hub.
pub(crate) const RESERVED: &str = "reminder-";
const REMINDER: &str = "appointment-reminder";
/// The hour that the reminder is about.
const START: &str = "urn:medhub:communication:start";
/// Channels whose address was refused.
const REFUSED: &str = "urn:medhub:communication:address-refused";
/// Why it was held or taken back.
const REASON: &str = "urn:medhub:communication:reason";
const STEP: &str = "urn:medhub:communication:step";

/// `status` of a CommunicationRequest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Planned,
    /// A person must look.
    Held,
    Sent,
    Cancelled,
}

impl State {
    fn code(self) -> &'static str {
        match self {
            State::Planned => "active",
            State::Held => "on-hold",
            State::Sent => "completed",
            State::Cancelled => "revoked",
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub id: String,
    /// `None` before it is stored.
    pub version: Option<u64>,
    pub json: Json<'static>,
}

impl Request {
    pub fn id_for(tenant: &str, visit: &Visit, step: Step) -> String {
        let of = format!("{tenant}\n{}\n{}\n{}\n{}", visit.id, visit.patient, visit.start, step.code);
        format!("{RESERVED}{}", Uuid::new_v5(&NAMESPACE, of.as_bytes()))
    }

    pub fn new(tenant: &str, visit: &Visit, step: Step, at: i64, now: i64) -> Request {
        let id = Request::id_for(tenant, visit, step);
        let (patient, appointment) =
            (format!("Patient/{}", visit.patient), format!("Appointment/{}", visit.id));
        let json = Json::object([
            ("resourceType", Json::string(ResourceType::COMMUNICATION_REQUEST.name())),
            ("id", text(&*id)),
            ("extension", Json::array([make(START, "valueInstant", instant(visit.start).into_owned())])),
            ("basedOn", Json::array([named(&*appointment)])),
            ("status", Json::string(State::Planned.code())),
            ("category", Json::array([concept(PURPOSE, REMINDER)])),
            ("medium", Json::array([concept(MODE, step.channel.mode())])),
            ("subject", named(&*patient)),
            ("about", Json::array([named(appointment)])),
            ("occurrenceDateTime", instant(at).into_owned()),
            ("authoredOn", instant(now).into_owned()),
            ("recipient", Json::array([named(patient)])),
            ("reasonCode", Json::array([concept(STEP, step.code)])),
        ]);
        Request { id, version: None, json }
    }

    /// `None` for what is not a reminder of ours.
    pub fn of(id: &str, version: u64, json: Json<'static>) -> Option<Request> {
        let ours = id.starts_with(RESERVED) && coded(&json, "category", PURPOSE) == Some(REMINDER);
        ours.then(|| Request { id: id.to_string(), version: Some(version), json })
    }

    pub fn state(&self) -> State {
        match self.json.get_str("status") {
            Some("active") => State::Planned,
            Some("completed") => State::Sent,
            Some("on-hold") => State::Held,
            _ => State::Cancelled,
        }
    }

    pub fn appointment(&self) -> Option<&str> {
        let based_on = self.json.each("basedOn").next()?;
        id_of(based_on.get_str("reference")?, ResourceType::APPOINTMENT)
    }

    pub fn patient(&self) -> Option<&str> {
        id_of(refers(&self.json, "subject")?, ResourceType::PATIENT)
    }

    /// The hour that it is about (ms since epoch).
    pub fn start(&self) -> Option<i64> {
        moment(extension(&self.json, START)?, "valueInstant")
    }

    /// When it is due (ms since epoch).
    pub fn at(&self) -> Option<i64> {
        moment(&self.json, "occurrenceDateTime")
    }

    pub fn step(&self) -> Option<Step> {
        Step::parse(coded(&self.json, "reasonCode", STEP)?)
    }

    pub fn channel(&self) -> Option<Channel> {
        Channel::of_medium(&self.json)
    }

    pub fn reason(&self) -> Option<&str> {
        extension(&self.json, REASON)?.get_str("valueCode")
    }

    pub fn was_refused(&self, channel: Channel) -> bool {
        extensions(&self.json, REFUSED).any(|one| one.get_str("valueCode") == Some(channel.as_str()))
    }

    pub fn refused(&mut self, channel: Channel) {
        if self.was_refused(channel) {
            return;
        }
        let mut all: Vec<Json<'static>> = extensions(&self.json, REFUSED).cloned().collect();
        all.push(make(REFUSED, "valueCode", text(channel.as_str())));
        set_extensions(&mut self.json, REFUSED, all);
    }

    /// Forgets which addresses were refused: they may have been corrected.
    pub fn forgive(&mut self) {
        set_extensions(&mut self.json, REFUSED, Vec::new());
    }

    pub fn set_state(&mut self, state: State, reason: Option<&'static str>) {
        let reason = reason.map(|reason| make(REASON, "valueCode", Json::string(reason)));
        set_extensions(&mut self.json, REASON, reason.into_iter().collect());
        if let Some(edit) = edit(&mut self.json) {
            edit.status(state.code());
        }
    }

    pub fn set_at(&mut self, at: i64) {
        if let Some(edit) = edit(&mut self.json) {
            edit.set("occurrenceDateTime", instant(at).into_owned());
        }
    }

    pub fn write(&self) -> store::Write {
        crate::element::update(ResourceType::COMMUNICATION_REQUEST, &self.id, self.version, &self.json)
    }
}
