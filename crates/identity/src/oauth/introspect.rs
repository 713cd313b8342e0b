//! `POST /auth/introspect` (RFC 7662, <https://hl7.org/fhir/smart-app-launch/token-introspection.html>). Only for
//! clients that prove who they are; a public one learns of its own tokens alone. Our own sessions and tokens
//! of the command line are nobody's business.

use super::client::{Auth, KeySets, authenticate};
use super::fault::{Answer, settle};
use super::{Form, json};
use async_trait::async_trait;
use serde_json::{Value, json};
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Result, TokenInfo};

pub(crate) struct Introspect {
    pub key_sets: Arc<KeySets>,
}

#[async_trait]
impl Handler for Introspect {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        settle(self.serve(&cx, &request).await)
    }
}

impl Introspect {
    async fn serve(&self, cx: &RouteCtx, request: &RouteRequest) -> Answer<RouteReply> {
        let form = Form::body(request)?;
        let client = authenticate(cx, request, &form, &self.key_sets).await?;
        let found = cx.hub.token_look_up(cx.tenant.name(), form.need("token")?).await?;
        let public = client.told.auth == Auth::None;
        let visible = |info: &TokenInfo| match &info.grant.client {
            Some(owner) => !public || *owner == client.id,
            None => false,
        };
        match found.filter(visible) {
            Some(info) => Ok(json(200, &self.tell(cx, &info).await?)),
            None => Ok(json(200, &json!({ "active": false }))),
        }
    }

    async fn tell(&self, cx: &RouteCtx, info: &TokenInfo) -> Result<Value> {
        let grant = &info.grant;
        let account = cx.hub.account_by_id(cx.tenant.name(), info.account).await?;
        let mut out = json!({
            "active": true,
            "iss": cx.base,
            "aud": format!("{}/fhir", cx.base),
            "client_id": grant.client,
            "scope": grant.scope_text(),
            "sub": info.account.to_string(),
            "iat": info.created / 1000,
            "exp": info.expires / 1000,
            "token_type": if info.kind == store::TokenKind::Refresh { "refresh_token" } else { "Bearer" },
        });
        for (name, value) in [("patient", &grant.patient), ("encounter", &grant.encounter)] {
            if let Some(value) = value {
                out[name] = value.clone().into();
            }
        }
        if let Some(person) = account.and_then(|a| a.practitioner)
            && grant.plain_scopes.split(' ').any(|scope| scope == "fhirUser")
        {
            out["fhirUser"] = format!("{}/fhir/{person}", cx.base).into();
        }
        Ok(out)
    }
}
