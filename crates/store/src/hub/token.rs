//! Bearer tokens: opaque, random, known to the hub by their hash alone.

use super::{Hub, account};
use crate::ctx::{Actor, Purpose};
use crate::error::{Error, Result};
use crate::registry::TokenRow;
use quick_cache::sync::Cache;
use std::sync::Arc;
use uuid::Uuid;

/// For so long a token is trusted without asking the registry again: the time within which a disabled
/// account or a suspended tenant is shut out.
const TRUSTED_MS: i64 = 1000;
const TOKENS_MAX: usize = 10_000;

/// Who presented a token.
#[derive(Clone, Debug)]
pub struct Caller {
    pub tenant: Arc<str>,
    pub actor: Arc<Actor>,
    pub purpose: Purpose,
    /// `Practitioner/…` of the account.
    pub practitioner: Option<Arc<str>>,
    /// When the token ends, ms since epoch.
    pub expires: i64,
}

/// Tokens seen lately.
pub(super) struct Tokens(Cache<[u8; 32], (i64, Caller)>);

impl Default for Tokens {
    fn default() -> Self {
        Tokens(Cache::new(TOKENS_MAX))
    }
}

impl Tokens {
    pub fn forget(&self) {
        self.0.clear();
    }
}

impl Hub {
    /// A token for an account, valid for `ttl_s` seconds. Shown once; only its hash is kept.
    ///
    /// # Errors
    /// `NotFound` for the account; `Denied` when it is disabled.
    pub async fn token_issue(
        &self,
        tenant: &str,
        user: &str,
        purpose: Purpose,
        ttl_s: u64,
    ) -> Result<String> {
        let account = self.registry.account(tenant, user).await?.ok_or(Error::NotFound)?;
        if account.disabled {
            return Err(Error::Denied);
        }
        let token = seal::token_generate().map_err(Error::unavailable)?;
        let ttl_ms = i64::try_from(ttl_s).unwrap_or(i64::MAX / 1000).saturating_mul(1000);
        let row = TokenRow {
            hash: seal::token_hash(&token),
            account: account.id,
            purpose: purpose.as_str().to_string(),
            expires: self.config.clock.now_ms().saturating_add(ttl_ms),
        };
        self.registry.token_put(&row).await?;
        Ok(token)
    }

    /// Ends a token.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn token_revoke(&self, token: &str) -> Result<()> {
        let hash = seal::token_hash(token);
        self.registry.token_remove(&hash).await?;
        self.tokens.0.remove(&hash);
        Ok(())
    }

    /// Who presents this token.
    ///
    /// # Errors
    /// `Denied` when the token is unknown or over, the account disabled or the tenant suspended.
    pub async fn authenticate(&self, token: &str) -> Result<Caller> {
        let hash = seal::token_hash(token);
        let now = self.config.clock.now_ms();
        if let Some((until, caller)) = self.tokens.0.get(&hash)
            && now < until
            && now < caller.expires
        {
            return Ok(caller);
        }
        let caller = self.look_up(&hash, now).await.inspect_err(|_| {
            self.tokens.0.remove(&hash);
        })?;
        self.tokens.0.insert(hash, (now + TRUSTED_MS, caller.clone()));
        Ok(caller)
    }

    async fn look_up(&self, hash: &[u8; 32], now: i64) -> Result<Caller> {
        let (token, account) = self.registry.token(hash).await?.ok_or(Error::Denied)?;
        if account.disabled || now >= token.expires {
            return Err(Error::Denied);
        }
        let tenant = self.registry.tenant(&account.tenant).await?.ok_or(Error::Denied)?;
        if tenant.suspended {
            return Err(super::tenants::suspended());
        }
        let purpose = Purpose::parse(&token.purpose)?;
        let roles = account::roles(&account.roles);
        let actor = Actor { id: account.id, name: account.name, roles, system: false };
        debug_assert!(actor.id != Uuid::nil());
        Ok(Caller {
            tenant: account.tenant.into(),
            actor: Arc::new(actor),
            purpose,
            practitioner: account.practitioner.map(Into::into),
            expires: token.expires,
        })
    }
}
