//! `POST /api/v1/oauth/registration-tokens`: an initial access token (RFC 7591 §1.2), good once, for a day.

use super::{administers, fhir_time};
use crate::oauth::json;
use async_trait::async_trait;
use serde_json::json;
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::{Error, Result};

pub const DRAWER: &str = "oauth-registration";
const LASTS_MS: i64 = 24 * 3600 * 1000;

pub struct RegistrationToken;

#[async_trait]
impl Handler for RegistrationToken {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        administers(&cx).await?;
        let token = seal::token_generate().map_err(Error::unavailable)?;
        let end = cx.hub.clock().now_ms() + LASTS_MS;
        let by = cx.ctx.actor.name.as_bytes();
        cx.hub.vault_put(cx.tenant.name(), DRAWER, &token, Some(end), by).await?;
        cx.tenant.audit_operation(&cx.ctx, "oauth-registration-token", None).await?;
        Ok(json(201, &json!({ "token": token, "expires": fhir_time(end) })))
    }
}
