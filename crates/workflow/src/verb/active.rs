//! `GET workflows/active`: what runs, with its progress; overdue first.

use super::page::cut;
use super::people::People;
use super::search::tasks;
use super::status::{progress, state};
use super::step::{Card, Risk};
use crate::element::text;
use crate::instance::{GROUP, StepTask};
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Result;

const UNFINISHED: &str = "requested,ready,accepted,on-hold";

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "workflows/active",
        summary: "Courses under way, with their progress",
        access: Access::SignedIn,
        handler: Arc::new(Active),
    }
}

struct Active;

#[async_trait]
impl Handler for Active {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let now = cx.ctx.clock.now_ms();
        let (open, truncated) = tasks(&cx, &[("status", UNFINISHED.into())]).await?;
        let mut groups: BTreeMap<String, (Risk, i64)> = BTreeMap::new();
        for card in open.iter().filter_map(Card::of) {
            let key = (card.risk(now), card.due.unwrap_or(i64::MAX));
            let worst = groups.entry(card.group().to_string()).or_insert(key);
            *worst = key.min(*worst);
        }
        let lines = groups.into_iter().map(|(id, (risk, due))| ((risk, due, id.clone()), (id, risk, due)));
        let (shown, next) = cut(&request, lines.collect())?;
        // Progress counts what is over, too.
        let ids: Vec<String> = shown.iter().map(|(id, _, _)| format!("{GROUP}|{id}")).collect();
        let all = match ids.is_empty() {
            true => Vec::new(),
            false => tasks(&cx, &[("group-identifier", ids.join(","))]).await?.0,
        };
        let people = People::of(&cx, &all).await?;
        let items = shown.iter().filter_map(|(id, risk, due)| line(&all, &people, id, *risk, *due, now));
        let out = [("items", Json::array(items)), ("truncated", Json::Bool(truncated))];
        let next = next.map(|next| ("next", next));
        Ok(RouteReply::json(200, &Json::object(out.into_iter().chain(next))))
    }
}

fn line(
    all: &[StepTask],
    people: &People,
    group: &str,
    risk: Risk,
    due: i64,
    now: i64,
) -> Option<Json<'static>> {
    let cards: Vec<Card<'_>> = all.iter().filter_map(Card::of).filter(|card| card.group() == group).collect();
    let mut steps: Vec<&Card<'_>> = cards.iter().collect();
    steps.sort_by_key(|card| card.order());
    let first = steps.first()?;
    let ((template, _), (done, total)) = (first.template(), progress(&steps));
    let name = people.name(&format!("Patient/{}", first.patient())).unwrap_or_default();
    let open = steps.iter().filter(|card| card.state.is_open()).map(|card| Json::object(card.head(now)));
    let mut out = vec![
        ("workflow", text(group)),
        ("template", text(template)),
        ("case", text(first.task.case().unwrap_or_default())),
        ("patient", text(first.patient())),
        ("patientName", text(name)),
        ("state", Json::string(state(&steps))),
        ("done", Json::integer(done)),
        ("total", Json::integer(total)),
        ("risk", Json::string(risk.as_str())),
    ];
    out.extend((due < i64::MAX).then(|| ("due", fhir::edit::instant(due))));
    out.push(("now", Json::array(open)));
    Some(Json::object(out))
}
