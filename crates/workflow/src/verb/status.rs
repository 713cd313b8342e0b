//! `GET workflows/surgical/{id}/status`: how far the courses of an operation are.

use super::people::People;
use super::search::tasks;
use super::step::Card;
use crate::element::text;
use crate::instance::{State, StepTask};
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "workflows/surgical/{id}/status",
        summary: "How far the courses of an operation are",
        access: Access::SignedIn,
        handler: Arc::new(Status),
    }
}

struct Status;

#[async_trait]
impl Handler for Status {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        Ok(RouteReply::json(200, &told(&cx, request.param("id")).await?))
    }
}

/// # Errors
/// `NotFound` when nothing runs for the case, or nothing that the caller may see.
pub(super) async fn told(cx: &RouteCtx, case: &str) -> Result<Json<'static>> {
    let (found, _) = tasks(cx, &[("focus", format!("ServiceRequest/{case}"))]).await?;
    let cards: Vec<Card<'_>> = found.iter().filter_map(Card::of).collect();
    let patient = cards.first().map(|card| card.patient().to_string()).ok_or(Error::NotFound)?;
    let people = People::of(cx, &found).await?;
    let mut groups: BTreeMap<(String, String), Vec<&Card<'_>>> = BTreeMap::new();
    for card in &cards {
        groups.entry((card.template().0.to_string(), card.group().to_string())).or_default().push(card);
    }
    let workflows = groups.into_iter().rev().map(|((template, group), mut steps)| {
        steps.sort_by_key(|card| card.order());
        let (done, total) = progress(&steps);
        let version = steps.first().map(|card| card.template().1).unwrap_or_default();
        Json::object([
            ("workflow", text(group)),
            ("template", text(template)),
            ("version", text(version)),
            ("state", Json::string(state(&steps))),
            ("done", Json::integer(done)),
            ("total", Json::integer(total)),
            ("steps", Json::array(steps.iter().map(|card| card.json(cx, &people)))),
        ])
    });
    Ok(Json::object([
        ("case", text(case)),
        ("patient", text(patient)),
        ("workflows", Json::array(workflows)),
    ]))
}

/// Steps that are over, of all.
pub(super) fn progress(steps: &[&Card<'_>]) -> (i64, i64) {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    (count(steps.iter().filter(|card| card.state.is_over()).count()), count(steps.len()))
}

/// What the steps say of the whole.
pub(super) fn state(steps: &[&Card<'_>]) -> &'static str {
    let any = |state: State| steps.iter().any(|card| card.state == state);
    match () {
        () if any(State::Cancelled) => "ended",
        () if any(State::Held) => "held",
        () if steps.iter().all(|card| card.state.is_over()) => "completed",
        () => "active",
    }
}

/// The step of a task, as it is answered after it changed.
pub(super) async fn one(cx: &RouteCtx, id: &str) -> Result<Json<'static>> {
    let found = cx.tenant.read(&cx.ctx, fhir::ResourceType::TASK, id).await?;
    let json = crate::instance::parsed(&found)?;
    let task = StepTask { id: found.id, version: Some(found.version), json };
    let people = People::of(cx, std::slice::from_ref(&task)).await?;
    Card::of(&task).map(|card| card.json(cx, &people)).ok_or(Error::NotFound)
}
