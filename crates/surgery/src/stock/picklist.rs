//! `GET surgeries/{id}/picklist`: what the preference card asks for, what is in stock of it, what was used.

use super::card::{best, cards};
use super::line::lines;
use super::list::{is_recalled, usable};
use super::used::{Used, used};
use crate::implant::recall;
use crate::perioperative::case::Case;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/{id}/picklist",
        summary: "The pick list of a case from the preference card, with stock and what was used",
        access: Access::SignedIn,
        handler: Arc::new(PickList),
    }
}

struct PickList;

#[async_trait]
impl Handler for PickList {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let case = Case::read(&cx, request.param("id")).await?;
        let today = fhir::date::date_format(cx.ctx.clock.now_ms());
        let codes = case.json.get("code").into_iter().flat_map(|code| code.each("coding"));
        let codes: Vec<String> = codes.filter_map(|c| c.get_str("code")).map(String::from).collect();
        let surgeon = case.json.each("performer").next().or_else(|| case.json.get("requester"));
        let surgeon = surgeon.and_then(|s| s.get_str("reference"));
        let mut found = Vec::new();
        for code in &codes {
            found.extend(cards(&cx, Some(code)).await?);
        }
        let card = best(found, surgeon);
        let (lines, recalls, used) = (lines(&cx).await?, recall::every(&cx).await?, used(&cx, &case).await?);
        let mut listed: Vec<&str> = Vec::new();
        let mut items = Vec::new();
        for (n, item) in card.iter().flat_map(|card| card.items.iter()).enumerate() {
            let of = |used: &&Used| match &item.gtin {
                Some(gtin) => used.gtin.as_ref() == Some(gtin),
                None => used.gtin.is_none() && used.name == item.name,
            };
            listed.extend(used.iter().filter(of).map(|used| used.id.as_str()));
            let stock = item.gtin.as_ref().map(|gtin| usable(gtin, &lines, &recalls, &today));
            let lots =
                lines.iter().filter(|line| Some(&line.gtin) == item.gtin.as_ref() && line.quantity > 0);
            let lots = lots.map(|line| line.told(&today, is_recalled(&recalls, line)));
            let consumed: i64 = used.iter().filter(of).map(|used| used.quantity).sum();
            let mut members = vec![("line", Json::string((n + 1).to_string()))];
            members.extend(item.told().into_iter().filter(|(name, _)| *name != "quantity"));
            members.push(("wanted", Json::integer(item.quantity)));
            members.push(("consumed", Json::integer(consumed)));
            members.push(("stock", stock.map_or(Json::Null, Json::integer)));
            members.push(("short", Json::Bool(stock.is_some_and(|n| n + consumed < item.quantity))));
            members.push(("lots", Json::array(lots)));
            items.push(Json::object(members));
        }
        let others = used.iter().filter(|used| !listed.contains(&used.id.as_str())).map(|used| {
            Json::object([
                ("name", Json::string(used.name.clone())),
                ("gtin", used.gtin.clone().map_or(Json::Null, Json::string)),
                ("lot", used.lot.clone().map_or(Json::Null, Json::string)),
                ("consumed", Json::integer(used.quantity)),
                ("wasted", Json::integer(used.wasted)),
            ])
        });
        let id = card.as_ref().map(|card| Json::string(format!("PlanDefinition/{}", card.id)));
        let title = card.as_ref().map(|card| Json::string(card.title.clone()));
        let told = Json::object([
            ("card", id.unwrap_or(Json::Null)),
            ("title", title.unwrap_or(Json::Null)),
            ("items", Json::Array(items)),
            ("others", Json::array(others)),
        ]);
        Ok(RouteReply::json(200, &told))
    }
}
