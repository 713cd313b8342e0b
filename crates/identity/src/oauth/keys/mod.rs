//! The keys that sign ID tokens: one pair for each algorithm, made at the first use, changed every 90 days. A
//! new key is published a day before it signs; an old one stays published for a month, for tokens under way.

mod jwks;
mod make;

pub(crate) use jwks::Jwks;

use super::stored::{stored, to_store};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Error, Hub, Result};

const DRAWER: &str = "oauth-keys";
const DAY_MS: i64 = 24 * 3600 * 1000;
/// Age at which a successor is made.
const SIGNS_MS: i64 = 90 * DAY_MS;
/// Age at which a key is forgotten: a month after its successor began to sign.
const KEPT_MS: i64 = SIGNS_MS + 31 * DAY_MS;

/// A signing key as it lies in the vault.
#[derive(Clone, Serialize, Deserialize)]
struct Key {
    kid: String,
    /// `RS256` or `ES256`.
    alg: Algorithm,
    /// What the library signs with, DER in base64.
    private: String,
    public: Jwk,
    /// ms since epoch.
    created: i64,
}

/// All keys of a tenant that are still published.
pub(crate) struct KeyRing(Vec<Key>);

impl KeyRing {
    /// The tenant's keys; those that are due are made.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn open(hub: &Hub, tenant: &str) -> Result<KeyRing> {
        let now = hub.clock().now_ms();
        let ring = KeyRing::read(hub, tenant).await?;
        if let Some(ring) = ring.filter(|ring| !ring.is_due(now)) {
            return Ok(ring);
        }
        let mut new = Vec::new();
        for alg in [Algorithm::RS256, Algorithm::ES256] {
            let kid = hub.ids().uuid().simple().to_string();
            new.push(make::make(alg, kid, now).await?);
        }
        let first = to_store(&new)?;
        if !hub.vault_add(tenant, DRAWER, "ring", None, &first).await? {
            // Of several nodes one adds its keys; the others find them there.
            hub.vault_change(tenant, DRAWER, "ring", |old| {
                let mut ring = KeyRing(stored(old).ok()?);
                if !ring.is_due(now) {
                    return None;
                }
                ring.0.retain(|key| now - key.created < KEPT_MS);
                ring.0.extend(new.iter().cloned());
                to_store(&ring.0).ok()
            })
            .await?;
        }
        KeyRing::read(hub, tenant).await?.ok_or_else(|| Error::Corrupt("the signing keys".into()))
    }

    async fn read(hub: &Hub, tenant: &str) -> Result<Option<KeyRing>> {
        match hub.vault(tenant, DRAWER, "ring").await? {
            Some(bytes) => stored(&bytes).map(|keys| Some(KeyRing(keys))),
            None => Ok(None),
        }
    }

    fn is_due(&self, now: i64) -> bool {
        self.0.iter().map(|key| key.created).max().is_none_or(|newest| now - newest >= SIGNS_MS)
    }

    /// The key that signs now: the newest that has been published for a day, or the only one there is.
    fn signer(&self, alg: Algorithm, now: i64) -> Option<&Key> {
        let of_kind = || self.0.iter().filter(|key| key.alg == alg);
        let known = of_kind().filter(|key| now - key.created >= DAY_MS).max_by_key(|key| key.created);
        known.or_else(|| of_kind().min_by_key(|key| key.created))
    }

    /// A signed token.
    ///
    /// # Errors
    /// `Corrupt` when the key cannot sign.
    pub fn sign(&self, alg: Algorithm, claims: &Value, now: i64) -> Result<String> {
        let corrupt = || Error::Corrupt("a signing key".into());
        let key = self.signer(alg, now).ok_or_else(corrupt)?;
        let der = STANDARD.decode(&key.private).map_err(|_| corrupt())?;
        let private = match alg {
            Algorithm::ES256 => EncodingKey::from_ec_der(&der),
            _ => EncodingKey::from_rsa_der(&der),
        };
        let header = Header { kid: Some(key.kid.clone()), ..Header::new(alg) };
        encode(&header, claims, &private).map_err(|_| corrupt())
    }

    /// The public halves.
    pub fn public(&self) -> Vec<Jwk> {
        self.0.iter().map(|key| key.public.clone()).collect()
    }
}
