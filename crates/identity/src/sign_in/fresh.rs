//! `POST auth/fresh`: a factor given again, for what needs a fresh one. `POST auth/refresh-token`: the session
//! lives on. `POST auth/fresh/passkey/begin`: the ceremony for the first.

use super::desk::{self, Desk};
use super::second_factor::{code_is_right, recovery_is_right};
use super::ticket::{self, Ticket};
use super::{credential, json, me, passkey, password, reentry, text};
use fhir::Code;
use serde::Deserialize;
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Caller, Error, Grant, Result, TokenKind};
use webauthn_rs::prelude::PublicKeyCredential;

#[derive(Deserialize)]
struct Asked {
    password: Option<String>,
    totp: Option<String>,
    recovery: Option<String>,
    pin: Option<String>,
    ticket: Option<String>,
    credential: Option<PublicKeyCredential>,
}

pub async fn fresh(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let caller = desk::person(&cx)?;
    let family = caller.family.filter(|_| caller.kind == TokenKind::Session);
    let family = family.ok_or_else(|| Error::refused(Code::Forbidden, text::NO_SESSION))?;
    let asked: Asked = json::read(&request)?;
    let knock = desk.knock_again(&cx, caller)?;
    let Some((method, second)) = check(&desk, &cx, &request, caller, asked).await? else {
        cx.tenant.audit_sign_in(&cx.ctx, "fresh", false).await?;
        return Err(text::refused());
    };
    let now = cx.ctx.clock.now_ms();
    desk.throttle.succeeded(now, &knock, 1);
    cx.tenant.audit_sign_in(&cx.ctx, &format!("fresh {method}"), true).await?;
    // A session without a second factor that now gave one has both; one that must enrol has none to give.
    let change = move |grant: &mut Grant| {
        grant.factor_at = Some(now);
        grant.second_factor |= second;
        // The last one is the one that is fresh; the first says how the session began.
        if grant.amr.last().is_none_or(|last| last != method) {
            grant.amr.truncate(1);
            grant.amr.push(method.to_string());
        }
    };
    cx.hub.grant_change(&caller.tenant, family, change).await?;
    Ok(RouteReply::empty(204))
}

/// The name (RFC 8176) of the factor that is right, and whether it is a second one.
async fn check(
    desk: &Desk,
    cx: &RouteCtx,
    request: &RouteRequest,
    caller: &Caller,
    asked: Asked,
) -> Result<Option<(&'static str, bool)>> {
    let account = caller.actor.id;
    if let Some(password) = &asked.password {
        return Ok(password_is_right(desk, cx, caller, password).await?.then_some(("pwd", false)));
    }
    if let Some(code) = &asked.totp {
        return Ok(code_is_right(cx, account, code).await?.then_some(("otp", true)));
    }
    if let Some(code) = &asked.recovery {
        return Ok(recovery_is_right(cx, account, code).await?.then_some(("rc", true)));
    }
    if let Some(pin) = &asked.pin {
        let right = reentry::pin_is_right(desk, cx, request, account, pin).await?;
        return Ok(right.is_some().then_some(("pin", false)));
    }
    let (Some(number), Some(answer)) = (&asked.ticket, &asked.credential) else { return Ok(None) };
    match ticket::take(cx, number).await? {
        Ticket::Fresh { account: of, passkey } if of == account => {
            Ok(passkey::verify(cx, account, &passkey, answer).await?.then_some(("hwk", true)))
        }
        _ => Err(text::ticket_over()),
    }
}

/// Whether it is the password of who is signed in.
///
/// # Errors
/// `Unavailable`.
pub async fn password_is_right(desk: &Desk, cx: &RouteCtx, caller: &Caller, typed: &str) -> Result<bool> {
    let credential = credential::load(&cx.hub, &caller.tenant, caller.actor.id).await?;
    let typed: String = typed.chars().take(password::MAX + 1).collect();
    let kept = credential.password.as_ref().map(|password| password.hash.as_str());
    desk.hashing.verify(super::hashing::Lane::Known, &typed, kept).await
}

pub async fn passkey_begin(_: Arc<Desk>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    let caller = desk::person(&cx)?;
    let credential = credential::load(&cx.hub, &caller.tenant, caller.actor.id).await?;
    let begun =
        passkey::relying_party(&cx)?.start_passkey_authentication(&passkey::keys(&credential.passkeys));
    let (options, state) = begun.map_err(|_| Error::refused(Code::NotFound, text::PASSKEY_WRONG))?;
    let ticket = Ticket::Fresh { account: caller.actor.id, passkey: Box::new(state) };
    let number = ticket::issue(&cx, &ticket).await?;
    Ok(json::reply(200, &json!({"ticket": number, "options": options})))
}

/// The request itself was seen by the hub, which is all that a session needs to live on.
pub async fn refresh(desk: Arc<Desk>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    let caller = desk::person(&cx)?;
    Ok(json::reply(200, &me::view(&desk, &cx, caller).await?))
}
