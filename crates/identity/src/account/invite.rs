//! `POST accounts/{id}/invitation`: mails the link to set a password (again).

use super::{guard, target};
use crate::sign_in::link::Kind;
use crate::sign_in::{Desk, desk, mails};
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub async fn invite(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    guard::administers(&cx).await?;
    desk::fresh(&cx)?;
    let account = target(&cx, &request).await?;
    cx.tenant.audit_operation(&cx.ctx, &format!("account-invited {}", account.id), None).await?;
    mails::send_link(&desk, &cx, &account, Kind::Invitation, true).await?;
    Ok(RouteReply::empty(202))
}
