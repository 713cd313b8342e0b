//! `POST /api/v1/oauth/clients/{id}/secret`: the old secret stops working at once.

use super::{Auth, Client, administers};
use crate::oauth::{encode, json};
use async_trait::async_trait;
use fhir::{Code, Issue, Text};
use serde_json::json;
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::Result;

pub struct NewSecret;

#[async_trait]
impl Handler for NewSecret {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        administers(&cx).await?;
        let (hub, tenant) = (&cx.hub, cx.tenant.name());
        let mut client = Client::need(hub, tenant, request.param("id")).await?;
        if client.told.auth != Auth::Secret {
            return Err(Issue::error(Code::BusinessRule, NO_SECRET).into());
        }
        let secret = encode::secret()?;
        client.secret = Some(encode::s256(&secret));
        client.save(hub, tenant).await?;
        cx.tenant.audit_operation(&cx.ctx, &format!("oauth-client-secret {}", client.id), None).await?;
        Ok(json(200, &json!({ "secret": secret })))
    }
}

const NO_SECRET: Text = Text {
    key: "client.no-secret",
    fr: "Cette application s'authentifie sans secret.",
    en: "This application proves itself without a secret.",
    de: "Diese Anwendung weist sich ohne Geheimnis aus.",
};
