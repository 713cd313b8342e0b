//! `GET orders/sets`: what can be ordered, and what is ordered together.

use super::catalog::{Item, catalog};
use async_trait::async_trait;
use fhir::{Json, Lang};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "orders/sets",
        summary: "Examinations that can be ordered, and sets of them",
        access: Access::SignedIn,
        handler: Arc::new(OrderSets),
    }
}

struct OrderSets;

#[async_trait]
impl Handler for OrderSets {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let (catalog, lang) = (catalog(), cx.ctx.lang);
        let sets = catalog.sets.iter().map(|set| {
            let items: Vec<&Item> = set.items.iter().filter_map(|at| catalog.items.get(*at)).collect();
            let mut kinds: Vec<&str> = items.iter().map(|item| item.kind.as_str()).collect();
            kinds.dedup();
            let kind = match kinds.as_slice() {
                [kind] => *kind,
                _ => "mixed",
            };
            Json::object([
                ("id", Json::string(set.id.as_str())),
                ("title", Json::string(set.title(lang))),
                ("kind", Json::string(kind)),
                ("items", Json::array(items.into_iter().map(|item| view(item, lang)))),
            ])
        });
        let items = catalog.items.iter().map(|item| view(item, lang));
        Ok(RouteReply::json(200, &Json::object([("sets", Json::array(sets)), ("items", Json::array(items))])))
    }
}

fn view(item: &Item, lang: Lang) -> Json<'_> {
    Json::object([
        ("kind", Json::string(item.kind.as_str())),
        ("code", Json::string(item.code.as_str())),
        ("system", Json::string(item.system)),
        ("display", Json::string(item.display(lang))),
    ])
}
