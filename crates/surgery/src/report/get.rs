//! `GET surgeries/{id}/report`: the report of a case, and what it lacks.

use super::composition;
use super::missing::told;
use super::source::Source;
use crate::perioperative::case::{Case, parsed};
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/{id}/report",
        summary: "The operative report of a case, with what it lacks",
        access: Access::SignedIn,
        handler: Arc::new(GetReport),
    }
}

struct GetReport;

#[async_trait]
impl Handler for GetReport {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let source = Source::read(&cx, request.param("id")).await?;
        let note = read(&cx, &source.case).await?;
        let note = note.as_ref().map(|(id, _, note)| (id.as_str(), note));
        Ok(RouteReply::json(200, &told(note, false, &source, cx.ctx.lang)))
    }
}

/// Id, version and content of the report; `None` when there is none.
pub(super) async fn read(cx: &RouteCtx, case: &Case) -> Result<Option<(String, u64, Json<'static>)>> {
    match cx.tenant.read(&cx.ctx, ResourceType::COMPOSITION, &composition::id(case)).await {
        Ok(found) => Ok(Some((found.id.clone(), found.version, parsed(&found)?))),
        Err(Error::NotFound | Error::Gone { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}
