//! `/scim/v2/Groups`: who has which role. The roles themselves are fixed.

use super::answer::{self, Answer, Fault, settle};
use super::operation::{Operation, Verb, operations};
use super::users::body;
use super::{filter, gate, group, user};
use serde_json::Value;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Result, Role};

pub async fn list(_: Arc<()>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let answer = async {
        gate::admit(&cx)?;
        let wanted = match request.query("filter").map(filter::equality).transpose()? {
            Some((name, value)) if name == "displayname" || name == "id" => Some(value),
            Some(_) => return Err(Fault::new(400, "invalidFilter", "filter by displayName or id")),
            None => None,
        };
        let accounts = user::all(&cx).await?;
        let fits = |role: &Role| wanted.as_ref().is_none_or(|name| role.as_str().eq_ignore_ascii_case(name));
        let found: Vec<Value> =
            group::all().filter(fits).map(|role| group::view(&cx, role, &accounts)).collect();
        let (start, count) = answer::page(request.query("startIndex"), request.query("count"));
        let page: Vec<Value> = found.iter().skip(start).take(count).cloned().collect();
        cx.tenant.audit_operation(&cx.ctx, "scim-groups-read", None).await?;
        Ok(answer::list(found.len(), start, &page))
    };
    settle(answer.await)
}

pub async fn create(_: Arc<()>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    let answer = gate::admit(&cx)
        .and(Err(Fault::plain(403, "the roles are fixed: map your groups to them by displayName")));
    settle(answer)
}

pub async fn show(_: Arc<()>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let answer = async {
        gate::admit(&cx)?;
        let role = group::target(request.param("id"))?;
        shown(&cx, role).await
    };
    settle(answer.await)
}

async fn shown(cx: &RouteCtx, role: Role) -> Answer<RouteReply> {
    let accounts = user::all(cx).await?;
    Ok(answer::json(200, &group::view(cx, role, &accounts)))
}

pub async fn replace(_: Arc<()>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let answer = async {
        gate::admit(&cx)?;
        let role = group::target(request.param("id"))?;
        let sent = body(&request)?;
        only(&cx, role, sent.get("members").unwrap_or(&Value::Null)).await?;
        shown(&cx, role).await
    };
    settle(answer.await)
}

pub async fn patch(_: Arc<()>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let answer = async {
        gate::admit(&cx)?;
        let role = group::target(request.param("id"))?;
        for operation in operations(&body(&request)?)? {
            change(&cx, role, &operation).await?;
        }
        shown(&cx, role).await
    };
    settle(answer.await)
}

async fn change(cx: &RouteCtx, role: Role, operation: &Operation) -> Answer<()> {
    if let Some(inner) = operation.path.strip_prefix("members[").and_then(|rest| rest.strip_suffix(']')) {
        let (name, id) = filter::equality(inner)?;
        if name != "value" || operation.verb != Verb::Remove {
            return Err(Fault::new(400, "invalidPath", "only: remove members[value eq \"…\"]"));
        }
        return match user::by_id(cx, &id).await? {
            Some(account) => group::set(cx, &account, role, false).await,
            None => Ok(()),
        };
    }
    match (operation.path.as_str(), operation.verb) {
        ("members", Verb::Add) => each(cx, role, &operation.value, true).await,
        ("members", Verb::Remove) if !operation.value.is_null() => {
            each(cx, role, &operation.value, false).await
        }
        ("members", _) => only(cx, role, &operation.value).await,
        // A directory repeats the name when it changes the members.
        ("displayname" | "id" | "externalid", _) => Ok(()),
        _ => Err(Fault::new(400, "invalidPath", "only members can be changed")),
    }
}

async fn each(cx: &RouteCtx, role: Role, value: &Value, has: bool) -> Answer<()> {
    for account in group::members(cx, value).await? {
        group::set(cx, &account, role, has).await?;
    }
    Ok(())
}

/// These have the role, and nobody else. Gives first, so that somebody always runs the tenant.
async fn only(cx: &RouteCtx, role: Role, value: &Value) -> Answer<()> {
    let wanted = group::members(cx, value).await?;
    for account in &wanted {
        group::set(cx, account, role, true).await?;
    }
    for account in user::all(cx).await? {
        if account.roles.contains(&role) && !wanted.iter().any(|w| w.id == account.id) {
            group::set(cx, &account, role, false).await?;
        }
    }
    Ok(())
}
