//! Who may administer, and who may look on. A refusal is recorded before it is told.

use service::RouteCtx;
use store::{Error, Result, Role};

/// The one who runs the tenant.
///
/// # Errors
/// `Denied`.
pub async fn administers(cx: &RouteCtx) -> Result<()> {
    one_of(cx, &[Role::MedicalAdmin]).await
}

/// The one who runs the tenant, and the one who controls that.
///
/// # Errors
/// `Denied`.
pub async fn may_see(cx: &RouteCtx) -> Result<()> {
    one_of(cx, &[Role::MedicalAdmin, Role::Auditor]).await
}

/// The privacy officer.
///
/// # Errors
/// `Denied`.
pub async fn reviews(cx: &RouteCtx) -> Result<()> {
    one_of(cx, &[Role::Auditor]).await
}

async fn one_of(cx: &RouteCtx, roles: &[Role]) -> Result<()> {
    let client = cx.caller.as_ref().is_none_or(|caller| caller.grant.client.is_some());
    if !client && roles.iter().any(|role| cx.ctx.actor.roles.contains(role)) {
        return Ok(());
    }
    cx.tenant.audit_sign_in(&cx.ctx, "administration", false).await?;
    Err(Error::Denied)
}
