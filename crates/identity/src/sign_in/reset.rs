//! `POST auth/reset-password {user_or_mail}`: mails a link to set a new password. The answer is always 202, at
//! once, whether there is such an account or not.

use super::desk::{self, Desk};
use super::link::Kind;
use super::throttle::{Knock, account_key};
use super::{json, mails, text};
use serde::Deserialize;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use store::{Error, Result};

#[derive(Deserialize)]
struct Asked {
    user_or_mail: String,
}

pub async fn reset(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let asked: Asked = json::read(&request)?;
    let now = cx.ctx.clock.now_ms();
    desk.throttle.ask(now, cx.address).map_err(text::throttled)?;
    // The rest takes as long as it takes, behind the answer: its duration would tell.
    tokio::spawn(async move {
        let sent = send(&desk, &cx, &asked.user_or_mail, now).await;
        if let Err(Error::Refused(issues)) = sent {
            let key = issues.first().map_or("", |issue| issue.text.key);
            tracing::warn!(key, "a link to reset a password was not sent");
        }
    });
    Ok(RouteReply::empty(202))
}

async fn send(desk: &Desk, cx: &RouteCtx, typed: &str, now: i64) -> Result<()> {
    let Some(account) = desk::find(cx, typed).await?.filter(desk::may_enter) else {
        return Ok(());
    };
    // So many mails to one account, whoever asks.
    let account_key = format!("reset {}", account_key(cx.tenant.name(), account.id));
    let address = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    let knock = Knock { device: Some(account_key.clone()), account: account_key, address };
    if desk.throttle.begin(now, &knock).is_err() {
        return Ok(());
    }
    mails::send_link(desk, cx, &account, Kind::Reset, false).await?;
    cx.tenant.audit_sign_in(&desk::ctx_as(cx, &account), "reset-asked", true).await
}
