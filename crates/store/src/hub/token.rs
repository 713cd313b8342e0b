//! Tokens: opaque, random, known to the hub by their hash alone.

use super::{Hub, account};
use crate::ctx::{Actor, Purpose, purpose_parse};
use crate::error::{Error, Result};
use crate::grant::Grant;
use crate::registry::TokenRow;
use quick_cache::sync::Cache;
use std::sync::Arc;
use uuid::Uuid;

/// For so long a token is trusted without asking the registry again: the time within which a disabled
/// account or a suspended tenant is shut out.
const TRUSTED_MS: i64 = 1000;
const TOKENS_MAX: usize = 10_000;
/// `used` is written no more often than this.
const TOUCH_MS: i64 = 60_000;

/// Who presented a token.
#[derive(Clone, Debug)]
pub struct Caller {
    pub tenant: Arc<str>,
    pub actor: Arc<Actor>,
    pub purpose: Purpose,
    pub grant: Arc<Grant>,
    pub kind: TokenKind,
    /// The session that the token belongs to.
    pub family: Option<Uuid>,
    /// When the token ends, ms since epoch.
    pub expires: i64,
}

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A bearer token, of the command line or of an OAuth client.
    Access,
    /// The cookie of the web app.
    Session,
    /// Buys a new access token; opens nothing by itself.
    Refresh,
}

impl TokenKind {
    pub fn as_str(self) -> &'static str {
        match self {
            TokenKind::Access => "access",
            TokenKind::Session => "session",
            TokenKind::Refresh => "refresh",
        }
    }

    fn parse(text: &str) -> Option<TokenKind> {
        [TokenKind::Access, TokenKind::Session, TokenKind::Refresh].into_iter().find(|k| k.as_str() == text)
    }
}

/// A token to issue.
#[derive(Clone, Debug)]
pub struct NewToken {
    pub tenant: String,
    pub account: Uuid,
    pub kind: TokenKind,
    pub purpose: Purpose,
    /// Seconds that it lasts at most.
    pub ttl_s: u64,
    /// Seconds without a request after which it ends.
    pub idle_s: Option<u64>,
    /// The session or chain that it joins; a new one is made when absent.
    pub family: Option<Uuid>,
    pub grant: Grant,
}

