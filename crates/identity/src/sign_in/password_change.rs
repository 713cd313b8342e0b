//! `POST account/password {old, new}`: a new password ends all other sessions, and gives this one another token.

use super::desk::{self, Desk};
use super::fresh::password_is_right;
use super::hashing::Lane;
use super::{credential, json, mails, password, session, text};
use serde::Deserialize;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Hub, Result};
use uuid::Uuid;

#[derive(Deserialize)]
struct Asked {
    /// Not needed by an account that has no password yet.
    old: Option<String>,
    new: String,
}

pub async fn change(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let asked: Asked = json::read(&request)?;
    let (caller, _) = desk::fresh_session(&cx)?;
    let (tenant, account) = (&*caller.tenant, caller.actor.id);
    let credential = credential::load(&cx.hub, tenant, account).await?;
    let alone = !credential.has_second_factor() && !desk.wants_second_factor(tenant, &caller.actor.roles);
    let words = format!("{} {}", caller.actor.name, cx.hub.tenant_info(tenant).await?.title);
    password::check(&asked.new, &words, alone)?;
    if credential.password.is_some() {
        let knock = desk.knock_again(&cx, caller)?;
        if !password_is_right(&desk, &cx, caller, asked.old.as_deref().unwrap_or("")).await? {
            cx.tenant.audit_sign_in(&cx.ctx, "password-change", false).await?;
            return Err(text::wrong("old", text::REFUSED));
        }
        desk.throttle.succeeded(cx.ctx.clock.now_ms(), &knock, 1);
    }
    set(&desk, &cx.hub, tenant, account, &asked.new, cx.ctx.clock.now_ms()).await?;
    cx.tenant.audit_sign_in(&cx.ctx, "password-change", true).await?;
    mails::tell_changed(&desk, &cx, account).await;
    session::end_all(&cx.hub, tenant, account, caller.family).await?;
    let reply = session::renew(&desk, &cx, caller, |_| {}).await?;
    Ok(RouteReply { session: reply.session, ..RouteReply::empty(204) })
}

/// Sets the password of an account. One-time links that are under way end.
///
/// # Errors
/// `Unavailable`.
pub async fn set(desk: &Desk, hub: &Hub, tenant: &str, account: Uuid, new: &str, now: i64) -> Result<()> {
    let hash = desk.hashing.hash(Lane::Known, new).await?;
    put(hub, tenant, account, hash, new, now).await
}

/// Keeps the hash of a new password.
///
/// # Errors
/// `Unavailable`.
pub async fn put(hub: &Hub, tenant: &str, account: Uuid, hash: String, new: &str, now: i64) -> Result<()> {
    let password = credential::Password { hash, changed: now, long: password::is_long(new) };
    let change = |credential: &mut credential::Credential| {
        credential.password = Some(password.clone());
        credential.version += 1;
        true
    };
    credential::change(hub, tenant, account, change).await.map(drop)
}
