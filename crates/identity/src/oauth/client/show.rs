//! `GET /api/v1/oauth/clients/{id}`

use super::Client;
use crate::account::guard;
use crate::oauth::json;
use async_trait::async_trait;
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::Result;

pub struct Show;

#[async_trait]
impl Handler for Show {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        guard::may_see(&cx).await?;
        let client = Client::need(&cx.hub, cx.tenant.name(), request.param("id")).await?;
        Ok(json(200, &client.shown()))
    }
}
