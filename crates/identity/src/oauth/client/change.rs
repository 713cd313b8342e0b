//! `PUT /api/v1/oauth/clients/{id}`: replaces what is told of a client. What it is no longer allowed, its tokens
//! lose at once: they are ended when it is switched off or its scopes change.

use super::check::{CREDENTIALS, check};
use super::create::account_of;
use super::{Auth, Client, Told, administers};
use crate::oauth::{encode, family, json};
use async_trait::async_trait;
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::Result;

pub struct Change;

#[async_trait]
impl Handler for Change {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        administers(&cx).await?;
        let told: Told = crate::sign_in::json::read(&request)?;
        check(&told)?;
        let (hub, tenant) = (&cx.hub, cx.tenant.name());
        let mut client = Client::need(hub, tenant, request.param("id")).await?;
        let end = told.disabled || told.scopes != client.told.scopes || told.auth != client.told.auth;
        let mut secret = None;
        if told.auth != Auth::Secret {
            client.secret = None;
        } else if client.secret.is_none() {
            let new = encode::secret()?;
            client.secret = Some(encode::s256(&new));
            secret = Some(new);
        }
        client.told = told;
        if client.may(CREDENTIALS) && client.account.is_none() {
            client.account = Some(account_of(&cx, &client.id).await?);
        }
        client.save(hub, tenant).await?;
        if end {
            family::end_of_client(&cx, &client).await?;
        }
        cx.tenant.audit_operation(&cx.ctx, &format!("oauth-client-change {}", client.id), None).await?;
        let mut shown = client.shown();
        if let Some(secret) = secret {
            shown["secret"] = secret.into();
        }
        Ok(json(200, &shown))
    }
}
