//! `POST documents/{id}/finalise`: a draft becomes fixed; it is printed without the word « projet ».

use crate::document::{Document, Status};
use crate::{asked, fixed, tell};
use async_trait::async_trait;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "documents/{id}/finalise",
        summary: "Validates a draft: its pages no longer change",
        access: Access::SignedIn,
        handler: Arc::new(Finalise),
    }
}

struct Finalise;

#[async_trait]
impl Handler for Finalise {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let form = asked::form(&request.body)?;
        let version = asked::version(&request, &form)?;
        let document = Document::read(&cx, id).await?;
        if document.status() != Status::Draft {
            return tell::closed(&cx, &document).await;
        }
        if version != document.version {
            return tell::raced(&cx, id).await;
        }
        let mut change = fixed::Change::of(&cx, &document).await?;
        change.supersede(&cx).await?;
        match change.commit(&cx, &cx.ctx).await {
            Ok(done) => tell::reply(&cx, &done, 200).await,
            Err(Error::VersionConflict { .. }) => tell::raced(&cx, id).await,
            Err(other) => Err(other),
        }
    }
}
