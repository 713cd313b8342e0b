//! `GET theatre/free?case=&from=&to=&room=&count=`: the best free places for a case.

use super::board::days;
use super::tell::Teller;
use super::who::{Names, staff};
use super::wish::{Wish, case};
use crate::duration::Durations;
use crate::index::Shelves;
use crate::plan::minutes;
use crate::plan::offers::{HORIZON, Search, offers};
use crate::zone;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const DAYS_MAX: i64 = 62;
const COUNT_MAX: usize = 50;

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Get,
        path: "theatre/free",
        summary: "Free places for a case",
        access: Access::SignedIn,
        handler: Arc::new(Free(shelves)),
    }
}

struct Free(Arc<Shelves>);

#[async_trait]
impl Handler for Free {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let now = cx.ctx.clock.now_ms();
        let (from, mut to) = days(&request, now, DAYS_MAX)?;
        if request.query("to").is_none() {
            to = zone::plus(from, HORIZON);
        }
        let count = request.query("count").and_then(|n| n.parse().ok()).unwrap_or(10).clamp(1, COUNT_MAX);
        let shelf = self.0.fresh(&cx).await?;
        let told = shelf.read(|index| -> Result<Json<'static>> {
            let durations = Durations::new(&shelf, index);
            let case = case(index, request.query("case").unwrap_or_default())?;
            let wish = Wish {
                room: String::new(),
                start: 0,
                minutes: minutes(case, &durations),
                cleaning: case.cleaning.unwrap_or(20),
                team: None,
            };
            let room = request.query("room").filter(|r| !r.is_empty());
            let search = Search { wish: &wish, case, booking: None, from, to, room, near: None, now, count };
            let found = offers(index, &durations, &search);
            let teller = Teller { index, names: &Names::new(), lang: cx.ctx.lang };
            Ok(Json::object([("offers", teller.offers(&found))]))
        })?;
        Ok(RouteReply::json(200, &told))
    }
}
