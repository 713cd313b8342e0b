//! `GET surgeries/{id}/preanaesthesia`: the consultation, and whether it is in time.

use super::delay::Delay;
use super::fields::KIND;
use super::response::Consultation;
use crate::perioperative::booking::planned;
use crate::perioperative::case::Case;
use crate::perioperative::person;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/{id}/preanaesthesia",
        summary: "The pre-anaesthetic consultation of a case, and whether it is in time",
        access: Access::SignedIn,
        handler: Arc::new(GetConsultation),
    }
}

struct GetConsultation;

#[async_trait]
impl Handler for GetConsultation {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let case = Case::read(&cx, request.param("id")).await?;
        let found = Consultation::read(&cx, &case).await?;
        Ok(RouteReply::json(200, &told(&cx, &case, found.as_ref()).await?))
    }
}

pub(super) async fn told(cx: &RouteCtx, case: &Case, found: Option<&Consultation>) -> Result<Json<'static>> {
    let planned = planned(cx, case).await?;
    let delay = Delay {
        urgent: case.is_urgent(),
        planned: planned.as_ref().map(|(at, _)| *at),
        done: found.and_then(|found| found.done),
        now: cx.ctx.clock.now_ms(),
    };
    let state = match found {
        None => "missing",
        Some(found) if found.done.is_none() => "draft",
        Some(_) => "done",
    };
    let values = found.into_iter().flat_map(|found| found.values.iter());
    let author = found.map(|found| person::told(&found.author));
    let why = found.and_then(|found| found.override_reason.clone());
    let version = found.map_or(0, |found| found.version);
    Ok(Json::object([
        ("state", Json::string(state)),
        ("version", Json::integer(i64::try_from(version).unwrap_or(i64::MAX))),
        ("values", Json::object(values.map(|(name, value)| (*name, value.json())))),
        ("author", author.unwrap_or(Json::Null)),
        ("done", delay.done.map_or(Json::Null, fhir::edit::instant)),
        ("planned", planned.map_or(Json::Null, |(_, text)| Json::string(text))),
        ("hoursBefore", delay.hours().map_or(Json::Null, Json::integer)),
        ("rule", delay.told(cx.ctx.lang)),
        ("overrideReason", why.map_or(Json::Null, Json::string)),
        ("fields", KIND.told().get("fields").cloned().unwrap_or(Json::Null)),
    ]))
}
