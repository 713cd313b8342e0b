//! `POST auth/second-factor {ticket, totp | recovery | passkey}`: completes a sign-in. A ticket allows five
//! tries, one at a time; then the password is asked again.

use super::desk::{self, Desk};
use super::session::{self, How};
use super::ticket::{self, TRIES_MAX, Ticket};
use super::{credential, json, passkey, recovery, text, totp};
use serde::Deserialize;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;
use uuid::Uuid;
use webauthn_rs::prelude::{PasskeyAuthentication, PublicKeyCredential};

#[derive(Deserialize)]
struct Asked {
    ticket: String,
    totp: Option<String>,
    recovery: Option<String>,
    passkey: Option<PublicKeyCredential>,
}

pub async fn second_factor(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let asked: Asked = json::read(&request)?;
    let Ticket::SecondFactor { account, first, tries, passkey } = ticket::take(&cx, &asked.ticket).await?
    else {
        return Err(text::ticket_over());
    };
    let back = |tries, passkey| Ticket::SecondFactor { account, first: first.clone(), tries, passkey };
    let found = cx.hub.account_by_id(cx.tenant.name(), account).await?.filter(desk::may_enter);
    let Some(found) = found else { return Err(text::refused()) };
    let knock = match desk.knock(&cx, &request, Some(account), "").await {
        Ok(knock) => knock,
        Err(error) => {
            ticket::put(&cx, &asked.ticket, &back(tries, passkey)).await?;
            return Err(error);
        }
    };
    let ctx = desk::ctx_as(&cx, &found);
    let Some(second) = check(&cx, account, &asked, passkey.as_deref()).await? else {
        cx.tenant.audit_sign_in(&ctx, "second-factor", false).await?;
        if tries + 1 < TRIES_MAX {
            ticket::put(&cx, &asked.ticket, &back(tries + 1, passkey)).await?;
        }
        return Err(text::refused());
    };
    desk.throttle.succeeded(cx.ctx.clock.now_ms(), &knock, 2);
    session::start(&desk, &cx, &request, &found, How::new(&[&first, second], true)).await
}

/// The name (RFC 8176) of the factor that was given and is right.
async fn check(
    cx: &RouteCtx,
    account: Uuid,
    asked: &Asked,
    state: Option<&PasskeyAuthentication>,
) -> Result<Option<&'static str>> {
    if let Some(code) = &asked.totp {
        return Ok(code_is_right(cx, account, code).await?.then_some("otp"));
    }
    if let Some(code) = &asked.recovery {
        return Ok(recovery_is_right(cx, account, code).await?.then_some("rc"));
    }
    match (&asked.passkey, state) {
        (Some(answer), Some(state)) => {
            Ok(passkey::verify(cx, account, state, answer).await?.then_some("hwk"))
        }
        _ => Ok(None),
    }
}

/// Uses a code of the authenticator app up.
///
/// # Errors
/// `Unavailable`.
pub async fn code_is_right(cx: &RouteCtx, account: Uuid, code: &str) -> Result<bool> {
    let now = cx.ctx.clock.now_ms();
    credential::change(&cx.hub, cx.tenant.name(), account, |c| totp::take(c, code, now)).await
}

/// Uses a recovery code up.
///
/// # Errors
/// `Unavailable`.
pub async fn recovery_is_right(cx: &RouteCtx, account: Uuid, code: &str) -> Result<bool> {
    credential::change(&cx.hub, cx.tenant.name(), account, |c| recovery::take(c, account, code)).await
}
