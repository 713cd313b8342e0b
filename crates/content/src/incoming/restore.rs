//! `POST documents/incoming/{id}/restore`: has a letter back that was thrown away; the machine reads it again.

use super::discard::moved;
use super::letter::State;
use super::round::Progress;
use async_trait::async_trait;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route(progress: Arc<Progress>) -> Route {
    Route {
        method: Method::Post,
        path: "documents/incoming/{id}/restore",
        summary: "Has a letter back that was thrown away",
        access: Access::SignedIn,
        handler: Arc::new(Restore { progress }),
    }
}

struct Restore {
    progress: Arc<Progress>,
}

#[async_trait]
impl Handler for Restore {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let reply = moved(&cx, &request, "mail-restore", State::Waiting).await?;
        self.progress.news(cx.tenant.name());
        Ok(reply)
    }
}
