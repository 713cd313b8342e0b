//! What a provider says of itself, and its keys: fetched through the port and kept for a while.

use super::provider::Provider;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use parking_lot::Mutex;
use serde::Deserialize;
use service::{Http, HttpRequest};
use std::collections::HashMap;
use std::sync::Arc;

const METADATA_MS: i64 = 3_600_000;
const KEYS_MS: i64 = 600_000;
/// Keys are not fetched more often than this, whatever tokens name.
const PAUSE_MS: i64 = 30_000;

/// The members of a discovery document that we use.
#[derive(Clone, Debug, Deserialize)]
pub struct Metadata {
    pub issuer: String,
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub jwks_uri: String,
    pub userinfo_endpoint: Option<String>,
}

/// A key set, and when it was fetched (ms since epoch).
type Fetched = (i64, Arc<Vec<Jwk>>);

/// What was fetched, by provider. There are as many as are configured.
#[derive(Default)]
pub struct Known {
    metadata: Mutex<HashMap<String, (i64, Metadata)>>,
    keys: Mutex<HashMap<String, Fetched>>,
}

impl Known {
    /// `None` when the provider cannot be asked or calls itself otherwise than configured.
    pub async fn metadata(&self, http: &dyn Http, provider: &Provider, now: i64) -> Option<Metadata> {
        if let Some((at, known)) = self.metadata.lock().get(&provider.id)
            && now - at < METADATA_MS
        {
            return Some(known.clone());
        }
        let reply = http.send(HttpRequest::get(provider.document())).await.ok()?;
        let found: Metadata = (reply.status == 200).then(|| serde_json::from_slice(&reply.body).ok())??;
        if found.issuer != provider.issuer {
            return None;
        }
        self.metadata.lock().insert(provider.id.clone(), (now, found.clone()));
        Some(found)
    }

    /// The provider's keys; `kid` is the one that is looked for.
    pub async fn keys(
        &self,
        http: &dyn Http,
        provider: &Provider,
        metadata: &Metadata,
        kid: Option<&str>,
        now: i64,
    ) -> Arc<Vec<Jwk>> {
        let known = self.keys.lock().get(&provider.id).cloned();
        if let Some((at, keys)) = known {
            let has = |kid: &str| keys.iter().any(|key| key.common.key_id.as_deref() == Some(kid));
            if now - at < PAUSE_MS || (now - at < KEYS_MS && kid.is_none_or(has)) {
                return keys;
            }
        }
        let fetched = http.send(HttpRequest::get(metadata.jwks_uri.clone())).await.ok();
        let set = fetched.and_then(|reply| serde_json::from_slice::<JwkSet>(&reply.body).ok());
        let keys = Arc::new(set.map(|set| set.keys).unwrap_or_default());
        self.keys.lock().insert(provider.id.clone(), (now, keys.clone()));
        keys
    }
}
