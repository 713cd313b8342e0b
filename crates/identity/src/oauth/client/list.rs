//! `GET /api/v1/oauth/clients`

use super::Client;
use crate::account::guard;
use crate::oauth::json;
use async_trait::async_trait;
use serde_json::{Value, json};
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::Result;

pub struct List;

#[async_trait]
impl Handler for List {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        guard::may_see(&cx).await?;
        let clients = Client::all(&cx.hub, cx.tenant.name()).await?;
        let shown: Vec<Value> = clients.iter().map(Client::shown).collect();
        Ok(json(200, &json!({ "clients": shown })))
    }
}
