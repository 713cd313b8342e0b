//! An entry as a FHIR AuditEvent (<https://hl7.org/fhir/R4/auditevent.html>), shaped like the events of IHE
//! BALP (<https://profiles.ihe.net/ITI/BALP/>): a RESTful operation, the user and the server as agents, the
//! resource, its patients, the search string and the request as entities.

use super::entry::{AuditEntry, Event, EventOutcome};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fhir::{Json, ResourceType};
use policy::Purpose;
use std::collections::HashMap;

const DICOM: &str = "http://dicom.nema.org/resources/ontology/DCM";
pub(super) const TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-event-type";
pub(super) const RESTFUL: &str = "http://hl7.org/fhir/restful-interaction";
const REASON: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
const PARTICIPATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
const SOURCE_TYPE: &str = "http://terminology.hl7.org/CodeSystem/security-source-type";
pub(super) const ENTITY_TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
pub(super) const OBJECT_ROLE: &str = "http://terminology.hl7.org/CodeSystem/object-role";
const BALP_ENTITY: &str = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";
/// System of account ids and request ids.
pub(super) const UUID: &str = "urn:ietf:rfc:3986";
/// `agent.policy` of what break-glass alone opened, so that `AuditEvent?policy=` finds it.
pub(super) const BREAK_GLASS: &str = "urn:medhub:break-glass";
/// What the source of the events calls itself.
pub(super) const OBSERVER: &str = "Medical Hub";

/// Ids of patients by `rid`.
pub(super) type Patients = HashMap<i64, String>;

/// System, code and display of the event's type.
pub(super) fn kind(event: Event) -> [&'static str; 3] {
    match event {
        Event::Login => [DICOM, "110114", "User Authentication"],
        Event::Operation => [DICOM, "110100", "Application Activity"],
        _ => [TYPE, "rest", "RESTful Operation"],
    }
}

/// System and code of the event's subtype.
pub(super) fn subtype(entry: &AuditEntry) -> [&str; 2] {
    let code = match entry.event {
        Event::Read => "read",
        Event::Vread => "vread",
        Event::Search if entry.kind == 0 => "search-system",
        Event::Search => "search-type",
        Event::History if !entry.id.is_empty() => "history-instance",
        Event::History if entry.kind != 0 => "history-type",
        Event::History => "history-system",
        Event::Create => "create",
        Event::Update => "update",
        Event::Delete => "delete",
        Event::Write => "transaction",
        Event::Operation => "operation",
        Event::Login => return [DICOM, "110122"],
    };
    [RESTFUL, code]
}

/// C, R, U, D or E (<https://hl7.org/fhir/R4/valueset-audit-event-action.html>).
pub(super) fn action(event: Event) -> &'static str {
    match event {
        Event::Read | Event::Vread | Event::History => "R",
        Event::Create => "C",
        Event::Update | Event::Write => "U",
        Event::Delete => "D",
        Event::Search | Event::Operation | Event::Login => "E",
    }
}

/// The reference of what was touched, if it is one resource.
pub(super) fn what(entry: &AuditEntry) -> Option<String> {
    let rt = ResourceType::from_number(entry.kind).filter(|_| !entry.id.is_empty())?;
    Some(format!("{}/{}", rt.name(), entry.id))
}

/// The event as JSON.
pub(super) fn event(id: &str, entry: &AuditEntry, patients: &Patients) -> Vec<u8> {
    let recorded = fhir::date::instant_format(entry.at);
    let meta = Json::object([("versionId", text("1")), ("lastUpdated", text(&recorded))]);
    let [system, code, display] = kind(entry.event);
    let kind = Json::object([("system", text(system)), ("code", text(code)), ("display", text(display))]);
    let [system, code] = subtype(entry);
    let outcome = (entry.outcome as u8).to_string();
    let mut event = vec![
        ("resourceType", text("AuditEvent")),
        ("id", text(id)),
        ("meta", meta),
        ("type", kind),
        ("subtype", Json::array([coding(system, code)])),
        ("action", text(action(entry.event))),
        ("recorded", text(&recorded)),
        ("outcome", Json::String(outcome.into())),
    ];
    if entry.outcome == EventOutcome::Denied {
        event.push(("outcomeDesc", text("denied by policy")));
    }
    event.push(("purposeOfEvent", Json::array([concept(REASON, entry.purpose.as_str())])));
    event.push(("agent", agents(entry)));
    event.push(("source", source(entry)));
    event.push(("entity", entities(entry, patients)));
    Json::object(event).to_vec()
}

