//! What an account can prove itself with, kept sealed in the vault under the account's id.

use serde::{Deserialize, Serialize};
use store::{Error, Hub, Result};
use uuid::Uuid;
use webauthn_rs::prelude::Passkey;

const DRAWER: &str = "credential";
/// Passkeys of one account.
pub const PASSKEYS_MAX: usize = 20;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Credential {
    pub password: Option<Password>,
    pub totp: Option<Totp>,
    /// A secret that waits for its first code, in base64.
    pub totp_new: Option<String>,
    pub passkeys: Vec<Key>,
    /// Hashes of the recovery codes that were not used.
    pub recovery: Vec<String>,
    /// Grows when the password is set, the address changes or factors are reset: one-time links of before are
    /// not good any more.
    pub version: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Password {
    /// PHC string of argon2id.
    pub hash: String,
    /// ms since epoch.
    pub changed: i64,
    /// Whether it is long enough to stand alone.
    pub long: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Totp {
    /// In base64.
    pub secret: String,
    /// The last step that was used: neither it nor an earlier one is good again.
    pub last: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Key {
    /// Credential id, base64url.
    pub id: String,
    pub name: String,
    /// ms since epoch.
    pub created: i64,
    pub used: Option<i64>,
    pub key: Passkey,
}

impl Credential {
    pub fn has_second_factor(&self) -> bool {
        self.totp.is_some() || !self.passkeys.is_empty()
    }

    /// Ways to give the second factor, for the page that asks for it.
    pub fn methods(&self) -> Vec<&'static str> {
        let mut methods = Vec::new();
        methods.extend(self.totp.is_some().then_some("totp"));
        methods.extend((!self.passkeys.is_empty()).then_some("passkey"));
        methods.extend((!self.recovery.is_empty()).then_some("recovery"));
        methods
    }
}

/// The credentials of an account; empty when it has none yet.
///
/// # Errors
/// `Unavailable`; `Corrupt`.
pub async fn load(hub: &Hub, tenant: &str, account: Uuid) -> Result<Credential> {
    match hub.vault(tenant, DRAWER, &account.to_string()).await? {
        Some(bytes) => decode(&bytes).ok_or_else(|| Error::Corrupt("a credential".into())),
        None => Ok(Credential::default()),
    }
}

/// Changes the credentials as one step; `false` from `change` leaves them as they are. Answers whether they
/// were changed. `change` may run again when somebody else was faster.
///
/// # Errors
/// `Unavailable`; `NotFound` for the tenant.
pub async fn change(
    hub: &Hub,
    tenant: &str,
    account: Uuid,
    change: impl Fn(&mut Credential) -> bool + Send + Sync,
) -> Result<bool> {
    let name = account.to_string();
    if hub.vault(tenant, DRAWER, &name).await?.is_none() {
        hub.vault_add(tenant, DRAWER, &name, None, &encode(&Credential::default())?).await?;
    }
    let changed = |bytes: &[u8]| {
        let mut credential = decode(bytes)?;
        if change(&mut credential) { encode(&credential).ok() } else { None }
    };
    hub.vault_change(tenant, DRAWER, &name, changed).await
}

fn encode(credential: &Credential) -> Result<Vec<u8>> {
    serde_json::to_vec(credential).map_err(|_| Error::Corrupt("a credential".into()))
}

fn decode(bytes: &[u8]) -> Option<Credential> {
    serde_json::from_slice(bytes).ok()
}

/// What is kept of a code or a link of high entropy.
pub fn hash(account: Uuid, code: &str) -> String {
    let bytes = [account.as_bytes().as_slice(), b"|", code.as_bytes()].concat();
    seal::sha256(&bytes).iter().map(|b| format!("{b:02x}")).collect()
}
