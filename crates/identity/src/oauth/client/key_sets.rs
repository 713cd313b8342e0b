//! The key sets that clients publish: fetched through the port, kept for a while, fetched again early when a
//! token names a key that is not in the set. And whether our own address, which signed assertions are meant for,
//! is one that we believe: `Host` is what the caller writes.

use super::check::key_set;
use jsonwebtoken::jwk::Jwk;
use parking_lot::Mutex;
use service::{Http, HttpRequest, RouteCtx};
use std::collections::HashMap;
use std::sync::Arc;
use store::Result;

const FRESH_MS: i64 = 600_000;
/// No set is fetched more often than this.
const PAUSE_MS: i64 = 30_000;
const KEPT_MAX: usize = 500;

type Kept = (i64, Arc<Vec<Jwk>>);

/// What was fetched lately, by address.
pub(crate) struct KeySets {
    http: Arc<dyn Http>,
    public_url: Option<String>,
    kept: Mutex<HashMap<String, Kept>>,
}

impl KeySets {
    pub fn new(http: Arc<dyn Http>, public_url: Option<String>) -> KeySets {
        KeySets { http, public_url, kept: Mutex::default() }
    }

    /// Whether the address that the caller names us by is ours: what the operator says, the tenant's own host, or
    /// this machine. An assertion that another server coaxed out of a client names that server.
    pub async fn believes(&self, cx: &RouteCtx) -> Result<bool> {
        let origin = cx.base.split("/t/").next().unwrap_or("");
        if let Some(url) = &self.public_url {
            return Ok(url.trim_end_matches('/') == origin);
        }
        let authority = origin.split("://").nth(1).unwrap_or("");
        let host = match authority.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or(""),
            None => authority.split(':').next().unwrap_or(""),
        };
        if ["localhost", "127.0.0.1", "::1"].contains(&host) {
            return Ok(true);
        }
        Ok(cx.hub.tenant_info(cx.tenant.name()).await?.host.as_deref() == Some(host))
    }

    /// The keys at an address; none when they cannot be had. `kid`: the key that is looked for.
    pub async fn keys(&self, url: &str, kid: Option<&str>, now: i64) -> Arc<Vec<Jwk>> {
        let known = self.kept.lock().get(url).cloned();
        if let Some((at, keys)) = &known {
            let named = |kid: &str| keys.iter().any(|key| key.common.key_id.as_deref() == Some(kid));
            let good = now - at < FRESH_MS && kid.is_none_or(named);
            if good || now - at < PAUSE_MS {
                return keys.clone();
            }
        }
        let keys = Arc::new(self.fetch(url).await.unwrap_or_default());
        let mut kept = self.kept.lock();
        if kept.len() >= KEPT_MAX {
            kept.retain(|_, (at, _)| now - *at < FRESH_MS);
        }
        if kept.len() < KEPT_MAX {
            kept.insert(url.to_string(), (now, keys.clone()));
        }
        keys
    }

    async fn fetch(&self, url: &str) -> Option<Vec<Jwk>> {
        let reply = self.http.send(HttpRequest::get(url)).await.ok()?;
        let set = (reply.status == 200).then(|| serde_json::from_slice(&reply.body).ok())??;
        key_set(&set)
    }
}
