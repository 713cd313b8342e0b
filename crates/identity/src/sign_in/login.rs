//! `POST auth/login {user, password}`: the first factor. Unknown account, wrong password and disabled account
//! give one answer, after the same work.

use super::credential::{self, Credential};
use super::desk::{self, Desk};
use super::session::{self, How};
use super::throttle::Knock;
use super::{json, passkey, password, text, ticket};
use serde::Deserialize;
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{AccountInfo, Result};

#[derive(Deserialize)]
struct Asked {
    user: String,
    password: String,
}

pub async fn login(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let asked: Asked = json::read(&request)?;
    let found = desk::find(&cx, &asked.user).await?;
    let knock = desk.knock(&cx, &request, found.as_ref().map(|a| a.id), &asked.user).await?;
    let credential = match &found {
        Some(account) => credential::load(&cx.hub, cx.tenant.name(), account.id).await?,
        None => Credential::default(),
    };
    let kept = credential.password.as_ref().map(|password| password.hash.as_str());
    // What is longer than a password may be is wrong; only its beginning is hashed.
    let fits = asked.password.chars().count() <= password::MAX;
    let typed: String = asked.password.chars().take(password::MAX).collect();
    let right = desk.hashing.verify(desk.lane(&cx, &knock), &typed, kept).await? && fits;
    match found {
        Some(account) if right && desk::may_enter(&account) => {
            proceed(&desk, &cx, &request, &account, &credential, &knock, "pwd").await
        }
        found => {
            let ctx = found.map_or_else(|| cx.ctx.clone(), |account| desk::ctx_as(&cx, &account));
            cx.tenant.audit_sign_in(&ctx, "password", false).await?;
            Err(text::refused())
        }
    }
}

/// After a right first factor: the second, if the account has one; else a session.
///
/// # Errors
/// `Unavailable`.
pub async fn proceed(
    desk: &Desk,
    cx: &RouteCtx,
    request: &RouteRequest,
    account: &AccountInfo,
    credential: &Credential,
    knock: &Knock,
    first: &str,
) -> Result<RouteReply> {
    if !credential.has_second_factor() {
        desk.throttle.succeeded(cx.ctx.clock.now_ms(), knock, 1);
        return session::start(desk, cx, request, account, How::new(&[first], false)).await;
    }
    let keys = passkey::keys(&credential.passkeys);
    let party = passkey::relying_party(cx).ok().filter(|_| !keys.is_empty());
    let begun = party.and_then(|party| party.start_passkey_authentication(&keys).ok());
    let (options, state) = begun.unzip();
    let ticket = ticket::Ticket::SecondFactor {
        account: account.id,
        first: first.to_string(),
        tries: 0,
        passkey: state.map(Box::new),
    };
    let mut methods = credential.methods();
    methods.retain(|method| *method != "passkey" || options.is_some());
    let number = ticket::issue(cx, &ticket).await?;
    Ok(json::reply(
        200,
        &json!({"next": "second-factor", "ticket": number, "methods": methods, "passkey": options}),
    ))
}
