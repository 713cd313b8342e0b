//! `GET workflows/tasks?filter=mine|team` or `?patient=…`: what waits, overdue and at risk first.

use super::page::cut;
use super::people::People;
use super::search::tasks;
use super::step::Card;
use crate::instance::StepTask;
use crate::message::FILTER;
use async_trait::async_trait;
use fhir::{Code, Issue, Json};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

/// What can be done now.
pub(super) const OPEN: &str = "ready,accepted";
const UNFINISHED: &str = "requested,ready,accepted,on-hold";

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "workflows/tasks",
        summary: "Steps that wait for me, for my team, or for a patient",
        access: Access::SignedIn,
        handler: Arc::new(Tasks),
    }
}

struct Tasks;

#[async_trait]
impl Handler for Tasks {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let now = cx.ctx.clock.now_ms();
        let (found, truncated) = match (request.query("patient"), request.query("filter")) {
            (Some(patient), None) => {
                let whose = ("patient", format!("Patient/{}", patient.trim_start_matches("Patient/")));
                tasks(&cx, &[whose, ("status", UNFINISHED.into())]).await?
            }
            (None, None | Some("mine" | "team")) => tasks(&cx, &[("status", OPEN.into())]).await?,
            _ => return Err(Issue::error(Code::CodeInvalid, FILTER).at("filter").into()),
        };
        let wanted = |card: &Card<'_>| match (request.query("patient"), request.query("filter")) {
            (Some(_), _) => true,
            (_, Some("team")) => card.is_for(&cx),
            _ => card.waits_for(&cx, now),
        };
        let cards = found.iter().filter_map(Card::of).filter(wanted);
        let lines = cards.map(|card| {
            let key = (card.risk(now), card.due.unwrap_or(i64::MAX), card.task.id.clone());
            (key, card.task.clone())
        });
        let lines: Vec<_> = lines.collect();
        let total = i64::try_from(lines.len()).unwrap_or(i64::MAX);
        let (shown, next): (Vec<StepTask>, _) = cut(&request, lines)?;
        let people = People::of(&cx, &shown).await?;
        let items = shown.iter().filter_map(Card::of).map(|card| card.json(&cx, &people));
        // Of all pages: a list says how long it is before it is read to its end.
        let out = [
            ("items", Json::array(items)),
            ("total", Json::integer(total)),
            ("truncated", Json::Bool(truncated)),
        ];
        let next = next.map(|next| ("next", next));
        Ok(RouteReply::json(200, &Json::object(out.into_iter().chain(next))))
    }
}
