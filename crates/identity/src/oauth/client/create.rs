//! `POST /api/v1/oauth/clients`

use super::check::{CREDENTIALS, check};
use super::{Auth, CLIENTS_MAX, Client, Told, administers, too_many};
use crate::oauth::{encode, json};
use async_trait::async_trait;
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::{Error, Result, Role};
use uuid::Uuid;

pub struct Create;

#[async_trait]
impl Handler for Create {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        administers(&cx).await?;
        let told: Told = crate::sign_in::json::read(&request)?;
        let (client, secret) = create(&cx, told, &cx.ctx.actor.name).await?;
        let mut shown = client.shown();
        shown["secret"] = secret.into();
        Ok(json(201, &shown))
    }
}

/// Registers a client; its secret, if it gets one, is told once.
pub async fn create(cx: &RouteCtx, told: Told, by: &str) -> Result<(Client, Option<String>)> {
    check(&told)?;
    let (hub, tenant) = (&cx.hub, cx.tenant.name());
    if Client::all(hub, tenant).await?.len() >= CLIENTS_MAX {
        return Err(too_many(CLIENTS_MAX));
    }
    let secret = if told.auth == Auth::Secret { Some(encode::secret()?) } else { None };
    let mut client = Client {
        id: hub.ids().uuid().to_string(),
        secret: secret.as_deref().map(encode::s256),
        account: None,
        created: hub.clock().now_ms(),
        by: by.to_string(),
        told,
    };
    if client.may(CREDENTIALS) {
        client.account = Some(account_of(cx, &client.id).await?);
    }
    client.save(hub, tenant).await?;
    cx.tenant.audit_operation(&cx.ctx, &format!("oauth-client-create {}", client.id), None).await?;
    Ok((client, secret))
}

/// The account of its own that a program acts as.
pub async fn account_of(cx: &RouteCtx, id: &str) -> Result<Uuid> {
    let (hub, tenant, name) = (&cx.hub, cx.tenant.name(), format!("client-{id}"));
    hub.account_create(tenant, &name, &[Role::Integration], None).await?;
    let accounts = hub.accounts(tenant).await?;
    accounts.into_iter().find(|a| a.name == name).map(|a| a.id).ok_or(Error::NotFound)
}
