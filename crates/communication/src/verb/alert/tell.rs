//! An alert, as the screens want it, and who may see it.

use crate::alert::{Alert, State, is_late};
use crate::element::{extension, parsed, refers, text};
use crate::person::{names, of_patients};
use crate::read::{by_params, one};
use crate::verb::list::hub;
use fhir::edit::instant;
use fhir::{Json, ResourceType};
use policy::{Group, Verb};
use service::RouteCtx;
use std::collections::HashMap;
use store::{Error, Result};

/// Whether somebody may see an alert: who is called or has called, and whoever may read the patient's record.
///
/// # Errors
/// `Unavailable`.
pub(super) async fn sees(cx: &RouteCtx, alert: &Alert) -> Result<bool> {
    if alert.calls(&cx.ctx.actor) || is_sender(cx, alert) {
        return Ok(true);
    }
    cx.tenant.decide(&cx.ctx, Verb::Read, Group::Clinical, alert.patient()).await
}

/// Whether somebody may answer it.
///
/// # Errors
/// `Unavailable`.
pub(super) async fn may_answer(cx: &RouteCtx, alert: &Alert) -> Result<bool> {
    if alert.calls(&cx.ctx.actor) {
        return Ok(true);
    }
    cx.tenant.decide(&cx.ctx, Verb::Write, Group::Clinical, alert.patient()).await
}

pub(super) fn is_sender(cx: &RouteCtx, alert: &Alert) -> bool {
    cx.ctx.actor.person.as_deref().is_some_and(|person| alert.sender() == Some(person))
}

/// The alert of an id that the caller may see.
///
/// # Errors
/// `NotFound` for none, and for one that is not theirs to see.
pub(super) async fn found(cx: &RouteCtx, id: &str) -> Result<Alert> {
    let found = one(&cx.tenant, &hub(cx), ResourceType::COMMUNICATION_REQUEST, id).await?;
    let alert = found.and_then(|(version, json)| Alert::of(id, version, json)).ok_or(Error::NotFound)?;
    if sees(cx, &alert).await? { Ok(alert) } else { Err(Error::NotFound) }
}

/// Alerts that match and that the caller may see.
///
/// # Errors
/// The store's.
pub(super) async fn search(cx: &RouteCtx, params: &[(&str, String)]) -> Result<Vec<Alert>> {
    let kind = ("category", format!("{}|medical-alert", crate::element::PURPOSE));
    let params: Vec<(&str, String)> = params.iter().cloned().chain([kind]).collect();
    let mut out = Vec::new();
    for found in by_params(&cx.tenant, &hub(cx), ResourceType::COMMUNICATION_REQUEST, &params).await? {
        let Some(alert) = Alert::of(&found.id, found.version, parsed(&found)?) else { continue };
        if sees(cx, &alert).await? {
            out.push(alert);
        }
    }
    Ok(out)
}

/// Those that call the caller and wait for somebody.
pub(super) fn waits(cx: &RouteCtx, alert: &Alert) -> bool {
    alert.calls(&cx.ctx.actor) && matches!(alert.stand().state, State::Triggered | State::Notified)
}

/// # Errors
/// The store's.
pub(super) async fn tell(cx: &RouteCtx, alerts: &[Alert]) -> Result<Vec<Json<'static>>> {
    let patients = alerts.iter().filter_map(Alert::patient).map(String::from).collect();
    // Who is called must know about whom, also without a tie to the patient.
    let patients = of_patients(&cx.tenant, &hub(cx), patients).await?;
    let people = alerts.iter().flat_map(|alert| alert.people().chain(alert.sender())).map(String::from);
    let names = names(&cx.tenant, &hub(cx), people.collect()).await?;
    let mut out = Vec::new();
    for alert in alerts {
        let may = may(cx, alert).await?;
        out.push(card(cx, alert, &patients, &names, may));
    }
    Ok(out)
}

async fn may(cx: &RouteCtx, alert: &Alert) -> Result<Vec<&'static str>> {
    let state = alert.stand().state;
    if state.is_over() {
        return Ok(Vec::new());
    }
    let mut may = Vec::new();
    if may_answer(cx, alert).await? {
        if state != State::Responding && state != State::Acked {
            may.push("ack");
        }
        may.extend(["respond", "pass", "resolve"]);
    }
    if is_sender(cx, alert) {
        may.push("withdraw");
    }
    Ok(may)
}

fn card(
    cx: &RouteCtx,
    alert: &Alert,
    patients: &HashMap<String, String>,
    names: &HashMap<String, String>,
    may: Vec<&'static str>,
) -> Json<'static> {
    let (stand, now) = (alert.stand(), cx.ctx.clock.now_ms());
    let maybe = |found: Option<&str>| found.map_or(Json::Null, text);
    let name = |reference: &str| maybe(names.get(reference).map(String::as_str));
    let people = alert.people().map(|one| Json::object([("reference", text(one)), ("name", name(one))]));
    let roles = alert.roles().into_iter().map(|role| Json::string(role.as_str()));
    let patient = alert.patient();
    let events = alert.events().map(event);
    Json::object([
        ("id", text(&*alert.id)),
        ("version", Json::integer(alert.version.and_then(|v| i64::try_from(v).ok()).unwrap_or(0))),
        ("priority", text(alert.priority().as_str())),
        ("state", text(stand.state.as_str())),
        ("text", maybe(alert.text())),
        (
            "patient",
            Json::object([
                ("id", maybe(patient)),
                ("name", maybe(patient.and_then(|id| patients.get(id)).map(String::as_str))),
            ]),
        ),
        ("sender", alert.sender().map_or(Json::Null, name)),
        ("people", Json::array(people)),
        ("roles", Json::array(roles)),
        ("rung", Json::integer(i64::try_from(stand.rung).unwrap_or(0))),
        ("sent", maybe(alert.json.get_str("authoredOn"))),
        ("next", stand.next.map_or(Json::Null, |next| instant(next).into_owned())),
        ("late", Json::Bool(stand.next.is_some_and(|next| is_late(next, now)))),
        ("waits", Json::Bool(waits(cx, alert))),
        ("may", Json::array(may.into_iter().map(Json::string))),
        ("events", Json::array(events)),
    ])
}

fn event(event: &Json<'static>) -> Json<'static> {
    let part = |name: &str, member: &str| {
        extension(event, name).and_then(|one| one.get_str(member)).map_or(Json::Null, text)
    };
    let who = extension(event, "who").and_then(|one| one.get("valueReference"));
    let who = who.and_then(|who| who.get_str("display").or(refers(event, "who")));
    Json::object([
        ("code", part("code", "valueCode")),
        ("at", part("at", "valueInstant")),
        ("who", who.map_or(Json::Null, text)),
        ("words", part("words", "valueString")),
    ])
}
