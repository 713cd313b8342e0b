//! `/scim/v2/Users` (RFC 7644 §3).

use super::answer::{self, Answer, Fault, settle};
use super::user_change::{Change, apply, keep_an_administrator};
use super::{filter, gate, operation, user};
use crate::sign_in::session;
use serde_json::Value;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{AccountChange, AccountInfo, Error, Result};

const BODY_MAX: usize = 64 * 1024;

pub(super) fn body(request: &RouteRequest) -> Answer<Value> {
    let fits = request.body.len() <= BODY_MAX;
    let read = if fits { serde_json::from_slice(&request.body).ok() } else { None };
    read.ok_or_else(|| Fault::new(400, "invalidSyntax", "the body is no JSON, or too long"))
}

async fn shown(cx: &RouteCtx, status: u16, account: &AccountInfo) -> Answer<RouteReply> {
    let reply = answer::json(status, &user::view(cx, account).await?);
    Ok(if status == 201 { reply.with("location", user::location(cx, account.id)) } else { reply })
}

pub async fn list(_: Arc<()>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    settle(listed(&cx, &request).await)
}

async fn listed(cx: &RouteCtx, request: &RouteRequest) -> Answer<RouteReply> {
    gate::admit(cx)?;
    let found = match request.query("filter") {
        Some(text) => matching(cx, text).await?,
        None => user::all(cx).await?,
    };
    let (start, count) = answer::page(request.query("startIndex"), request.query("count"));
    let mut resources = Vec::new();
    for account in found.iter().skip(start).take(count) {
        resources.push(user::view(cx, account).await?);
    }
    cx.tenant.audit_operation(&cx.ctx, "scim-users-read", None).await?;
    Ok(answer::list(found.len(), start, &resources))
}

async fn matching(cx: &RouteCtx, text: &str) -> Answer<Vec<AccountInfo>> {
    let (attribute, value) = filter::equality(text)?;
    let found = match attribute.as_str() {
        "id" => user::by_id(cx, &value).await?,
        "externalid" => user::by_external(cx, &value).await?,
        // Not case-sensitive (RFC 7643 §4.1.1).
        "username" => user::all(cx).await?.into_iter().find(|a| a.name.eq_ignore_ascii_case(&value)),
        _ => return Err(Fault::new(400, "invalidFilter", "filter by userName, externalId or id")),
    };
    Ok(found.into_iter().collect())
}

pub async fn show(_: Arc<()>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let answer = async {
        gate::admit(&cx)?;
        let account = user::target(&cx, &request).await?;
        cx.tenant.audit_operation(&cx.ctx, "scim-users-read", None).await?;
        shown(&cx, 200, &account).await
    };
    settle(answer.await)
}

pub async fn create(_: Arc<()>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    settle(created(&cx, &request).await)
}

async fn created(cx: &RouteCtx, request: &RouteRequest) -> Answer<RouteReply> {
    gate::admit(cx)?;
    let mut change = Change::of_user(&body(request)?)?;
    let name = change.user_name.take().ok_or_else(|| Fault::value("userName is missing"))?;
    if name.starts_with("client-") {
        return Err(Fault::value("names of programs are not for people"));
    }
    let tenant = cx.tenant.name();
    let taken = match &change.external {
        Some(external) => user::by_external(cx, external).await?.is_some(),
        None => false,
    };
    if taken || cx.hub.accounts(tenant).await?.iter().any(|a| a.name.eq_ignore_ascii_case(&name)) {
        // Also when the directory removed it before: a name is never given to another person.
        return Err(Fault::new(409, "uniqueness", "this userName or externalId is taken, or was"));
    }
    // Without roles, until the directory puts it into groups.
    cx.hub.account_create(tenant, &name, &[], None).await?;
    let account = cx.hub.account(tenant, &name).await?.ok_or(Error::NotFound)?;
    let account = apply(cx, &account, change).await?;
    shown(cx, 201, &account).await
}

pub async fn replace(_: Arc<()>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let answer = async {
        gate::admit(&cx)?;
        let account = user::target(&cx, &request).await?;
        let change = Change::of_user(&body(&request)?)?;
        let account = apply(&cx, &account, change).await?;
        shown(&cx, 200, &account).await
    };
    settle(answer.await)
}

pub async fn patch(_: Arc<()>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let answer = async {
        gate::admit(&cx)?;
        let account = user::target(&cx, &request).await?;
        let mut change = Change::default();
        for operation in operation::operations(&body(&request)?)? {
            change.set(&operation)?;
        }
        let account = apply(&cx, &account, change).await?;
        shown(&cx, 200, &account).await
    };
    settle(answer.await)
}

pub async fn remove(_: Arc<()>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    settle(removed(&cx, &request).await)
}

/// The account is closed, not destroyed: what it signed stays signed by somebody.
async fn removed(cx: &RouteCtx, request: &RouteRequest) -> Answer<RouteReply> {
    gate::admit(cx)?;
    let account = user::target(cx, request).await?;
    keep_an_administrator(cx, &account, &[]).await?;
    let tenant = cx.tenant.name();
    cx.tenant.audit_operation(&cx.ctx, &format!("scim-user-removed {}", account.id), None).await?;
    let change = AccountChange { disabled: Some(true), roles: Some(Vec::new()), ..AccountChange::default() };
    cx.hub.account_change(tenant, account.id, change).await?;
    session::end_all(&cx.hub, tenant, account.id, None).await?;
    user::mark_removed(cx, account.id).await?;
    Ok(RouteReply::empty(204))
}
