//! `POST accounts/{id}/reset-factors`: somebody lost phone and codes. All second factors go, all sessions end;
//! the password stays, and the next sign-in asks to enrol anew.

use super::{guard, target};
use crate::sign_in::{Desk, credential, desk, mails, session};
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Hub, Result};
use uuid::Uuid;

pub async fn reset(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    guard::administers(&cx).await?;
    desk::fresh(&cx)?;
    let account = target(&cx, &request).await?;
    cx.tenant.audit_operation(&cx.ctx, &format!("factors-reset {}", account.id), None).await?;
    forget(&cx.hub, cx.tenant.name(), account.id).await?;
    mails::tell_changed(&desk, &cx, account.id).await;
    Ok(RouteReply::empty(204))
}

/// Takes all second factors of an account away, and ends its sessions.
///
/// # Errors
/// `Unavailable`.
pub async fn forget(hub: &Hub, tenant: &str, account: Uuid) -> Result<()> {
    let change = |credential: &mut credential::Credential| {
        credential.totp = None;
        credential.totp_new = None;
        credential.passkeys.clear();
        credential.recovery.clear();
        credential.version += 1;
        true
    };
    credential::change(hub, tenant, account, change).await?;
    session::end_all(hub, tenant, account, None).await.map(drop)
}
