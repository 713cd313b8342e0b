//! `GET surgeries/wall?facility=`: what hangs in the corridor. No identity, no act: room, number, initials, status, hours.

use super::day::{Theatre, initials};
use crate::case::element::{instant, text};
use crate::case::zone;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/wall",
        summary: "The theatre's wall board, without identities",
        access: Access::SignedIn,
        handler: Arc::new(Wall),
    }
}

struct Wall;

#[async_trait]
impl Handler for Wall {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let now = cx.ctx.clock.now_ms();
        let day = zone::day_of(now);
        let theatre = Theatre::read(&cx, day, request.query("facility")).await?;
        let short = initials(&cx, &theatre).await?;
        let rooms = theatre.rooms.iter().map(|room| {
            let shown = room.cases.iter().filter(|(case, _)| !case.status().is_gone());
            let cases = shown.map(|(case, projected)| {
                Json::object([
                    ("number", text(case.number())),
                    ("initials", text(short.get(case.patient()).cloned().unwrap_or_default())),
                    ("status", text(case.status().as_str())),
                    ("start", instant(projected.start)),
                    ("end", instant(projected.end)),
                    ("delay", Json::integer(projected.late)),
                ])
            });
            let cases = Json::array(cases);
            Json::object([("ref", text(&room.what)), ("name", text(&room.name)), ("cases", cases)])
        });
        let rooms = Json::array(rooms);
        let told = [("day", text(day.to_string())), ("now", instant(now)), ("rooms", rooms)];
        Ok(RouteReply::json(200, &Json::object(told)))
    }
}
