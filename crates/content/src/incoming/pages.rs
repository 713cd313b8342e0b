//! `GET documents/incoming/{id}/file`: the file as it came.

use super::desk;
use super::letter::{Letter, State};
use crate::verb::file;
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fhir::ResourceType;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Ctx, Error, Result, Tenant};

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
        let bytes = bytes(&cx.tenant, &ctx, &letter.file).await?;
        Ok(file(letter.media.as_str(), "inline", bytes))
    }
}

/// The bytes of a letter's Binary.
pub(super) async fn bytes(tenant: &Tenant, ctx: &Ctx, id: &str) -> Result<Vec<u8>> {
    let found = tenant.read(ctx, ResourceType::BINARY, id).await?;
    let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored Binary".into()))?;
    let data = json.get_str("data").unwrap_or_default();
    STANDARD.decode(data).map_err(|_| Error::Corrupt("data of a Binary".into()))
}