fn agents<'e>(entry: &'e AuditEntry) -> Json<'e> {
    let id = Json::object([
        ("system", text(UUID)),
        ("value", Json::String(format!("urn:uuid:{}", entry.actor).into())),
    ]);
    let who = Json::object([("identifier", id), ("display", text(&entry.actor_name))]);
    let mut user = vec![
        ("type", concept(PARTICIPATION, "IRCP")),
        ("who", who),
        ("altId", text(&entry.actor_name)),
        ("requestor", Json::Bool(true)),
    ];
    if entry.purpose == Purpose::BreakGlass {
        user.push(("policy", Json::array([text(BREAK_GLASS)])));
    }
    user.push(("purposeOfUse", Json::array([concept(REASON, entry.purpose.as_str())])));
    let user = Json::object(user);
    let server = Json::object([
        ("type", concept(DICOM, "110152")),
        ("who", Json::object([("display", text(OBSERVER))])),
        ("requestor", Json::Bool(false)),
    ]);
    Json::array([user, server])
}

fn source(entry: &AuditEntry) -> Json<'_> {
    let mut source = Vec::new();
    if !entry.node.is_empty() {
        source.push(("site", text(&entry.node)));
    }
    source.push(("observer", Json::object([("display", text(OBSERVER))])));
    source.push(("type", Json::array([coding(SOURCE_TYPE, "4")])));
    Json::object(source)
}

fn entities<'e>(entry: &'e AuditEntry, patients: &'e Patients) -> Json<'e> {
    let mut entities = Vec::new();
    let what = what(entry);
    for rid in &entry.patients {
        let Some(id) = patients.get(rid) else { continue };
        let reference = format!("Patient/{id}");
        if what.as_deref() != Some(&reference) {
            entities.push(entity(reference, "1", "1"));
        }
    }
    if let Some(what) = what {
        let patient = what.starts_with("Patient/");
        let versioned = match entry.version {
            0 => what,
            version => format!("{what}/_history/{version}"),
        };
        let (kind, role) = if patient { ("1", "1") } else { ("2", "4") };
        entities.insert(0, entity(versioned, kind, role));
    }
    if matches!(entry.event, Event::Search | Event::Operation) {
        let query = match (entry.event, ResourceType::from_number(entry.kind)) {
            (Event::Search, Some(rt)) => format!("{}?{}", rt.name(), entry.query),
            (Event::Search, None) => format!("?{}", entry.query),
            _ => entry.query.clone(),
        };
        entities.push(Json::object([
            ("type", coding(ENTITY_TYPE, "2")),
            ("role", coding(OBJECT_ROLE, "24")),
            ("query", Json::String(STANDARD.encode(query).into())),
        ]));
    }
    let request = Json::object([("value", Json::String(entry.request.to_string().into()))]);
    entities.push(Json::object([
        ("what", Json::object([("identifier", request)])),
        ("type", coding(BALP_ENTITY, "XrequestId")),
    ]));
    Json::array(entities)
}

fn entity(reference: String, kind: &'static str, role: &'static str) -> Json<'static> {
    Json::object([
        ("what", Json::object([("reference", Json::String(reference.into()))])),
        ("type", coding(ENTITY_TYPE, kind)),
        ("role", coding(OBJECT_ROLE, role)),
    ])
}

fn text(text: &str) -> Json<'_> {
    Json::String(text.into())
}

fn coding<'e>(system: &'e str, code: &'e str) -> Json<'e> {
    Json::object([("system", text(system)), ("code", text(code))])
}

fn concept<'e>(system: &'e str, code: &'e str) -> Json<'e> {
    Json::object([("coding", Json::array([coding(system, code)]))])
}
