//! `GET /api/v1/oauth/clients/{id}`

use super::{Client, may_look};
use crate::oauth::json;
use async_trait::async_trait;
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::Result;

pub struct Show;

#[async_trait]
impl Handler for Show {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        may_look(&cx)?;
        let client = Client::need(&cx.hub, cx.tenant.name(), request.param("id")).await?;
        Ok(json(200, &client.shown()))
    }
}
