//! `GET checklists` and `GET surgeries/{id}/checklist`.

use super::{entry, told, version};
use crate::case::whole::Whole;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

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
    async fn handle(&self, _: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let all = version::versions().iter().map(|version| told(version, &[]));
        Ok(RouteReply::json(200, &Json::object([("checklists", Json::array(all))])))
    }
}

#[async_trait]
impl Handler for Get {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let case = Whole::read(&cx, request.param("id")).await?;
        let response = case.checklist.as_ref().map(|c| &c.json);
        let version = response.and_then(version::of).or_else(|| version::named(request.query("version")));
        let entries = response.map(entry::read).unwrap_or_default();
        Ok(RouteReply::json(200, &told(version.ok_or(Error::NotFound)?, &entries)))
    }
}
