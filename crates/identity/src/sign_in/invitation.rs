//! `POST auth/invitation/look {token}` and `POST auth/invitation {token, password}`: a link from a mail. It sets a
//! password; it is no second factor: who has one is asked for it.

use super::desk::{self, Desk};
use super::throttle::{Knock, account_key};
use super::{credential, json, link, login, password, password_change, session, text};
use crate::account::profile;
use fhir::Code;
use serde::Deserialize;
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{AccountInfo, Error, Result};

fn over() -> Error {
    Error::refused(Code::NotFound, text::LINK_OVER)
}

#[derive(Deserialize)]
struct Look {
    token: String,
}

/// The token is in the body: an address stands in the logs of every proxy on the way.
pub async fn look(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let asked: Look = json::read(&request)?;
    desk.throttle.ask(cx.ctx.clock.now_ms(), cx.address).map_err(text::throttled)?;
    let link = link::look(&cx.hub, cx.tenant.name(), &asked.token).await?.ok_or_else(over)?;
    let account = account(&cx, &link).await?;
    let profile = profile::load(&cx.hub, cx.tenant.name(), account.id).await?;
    let name = if profile.name.is_empty() { account.name.clone() } else { profile.name };
    let credential = credential::load(&cx.hub, cx.tenant.name(), account.id).await?;
    Ok(json::reply(
        200,
        &json!({
            "user": account.name,
            "name": name,
            "tenant_title": cx.hub.tenant_info(cx.tenant.name()).await?.title,
            "kind": link.kind.as_str(),
            "password_min": if alone(&desk, &cx, &account, &credential) { password::MIN_ALONE } else { password::MIN_BESIDE },
        }),
    ))
}

#[derive(Deserialize)]
struct Asked {
    token: String,
    password: String,
}

pub async fn accept(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let asked: Asked = json::read(&request)?;
    let now = cx.ctx.clock.now_ms();
    desk.throttle.ask(now, cx.address).map_err(text::throttled)?;
    let tenant = cx.tenant.name();
    let link = link::look(&cx.hub, tenant, &asked.token).await?.ok_or_else(over)?;
    let account = account(&cx, &link).await?;
    let credential = credential::load(&cx.hub, tenant, account.id).await?;
    // Before the link is used up: a password that is refused can be chosen again.
    let words = format!("{} {}", account.name, cx.hub.tenant_info(tenant).await?.title);
    password::check(&asked.password, &words, alone(&desk, &cx, &account, &credential))?;
    link::take(&cx.hub, tenant, &asked.token).await?.ok_or_else(over)?;
    password_change::set(&desk, &cx.hub, tenant, account.id, &asked.password, now).await?;
    session::end_all(&cx.hub, tenant, account.id, None).await?;
    let what = format!("password-by-{}", link.kind.as_str());
    cx.tenant.audit_sign_in(&desk::ctx_as(&cx, &account), &what, true).await?;
    let knock = Knock { account: account_key(tenant, account.id), address: cx.address, device: None };
    // Its sessions were ended just now, the one of this browser among them.
    let cx = RouteCtx { caller: None, ..cx };
    login::proceed(&desk, &cx, &request, &account, &credential, &knock, "pwd").await
}

async fn account(cx: &RouteCtx, link: &link::Link) -> Result<AccountInfo> {
    let found = cx.hub.account_by_id(cx.tenant.name(), link.account).await?;
    found.filter(desk::may_enter).ok_or_else(over)
}

/// Whether the password will stand without a second factor.
fn alone(desk: &Desk, cx: &RouteCtx, account: &AccountInfo, credential: &credential::Credential) -> bool {
    !credential.has_second_factor() && !desk.wants_second_factor(cx.tenant.name(), &account.roles)
}
