//! `GET checklists` and `GET surgeries/{id}/checklist`.

use super::{entry, library, told};
use crate::case::whole::Whole;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn list() -> Route {
    Route {
        method: Method::Get,
        path: "checklists",
        summary: "The versions of the safety check-list",
        access: Access::SignedIn,
        handler: Arc::new(List),
    }
}

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/{id}/checklist",
        summary: "The safety check-list of a case",
        access: Access::SignedIn,
        handler: Arc::new(Get),
    }
}

struct List;
struct Get;

#[async_trait]
impl Handler for List {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let held = library::versions(&cx).await?;
        let all = held.iter().filter(|held| held.active).map(|held| told(&held.version, &[]));
        Ok(RouteReply::json(200, &Json::object([("checklists", Json::array(all))])))
    }
}

#[async_trait]
impl Handler for Get {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let case = Whole::read(&cx, request.param("id")).await?;
        let response = case.checklist.as_ref().map(|c| &c.json);
        let entries = response.map(entry::read).unwrap_or_default();
        let version = match request.query("version").filter(|_| response.is_none()) {
            Some(id) => library::begun_with(&cx, id).await?,
            None => case.checks.clone(),
        };
        Ok(RouteReply::json(200, &told(&version, &entries)))
    }
}