/// What is known of a token that is still good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenInfo {
    pub account: Uuid,
    pub kind: TokenKind,
    pub purpose: Purpose,
    pub family: Option<Uuid>,
    /// Times are ms since epoch.
    pub created: i64,
    pub used: i64,
    pub expires: i64,
    pub grant: Grant,
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
    /// An unlimited bearer token for an account, valid for `ttl_s` seconds: for local administration.
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
        let grant = Grant { second_factor: true, ..Grant::default() };
        let new = NewToken {
            tenant: tenant.to_string(),
            account: account.id,
            kind: TokenKind::Access,
            purpose,
            ttl_s,
            idle_s: None,
            family: None,
            grant,
        };
        Ok(self.token_issue_new(new).await?.0)
    }

    /// A token as described, and the family that it is in. The token is shown once; only its hash is kept.
    ///
    /// # Errors
    /// `NotFound` for the account; `Denied` when it is disabled.
    pub async fn token_issue_new(&self, new: NewToken) -> Result<(String, Uuid)> {
        let account = self.registry.account_by_id(new.account).await?.ok_or(Error::NotFound)?;
        if account.tenant != new.tenant {
            return Err(Error::NotFound);
        }
        if account.disabled {
            return Err(Error::Denied);
        }
        let token = seal::token_generate().map_err(Error::unavailable)?;
        let ms = |s: u64| i64::try_from(s).unwrap_or(i64::MAX / 1000).saturating_mul(1000);
        let (now, hash) = (self.config.clock.now_ms(), seal::token_hash(&token));
        let family = new.family.unwrap_or_else(|| self.config.ids.uuid());
        let row = TokenRow {
            hash,
            account: account.id,
            kind: new.kind.as_str().to_string(),
            family: Some(family),
            purpose: new.purpose.as_str().to_string(),
            created: now,
            used: now,
            idle: new.idle_s.map_or(0, ms),
            expires: now.saturating_add(ms(new.ttl_s)),
            detail: self.seal_for(&new.tenant, "token", &hash, &new.grant.encode()).await?,
        };
        self.registry.token_put(&row).await?;
        Ok((token, family))
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

    /// Ends a session, or a chain of refresh tokens, with all its tokens.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn family_end(&self, family: Uuid) -> Result<()> {
        self.registry.family_remove(family).await?;
        self.tokens.forget();
        Ok(())
    }

    /// The tokens of an account that are still good, newest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn tokens_of(&self, tenant: &str, account: Uuid) -> Result<Vec<TokenInfo>> {
        let mut found = Vec::new();
        for row in self.registry.tokens_of(account).await? {
            if !over(&row, self.config.clock.now_ms()) {
                found.push(self.token_info(tenant, row).await?);
            }
        }
        Ok(found)
    }

    /// What is known of a token of the tenant; `None` when it is not good (any more).
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn token_look_up(&self, tenant: &str, token: &str) -> Result<Option<TokenInfo>> {
        match self.registry.token(&seal::token_hash(token)).await? {
            Some((row, account))
                if account.tenant == tenant
                    && !account.disabled
                    && !over(&row, self.config.clock.now_ms()) =>
            {
                Ok(Some(self.token_info(tenant, row).await?))
            }
            _ => Ok(None),
        }
    }

    /// Changes what a session's tokens are granted: a fresh factor, a break-glass access. `change` may be called
    /// again on the same grant and must then change nothing more.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn grant_change(
        &self,
        tenant: &str,
        family: Uuid,
        change: impl Fn(&mut Grant) + Send + Sync,
    ) -> Result<()> {
        // Somebody may change the same grant, or end the session, at the same time.
        for _ in 0..20 {
            let mut all = true;
            for row in self.registry.tokens_in(family).await? {
                let mut grant = self.grant_of(tenant, &row).await?;
                let before = grant.clone();
                change(&mut grant);
                if grant != before {
                    let new = self.seal_for(tenant, "token", &row.hash, &grant.encode()).await?;
                    all &= self.registry.token_swap(&row.hash, &row.detail, &new).await?;
                }
            }
            if all {
                self.tokens.forget();
                return Ok(());
            }
        }
        self.tokens.forget();
        Err(Error::unavailable("the grant keeps changing"))
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
        let caller = self.look_up(&hash, now, true).await.inspect_err(|_| {
            self.tokens.0.remove(&hash);
        })?;
        self.tokens.0.insert(hash, (now + TRUSTED_MS, caller.clone()));
        Ok(caller)
    }

    /// What the registry says of a token; `touch`: that it is being used keeps it from going idle.
    pub(super) async fn look_up(&self, hash: &[u8; 32], now: i64, touch: bool) -> Result<Caller> {
        let (token, account) = self.registry.token(hash).await?.ok_or(Error::Denied)?;
        let kind = TokenKind::parse(&token.kind).filter(|k| *k != TokenKind::Refresh).ok_or(Error::Denied)?;
        if account.disabled || over(&token, now) {
            return Err(Error::Denied);
        }
        let tenant = self.registry.tenant(&account.tenant).await?.ok_or(Error::Denied)?;
        if tenant.suspended {
            return Err(super::tenants::suspended());
        }
        if touch && now - token.used > TOUCH_MS {
            self.registry.token_touch(hash, now).await?;
        }
        let purpose = purpose_parse(&token.purpose)?;
        let grant = self.grant_of(&account.tenant, &token).await?;
        let roles = account::roles(&account.roles);
        let person = account.practitioner.map(Into::into);
        let actor = Actor { id: account.id, name: account.name, roles, person, system: false };
        debug_assert!(actor.id != Uuid::nil());
        Ok(Caller {
            tenant: account.tenant.into(),
            actor: Arc::new(actor),
            purpose,
            grant: Arc::new(grant),
            kind,
            family: token.family,
            expires: token.expires,
        })
    }

    async fn grant_of(&self, tenant: &str, row: &TokenRow) -> Result<Grant> {
        if row.detail.is_empty() {
            return Ok(Grant::default());
        }
        let plain = self.open_for(tenant, "token", &row.hash, &row.detail).await?;
        Grant::decode(&plain).ok_or_else(|| Error::Corrupt("the grant of a token".into()))
    }

    async fn token_info(&self, tenant: &str, row: TokenRow) -> Result<TokenInfo> {
        let grant = self.grant_of(tenant, &row).await?;
        let corrupt = || Error::Corrupt("a token".into());
        Ok(TokenInfo {
            account: row.account,
            kind: TokenKind::parse(&row.kind).ok_or_else(corrupt)?,
            purpose: Purpose::parse(&row.purpose).ok_or_else(corrupt)?,
            family: row.family,
            created: row.created,
            used: row.used,
            expires: row.expires,
            grant,
        })
    }
}

fn over(row: &TokenRow, now: i64) -> bool {
    now >= row.expires || row.idle > 0 && now >= row.used.saturating_add(row.idle)
}
