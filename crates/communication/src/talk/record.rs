//! What was said about a patient, put into the chart: a Communication without the label of the conversation, so that
//! whoever may read the chart reads it. Its id follows from how far the conversation had come: put twice it is one.

use super::conversation::named_patient;
use super::{Conversation, RECORD, id};
use crate::element::{PURPOSE, concept, named, text, update};
use fhir::edit::instant;
use fhir::{Json, ResourceType};
use store::Write;

pub(crate) const RECORD_KIND: &str = "conversation-record";

/// One message, as the chart keeps it.
pub(crate) struct Line<'a> {
    pub who: &'a str,
    pub sent: &'a str,
    pub words: &'a str,
}

/// The id of the record, and its writing; `None` for a conversation about no patient.
pub(crate) fn record(
    of: &Conversation,
    lines: &[Line<'_>],
    by: &Json<'static>,
    now: i64,
) -> Option<(String, Write)> {
    let patient = of.patient()?;
    let id = id(RECORD, &[&of.id, &of.count().to_string()]);
    let payload = lines.iter().map(|line| {
        let words = format!("{} — {} :\n{}", crate::words::moment_fr(line.sent), line.who, line.words);
        Json::object([("contentString", text(words))])
    });
    let members = [
        ("resourceType", Json::string(ResourceType::COMMUNICATION.name())),
        ("id", text(&*id)),
        ("partOf", Json::array([named(format!("Communication/{}", of.id))])),
        ("status", Json::string("completed")),
        ("category", Json::array([concept(PURPOSE, RECORD_KIND)])),
        ("subject", named_patient(patient)),
        ("topic", Json::object([("text", text(of.subject()))])),
        ("sent", instant(now).into_owned()),
        ("sender", by.clone()),
        ("payload", Json::array(payload)),
    ];
    let json = Json::object(members);
    Some((id.clone(), update(ResourceType::COMMUNICATION, &id, None, &json)))
}
