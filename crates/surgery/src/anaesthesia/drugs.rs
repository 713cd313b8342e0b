//! `GET anaesthesia/drugs`: the catalogue, with classes and colours.

use super::catalogue::catalogue;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "anaesthesia/drugs",
        summary: "Drugs of anaesthesia with their classes, label colours and usual doses",
        access: Access::SignedIn,
        handler: Arc::new(ListDrugs),
    }
}

struct ListDrugs;

#[async_trait]
impl Handler for ListDrugs {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let text = |text: &str| Json::string(text.to_string());
        let number = |n: f64| Json::number(n.to_string());
        let classes = catalogue().classes.iter().map(|class| {
            Json::object([
                ("code", text(&class.code)),
                ("label", text(class.label(cx.ctx.lang))),
                ("colour", text(&class.colour)),
                ("striped", Json::Bool(class.striped)),
            ])
        });
        let drugs = catalogue().drugs.iter().map(|drug| {
            Json::object([
                ("code", text(&drug.code)),
                ("name", text(&drug.name)),
                ("atc", text(&drug.atc)),
                ("class", text(&drug.class)),
                ("unit", text(&drug.unit)),
                ("route", text(&drug.route)),
                ("usual", Json::array([number(drug.usual.0), number(drug.usual.1)])),
                ("max", number(drug.max)),
            ])
        });
        let told = Json::object([("classes", Json::array(classes)), ("drugs", Json::array(drugs))]);
        Ok(RouteReply::json(200, &told))
    }
}
