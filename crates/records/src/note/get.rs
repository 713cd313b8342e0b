//! `GET notes/{id}`.

use super::view::Seen;
use async_trait::async_trait;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "notes/{id}",
        summary: "A note with its sections, signatures and what the caller may do with it",
        access: Access::SignedIn,
        handler: Arc::new(Get),
    }
}

struct Get;

#[async_trait]
impl Handler for Get {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        Seen::read(&cx, request.param("id")).await?.reply(&cx, 200).await
    }
}
