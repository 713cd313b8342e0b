//! `POST account/totp/begin`, `POST account/totp/finish {code}`, `DELETE account/totp`: the authenticator app.

use super::desk::{self, Desk};
use super::{credential, enrolled, json, me, text, totp};
use serde::Deserialize;
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub async fn begin(_: Arc<Desk>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    let (caller, _) = desk::fresh_session(&cx)?;
    enrolled::may_add(&cx, caller).await?;
    let secret = totp::draw()?;
    let issuer = cx.hub.tenant_info(&caller.tenant).await?.title;
    let (base32, url) = totp::show(&secret, &issuer, &caller.actor.name)?;
    let change = |credential: &mut credential::Credential| {
        credential.totp_new = Some(secret.clone());
        true
    };
    credential::change(&cx.hub, &caller.tenant, caller.actor.id, change).await?;
    Ok(json::reply(200, &json!({"secret": base32, "otpauth": url})))
}

#[derive(Deserialize)]
struct Asked {
    code: String,
}

pub async fn finish(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let asked: Asked = json::read(&request)?;
    let (caller, _) = desk::fresh_session(&cx)?;
    let knock = desk.knock_again(&cx, caller)?;
    let now = cx.ctx.clock.now_ms();
    let limited = me::is_limited(caller);
    let change = |credential: &mut credential::Credential| {
        if limited && credential.has_second_factor() {
            return false;
        }
        let Some(secret) = credential.totp_new.clone() else { return false };
        let Some(last) = totp::step(&secret, &asked.code, now) else { return false };
        credential.totp = Some(credential::Totp { secret, last });
        credential.totp_new = None;
        true
    };
    if !credential::change(&cx.hub, &caller.tenant, caller.actor.id, change).await? {
        return Err(text::wrong("code", text::CODE_WRONG));
    }
    desk.throttle.succeeded(now, &knock, 1);
    enrolled::answer(&desk, &cx, caller, "totp-enrolled", "otp").await
}

pub async fn remove(desk: Arc<Desk>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    let (caller, _) = desk::fresh_session(&cx)?;
    let change = |credential: &mut credential::Credential| {
        let had = credential.totp.take().is_some();
        had && enrolled::may_lose(credential)
    };
    enrolled::lose(&desk, &cx, caller, "totp-removed", change).await
}
