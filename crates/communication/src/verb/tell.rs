//! A reminder, as the screens want it.

use crate::channel::Channel;
use crate::element::{parsed, text};
use crate::outbox::{SaidRecord, said_id};
use crate::person::of_patients;
use crate::read::by_params;
use crate::reminder::{Request, State};
use fhir::edit::instant;
use fhir::{Json, ResourceType};
use service::RouteCtx;
use std::collections::HashMap;
use store::{Ctx, Result};

/// What was said about each request, by the request's id.
///
/// # Errors
/// The store's.
pub(super) async fn said(
    cx: &RouteCtx,
    hub: &Ctx,
    requests: &[Request],
) -> Result<HashMap<String, SaidRecord>> {
    let mut out = HashMap::new();
    for some in requests.chunks(200) {
        let ids: Vec<String> = some.iter().map(|one| said_id(&one.id)).collect();
        for found in
            by_params(&cx.tenant, hub, ResourceType::COMMUNICATION, &[("_id", ids.join(","))]).await?
        {
            let json = parsed(&found)?;
            let of = found.id.trim_start_matches(crate::outbox::SAID).to_string();
            out.insert(of, SaidRecord { id: found.id, version: Some(found.version), json });
        }
    }
    Ok(out)
}

/// Names of patients that the caller may read, by id.
///
/// # Errors
/// The store's.
pub(super) async fn names(cx: &RouteCtx, requests: &[Request]) -> Result<HashMap<String, String>> {
    let ids = requests.iter().filter_map(Request::patient).map(String::from).collect();
    of_patients(&cx.tenant, &cx.ctx, ids).await
}

pub(super) fn tell(request: &Request, said: Option<&SaidRecord>, name: Option<&String>) -> Json<'static> {
    let state = match request.state() {
        State::Planned => "planned",
        State::Held => "held",
        State::Sent => "sent",
        State::Cancelled => "cancelled",
    };
    let time = |ms: Option<i64>| ms.map_or(Json::Null, |ms| instant(ms).into_owned());
    let maybe = |found: Option<&str>| found.map_or(Json::Null, text);
    let sent = said.and_then(|one| one.json.get_str("sent"));
    let body = said.and_then(|one| one.json.each("payload").next()?.get_str("contentString"));
    let way = said.and_then(|one| Channel::of_medium(&one.json)).or(request.channel());
    let attempts = said.map_or(0, SaidRecord::attempts);
    Json::object([
        ("id", text(&*request.id)),
        ("version", Json::integer(request.version.and_then(|v| i64::try_from(v).ok()).unwrap_or(0))),
        ("appointment", maybe(request.appointment())),
        (
            "patient",
            Json::object([("id", maybe(request.patient())), ("name", maybe(name.map(String::as_str)))]),
        ),
        ("start", time(request.start())),
        ("step", maybe(request.step().map(|step| step.code))),
        ("channel", maybe(way.map(Channel::as_str))),
        ("state", text(state)),
        ("reason", maybe(request.reason())),
        ("at", time(request.at())),
        ("attempts", Json::integer(i64::from(attempts))),
        ("sent", maybe(sent)),
        ("text", maybe(body)),
    ])
}
