//! `GET accounts/{id}/sessions` and `DELETE accounts/{id}/sessions`: where somebody is signed in, and the end of it.

use super::{guard, target};
use crate::sign_in::{Desk, json, session, sessions_view};
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub async fn list(_: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    guard::may_see(&cx).await?;
    let account = target(&cx, &request).await?;
    let current = cx.caller.as_ref().and_then(|caller| caller.family);
    let sessions = sessions_view(&cx.hub, cx.tenant.name(), account.id, current).await?;
    cx.tenant.audit_operation(&cx.ctx, &format!("sessions-list {}", account.id), None).await?;
    Ok(json::reply(200, &json!({"sessions": sessions})))
}

pub async fn end(_: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    guard::administers(&cx).await?;
    let account = target(&cx, &request).await?;
    cx.tenant.audit_operation(&cx.ctx, &format!("sessions-ended {}", account.id), None).await?;
    session::end_all(&cx.hub, cx.tenant.name(), account.id, None).await?;
    Ok(RouteReply::empty(204))
}
