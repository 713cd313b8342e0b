//! An incident as a Task (<https://hl7.org/fhir/R4/task.html>): the entry of the register that RGPD article 33(5)
//! asks for, with the time until which the authority must be told (article 33(1)).

use super::alert::{self, WATCH, kind_of, sentence};
use super::list::text;
use fhir::edit::{codeable_concept, instant};
use fhir::{Json, Lang};
use uuid::Uuid;

/// Hours from becoming aware to telling the authority.
pub(super) const CLOCK_MS: i64 = 72 * 3_600_000;
const NAMESPACE: Uuid = Uuid::from_u128(0x91c4_7d02_8e6b_5c13_b0fd_696e_6369_6465);
/// When the authority was told, in `Task.output`.
pub(super) const NOTIFIED: &str = "authority-notified";

/// How far an incident is; the first of each pair is told, the second is `Task.status`.
pub(super) const STATES: [(&str, &str); 4] = [
    ("open", "in-progress"),
    ("contained", "in-progress"),
    ("notified", "in-progress"),
    ("closed", "completed"),
];

/// The incident of an alert has one id: it is opened once.
pub(super) fn id_of(alert: &str) -> String {
    Uuid::new_v5(&NAMESPACE, alert.as_bytes()).to_string()
}

/// A new incident. `aware`: when the clinic became aware, which starts the clock; ms since epoch.
pub(super) fn task(
    id: &str,
    alert_id: &str,
    alert: &Json<'_>,
    by: &str,
    now: i64,
    aware: i64,
) -> Json<'static> {
    let focus = Json::object([("reference", Json::string(format!("Communication/{alert_id}")))]);
    let evidence = alert.each("about").filter_map(|about| about.get_str("reference")).map(|reference| {
        Json::object([
            ("type", codeable_concept(WATCH, "evidence", None)),
            ("valueReference", Json::object([("reference", Json::string(reference.to_string()))])),
        ])
    });
    let kind = kind_of(alert);
    let description = kind.map_or("", |kind| sentence(kind, Lang::Fr));
    let period = fhir::edit::period(Some(aware), Some(aware + CLOCK_MS));
    Json::object([
        ("resourceType", Json::string("Task")),
        ("id", Json::string(id.to_string())),
        ("meta", alert::meta("incident")),
        ("status", Json::string("in-progress")),
        ("businessStatus", codeable_concept(WATCH, "open", None)),
        ("intent", Json::string("order")),
        ("priority", Json::string("urgent")),
        ("code", codeable_concept(WATCH, kind.map_or("incident", |k| k.as_str()), None)),
        ("description", Json::string(description)),
        ("focus", focus),
        ("authoredOn", instant(now)),
        ("owner", Json::object([("display", Json::string(by.to_string()))])),
        ("restriction", Json::object([("period", period)])),
        ("input", Json::array(evidence)),
    ])
}

/// `{id, opened, aware, deadline, state, kind, sentence, alert, notified_at, evidence, notes}`
pub(super) fn told(task: &Json<'_>, lang: Lang) -> Json<'static> {
    let code = |name: &str| {
        let coding = task.get(name).and_then(|c| c.each("coding").next());
        coding.and_then(|c| c.get_str("code")).map(String::from)
    };
    let clock = task.get("restriction").and_then(|r| r.get("period"));
    let notified = task.each("output").find(|o| {
        o.get("type").and_then(|t| t.each("coding").next()).and_then(|c| c.get_str("code")) == Some(NOTIFIED)
    });
    let focus = task.get("focus").and_then(|f| f.get_str("reference"));
    let kind = super::count::Kind::ALL.into_iter().find(|(name, _)| code("code").as_deref() == Some(name));
    let evidence = task.each("input").filter_map(|i| i.get("valueReference")?.get_str("reference"));
    let evidence = evidence.map(|r| Json::string(r.strip_prefix("AuditEvent/").unwrap_or(r).to_string()));
    let notes = task.each("note").map(|n| {
        Json::object([
            ("at", text(n.get_str("time"))),
            ("who", text(n.get_str("authorString"))),
            ("text", text(n.get_str("text"))),
        ])
    });
    Json::object([
        ("id", text(task.get_str("id"))),
        ("opened", text(task.get_str("authoredOn"))),
        ("aware", text(clock.and_then(|c| c.get_str("start")))),
        ("deadline", text(clock.and_then(|c| c.get_str("end")))),
        ("state", text(code("businessStatus").as_deref())),
        ("kind", text(code("code").as_deref())),
        ("sentence", text(kind.map(|(_, kind)| sentence(kind, lang)))),
        ("alert", text(focus.and_then(|f| f.strip_prefix("Communication/")))),
        ("notified_at", text(notified.and_then(|n| n.get_str("valueDateTime")))),
        ("evidence", Json::array(evidence)),
        ("notes", Json::array(notes)),
    ])
}
