//! `GET /auth/jwks`

use super::KeyRing;
use crate::oauth::json;
use async_trait::async_trait;
use serde_json::json;
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::Result;

pub(crate) struct Jwks;

#[async_trait]
impl Handler for Jwks {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let ring = KeyRing::open(&cx.hub, cx.tenant.name()).await?;
        Ok(json(200, &json!({ "keys": ring.public() })).with("cache-control", "public, max-age=600"))
    }
}
