//! Delegations: somebody acts for somebody else, until a day. `POST accounts/{id}/delegations {for, until}`,
//! `DELETE accounts/{id}/delegations/{n}`.

use super::{guard, target, text};
use crate::sign_in::{Desk, desk, json};
use fhir::{Code, Issue};
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Hub, Result};
use uuid::Uuid;

const DRAWER: &str = "delegation";
/// Delegations of one account.
const MAX: usize = 50;
/// A delegation lasts at most two years, ms.
const LASTS_MAX: i64 = 2 * 366 * 86_400_000;

/// That an account acts for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    pub n: u64,
    /// The account for which it acts.
    pub for_account: Uuid,
    /// ms since epoch.
    pub until: i64,
}

/// For whom an account acts at `now` (ms since epoch).
///
/// # Errors
/// `Unavailable`.
pub async fn delegations(hub: &Hub, tenant: &str, account: Uuid, now: i64) -> Result<Vec<Delegation>> {
    let mut all = load(hub, tenant, account).await?;
    all.retain(|delegation| delegation.until > now);
    Ok(all)
}

async fn load(hub: &Hub, tenant: &str, account: Uuid) -> Result<Vec<Delegation>> {
    match hub.vault(tenant, DRAWER, &account.to_string()).await? {
        Some(bytes) => serde_json::from_slice(&bytes).map_err(|_| Error::Corrupt("a delegation".into())),
        None => Ok(Vec::new()),
    }
}

async fn change(
    cx: &RouteCtx,
    account: Uuid,
    change: impl Fn(&mut Vec<Delegation>) -> bool + Send + Sync,
) -> Result<bool> {
    let (tenant, name) = (cx.tenant.name(), account.to_string());
    cx.hub.vault_add(tenant, DRAWER, &name, None, b"[]").await?;
    let changed = |bytes: &[u8]| {
        let mut all: Vec<Delegation> = serde_json::from_slice(bytes).ok()?;
        if change(&mut all) { serde_json::to_vec(&all).ok() } else { None }
    };
    cx.hub.vault_change(tenant, DRAWER, &name, changed).await
}

#[derive(Deserialize)]
struct Asked {
    #[serde(rename = "for")]
    for_account: Uuid,
    /// A day (included) or an instant.
    until: String,
}

pub async fn add(_: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    guard::administers(&cx).await?;
    desk::fresh(&cx)?;
    let account = target(&cx, &request).await?;
    let asked: Asked = json::read(&request)?;
    let other = cx.hub.account_by_id(cx.tenant.name(), asked.for_account).await?;
    if other.is_none_or(|other| other.id == account.id || other.disabled) {
        return Err(Issue::error(Code::Value, text::DELEGATE).at("for").into());
    }
    let now = cx.ctx.clock.now_ms();
    let until = fhir::date::parse(&asked.until).map_or(0, |moment| moment.hi_ms);
    if until <= now || until > now + LASTS_MAX {
        return Err(Issue::error(Code::Value, text::UNTIL).at("until").into());
    }
    let changed = change(&cx, account.id, |all| {
        all.retain(|one| one.until > now);
        let n = all.iter().map(|one| one.n).max().unwrap_or(0) + 1;
        all.push(Delegation { n, for_account: asked.for_account, until });
        all.len() <= MAX
    });
    if !changed.await? {
        return Err(Error::refused(Code::BusinessRule, text::TOO_MANY));
    }
    let n = load(&cx.hub, cx.tenant.name(), account.id).await?.last().map(|one| one.n);
    let what = format!("delegation-added {} for {} until {until}", account.id, asked.for_account);
    cx.tenant.audit_operation(&cx.ctx, &what, None).await?;
    Ok(json::reply(201, &json!({"n": n})))
}

pub async fn remove(_: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    guard::administers(&cx).await?;
    desk::fresh(&cx)?;
    let account = target(&cx, &request).await?;
    let n: u64 = request.param("n").parse().map_err(|_| Error::NotFound)?;
    let removed = change(&cx, account.id, |all| {
        let before = all.len();
        all.retain(|one| one.n != n);
        all.len() < before
    });
    if !removed.await? {
        return Err(Error::NotFound);
    }
    cx.tenant.audit_operation(&cx.ctx, &format!("delegation-removed {} {n}", account.id), None).await?;
    Ok(RouteReply::empty(204))
}
