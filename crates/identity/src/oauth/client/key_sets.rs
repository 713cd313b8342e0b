//! The key sets that clients publish: fetched through the port, kept for a while, fetched again early when a
//! token names a key that is not in the set.

use super::check::key_set;
use jsonwebtoken::jwk::Jwk;
use parking_lot::Mutex;
use service::{Http, HttpRequest};
use std::collections::HashMap;
use std::sync::Arc;

const FRESH_MS: i64 = 600_000;
/// No set is fetched more often than this.
const PAUSE_MS: i64 = 30_000;
const KEPT_MAX: usize = 500;

type Kept = (i64, Arc<Vec<Jwk>>);

/// What was fetched lately, by address.
pub(crate) struct KeySets {
    http: Arc<dyn Http>,
    kept: Mutex<HashMap<String, Kept>>,
}

impl KeySets {
    pub fn new(http: Arc<dyn Http>) -> KeySets {
        KeySets { http, kept: Mutex::default() }
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
