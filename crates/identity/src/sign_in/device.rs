//! Browsers that signed in before. They hold a token of no right at all: it only says that guesses from
//! elsewhere are not theirs.

use serde::{Deserialize, Serialize};
use service::{RouteCtx, RouteRequest};
use store::{Error, Result};
use uuid::Uuid;

const DRAWER: &str = "device";
pub const HEADER: &str = "x-medhub-device";
const LASTS_MS: i64 = 90 * 86_400 * 1000;
/// People who share a browser; more are not remembered.
const ACCOUNTS_MAX: usize = 30;

#[derive(Default, Serialize, Deserialize)]
struct Device {
    accounts: Vec<Uuid>,
}

/// The token that the browser shows, if this account signed in with it before.
///
/// # Errors
/// `Unavailable`.
pub async fn known(cx: &RouteCtx, request: &RouteRequest, account: Uuid) -> Result<Option<String>> {
    let Some(token) = token(request) else { return Ok(None) };
    let Some(payload) = cx.hub.vault(cx.tenant.name(), DRAWER, token).await? else { return Ok(None) };
    let device: Device = serde_json::from_slice(&payload).map_err(|_| Error::Corrupt("a device".into()))?;
    Ok(device.accounts.contains(&account).then(|| token.to_string()))
}

/// Remembers that this account signed in there; the token, when the browser has none yet.
///
/// # Errors
/// `Unavailable`.
pub async fn remember(cx: &RouteCtx, request: &RouteRequest, account: Uuid) -> Result<Option<String>> {
    let tenant = cx.tenant.name();
    if let Some(token) = token(request)
        && cx.hub.vault(tenant, DRAWER, token).await?.is_some()
    {
        let add = |bytes: &[u8]| {
            let mut device: Device = serde_json::from_slice(bytes).ok()?;
            if device.accounts.contains(&account) || device.accounts.len() >= ACCOUNTS_MAX {
                return None;
            }
            device.accounts.push(account);
            serde_json::to_vec(&device).ok()
        };
        cx.hub.vault_change(tenant, DRAWER, token, add).await?;
        return Ok(None);
    }
    let token = seal::token_generate().map_err(Error::unavailable)?;
    let device = Device { accounts: vec![account] };
    let payload = serde_json::to_vec(&device).map_err(|_| Error::Corrupt("a device".into()))?;
    let until = cx.ctx.clock.now_ms() + LASTS_MS;
    cx.hub.vault_put(tenant, DRAWER, &token, Some(until), &payload).await?;
    Ok(Some(token))
}

fn token(request: &RouteRequest) -> Option<&str> {
    request.header(HEADER).filter(|token| (20..=100).contains(&token.len()))
}
