//! The authorization code: for one use, for a minute.

use crate::oauth::encode;
use crate::oauth::family::Family;
use crate::oauth::stored::to_store;
use serde::{Deserialize, Serialize};
use store::{Hub, Result};

/// Codes that wait to be sold.
pub(crate) const CODES: &str = "oauth-code";
/// Which family a code belonged to, sold or not: who comes again with it is a thief, or was robbed.
pub(crate) const CODE_FAMILIES: &str = "oauth-code-family";
const LASTS_MS: i64 = 60_000;
const REMEMBERED_MS: i64 = 600_000;

#[derive(Serialize, Deserialize)]
pub(crate) struct Code {
    pub issuer: String,
    pub redirect_uri: String,
    pub challenge: String,
    pub family: Family,
}

impl Code {
    /// Puts it down and answers its name.
    pub async fn put(&self, hub: &Hub, tenant: &str) -> Result<String> {
        let (code, now) = (encode::secret()?, hub.clock().now_ms());
        let family = self.family.id.to_string();
        hub.vault_put(tenant, CODE_FAMILIES, &code, Some(now + REMEMBERED_MS), family.as_bytes()).await?;
        hub.vault_put(tenant, CODES, &code, Some(now + LASTS_MS), &to_store(self)?).await?;
        Ok(code)
    }
}
