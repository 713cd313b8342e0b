//! `GET documents/{id}`.

use crate::document::Document;
use crate::read::Stored;
use crate::tell;
use async_trait::async_trait;
use fhir::ResourceType;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents/{id}",
        summary: "A document with its values, signatures and what the caller may do with it",
        access: Access::SignedIn,
        handler: Arc::new(Get),
    }
}

struct Get;

#[async_trait]
impl Handler for Get {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let found = cx.tenant.read(&cx.ctx, ResourceType::DOCUMENT_REFERENCE, request.param("id")).await?;
        let stored = Stored::of(&found)?;
        if !tell::is_ours(&stored.json) {
            return Ok(RouteReply::json(200, &tell::foreign(&stored)));
        }
        tell::reply(&cx, &Document::of(stored).ok_or(Error::NotFound)?, 200).await
    }
}
