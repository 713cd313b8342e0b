//! `GET workflows/tasks/count`: how many steps wait for me, and how many of them are late.

use super::search::tasks;
use super::step::{Card, Risk};
use super::tasks::OPEN;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "workflows/tasks/count",
        summary: "How many steps wait for me, and how many are late",
        access: Access::SignedIn,
        handler: Arc::new(Count),
    }
}

struct Count;

#[async_trait]
impl Handler for Count {
    async fn handle(&self, cx: RouteCtx, _request: RouteRequest) -> Result<RouteReply> {
        let now = cx.ctx.clock.now_ms();
        let (found, truncated) = tasks(&cx, &[("status", OPEN.into())]).await?;
        let (mut mine, mut overdue) = (0, 0);
        for card in found.iter().filter_map(Card::of).filter(|card| card.waits_for(&cx, now)) {
            mine += 1;
            overdue += i64::from(card.risk(now) == Risk::Overdue);
        }
        let out = [
            ("mine", Json::integer(mine)),
            ("overdue", Json::integer(overdue)),
            ("truncated", Json::Bool(truncated)),
        ];
        Ok(RouteReply::json(200, &Json::object(out)))
    }
}
