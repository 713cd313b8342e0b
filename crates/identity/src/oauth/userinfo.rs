//! `GET|POST /auth/userinfo` (OpenID Connect Core §5.3).

use super::json;
use async_trait::async_trait;
use serde_json::json;
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::Result;

pub(crate) struct UserInfo;

#[async_trait]
impl Handler for UserInfo {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let grant = &cx.ctx.grant;
        let has = |scope: &str| grant.plain_scopes.split(' ').any(|s| s == scope);
        if cx.caller.is_none() || grant.client.is_none() {
            return Ok(refuse(401, "invalid_token"));
        }
        if !has("openid") {
            return Ok(refuse(403, "insufficient_scope"));
        }
        let actor = &cx.ctx.actor;
        let mut out = json!({ "sub": actor.id.to_string() });
        if let Some(person) = actor.person.as_deref().filter(|_| has("fhirUser") || has("profile")) {
            out["fhirUser"] = format!("{}/fhir/{person}", cx.base).into();
        }
        if has("profile") {
            out["preferred_username"] = actor.name.clone().into();
        }
        Ok(json(200, &out))
    }
}

fn refuse(status: u16, code: &str) -> RouteReply {
    let challenge = format!("Bearer realm=\"medhub\", error=\"{code}\"");
    json(status, &json!({ "error": code })).with("www-authenticate", challenge)
}
