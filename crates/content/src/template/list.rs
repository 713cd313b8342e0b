//! `GET documents/templates/medical`: the clinic's own texts, and the facts that they may name.

use super::facts::{FACTS, LISTS};
use super::{SYSTEM, Template};
use crate::read::all;
use crate::words::text;
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents/templates/medical",
        summary: "A clinic's own texts for its documents",
        access: Access::SignedIn,
        handler: Arc::new(List),
    }
}

struct List;

#[async_trait]
impl Handler for List {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let query = [("type", format!("{SYSTEM}|text"))];
        let found = all(&cx, ResourceType::LIBRARY, &query).await?;
        let mut templates: Vec<Template> = found.iter().filter_map(Template::of).collect();
        let (kind, active) = (request.query("type"), request.query("active") != Some("false"));
        templates.retain(|one| kind.is_none_or(|kind| one.kind.code == kind) && (one.is_active || !active));
        templates.sort_by(|a, b| (&a.kind.code, &a.name, &a.id).cmp(&(&b.kind.code, &b.name, &b.id)));
        let lists = LISTS.iter().map(|(list, columns)| {
            Json::object([
                ("name", text(*list)),
                ("columns", Json::array(columns.iter().map(|column| text(*column)))),
            ])
        });
        let told = Json::object([
            ("templates", Json::array(templates.iter().map(Template::json))),
            ("facts", Json::array(FACTS.iter().map(|fact| text(*fact)))),
            ("lists", Json::array(lists)),
        ]);
        Ok(RouteReply::json(200, &told))
    }
}
