//! `GET documents/incoming/{id}/file`: the file as it came.

use super::desk;
use super::letter::{Letter, State};
use crate::document::binary_of;
use crate::verb::file;
use async_trait::async_trait;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents/incoming/{id}/file",
        summary: "The file of a letter, as it came",
        access: Access::SignedIn,
        handler: Arc::new(Pages),
    }
}

struct Pages;

#[async_trait]
impl Handler for Pages {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let ctx = desk(&cx, "mail-file", id).await?;
        let letter = Letter::find(&cx.tenant, &ctx, id).await?.filter(|letter| letter.state != State::Filed);
        let letter = letter.ok_or(Error::NotFound)?;
        let bytes = binary_of(&cx.tenant, &ctx, &letter.file).await?;
        Ok(file(letter.media.as_str(), "inline", bytes))
    }
}
