//! `GET booking/slots?from=`: free times of the professional, two weeks at a time.

use super::visit::guest;
use crate::agenda::free;
use crate::element::instant;
use crate::index::Shelves;
use crate::zone;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const DAYS: i64 = 14;

pub(super) fn route(shelves: &Arc<Shelves>) -> Route {
    Route {
        method: Method::Get,
        path: "booking/slots",
        summary: "Free times that a patient's link offers",
        access: Access::Open,
        handler: Arc::new(Slots(shelves.clone())),
    }
}

struct Slots(Arc<Shelves>);

#[async_trait]
impl Handler for Slots {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let guest = guest(cx, &self.0, &request).await?;
        let (first, last) = guest.reach();
        let from = match request.query("from") {
            Some(said) => zone::day(said, "from")?.max(zone::day_of(first)),
            None => zone::day_of(first),
        };
        let to = zone::plus(from, DAYS - 1).min(zone::day_of(last));
        let all = if from > to {
            Vec::new()
        } else {
            let who = &guest.invitation.practitioner;
            guest.shelf.read(|index| free(index, who, (from, to), guest.rule.minutes, guest.now))
        };
        let offered = all.into_iter().filter(|(start, _)| (first..=last).contains(start));
        let slots =
            offered.map(|(start, end)| Json::object([("start", instant(start)), ("end", instant(end))]));
        Ok(RouteReply::json(200, &Json::object([("slots", Json::array(slots))])))
    }
}
