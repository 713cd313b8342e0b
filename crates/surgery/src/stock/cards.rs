//! `GET preference-cards?act=&surgeon=`.

use super::card::cards;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "preference-cards",
        summary: "Preference cards by act and surgeon",
        access: Access::SignedIn,
        handler: Arc::new(ListCards),
    }
}

struct ListCards;

#[async_trait]
impl Handler for ListCards {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let asked = |name: &str| request.query(name).map(str::trim).filter(|text| !text.is_empty());
        let surgeon = asked("surgeon");
        let cards = cards(&cx, asked("act")).await?;
        let of = |card: &&super::card::Card| {
            surgeon.is_none() || card.surgeon().is_none() || card.surgeon() == surgeon
        };
        let told = cards.iter().filter(of).map(|card| card.told());
        Ok(RouteReply::json(200, &Json::object([("cards", Json::array(told))])))
    }
}
