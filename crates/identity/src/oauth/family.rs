//! What belongs together: the tokens that grew out of one consent. The drawer tells whose they are, so that all
//! can be ended when the client goes, the consent is withdrawn, or a code or a refresh token is used twice.

use super::client::Client;
use super::scope::Granted;
use super::stored::{stored, to_store};
use serde::{Deserialize, Serialize};
use service::RouteCtx;
use store::{Grant, Hub, Purpose, Result, TokenKind};
use uuid::Uuid;

const DRAWER: &str = "oauth-family";
/// Families that were ended, for as long as one of their codes could still be on its way.
const ENDED: &str = "oauth-family-ended";
const ENDED_MS: i64 = 600_000;
const DAY_S: u64 = 24 * 3600;
/// A refresh token of an app that works offline lasts so long unused …
pub(crate) const OFFLINE_S: u64 = 30 * DAY_S;
/// … and all of them together so long.
const OFFLINE_ALL_S: u64 = 90 * DAY_S;

/// The outcome of one consent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Family {
    pub id: Uuid,
    pub client: String,
    pub account: Uuid,
    pub scopes: Vec<String>,
    pub patient: Option<String>,
    pub encounter: Option<String>,
    /// Whether the app was launched from here with this patient, so that it need not show who it is.
    pub launched: bool,
    /// The session in which the person consented.
    pub session: Option<Uuid>,
    /// When it ends at the latest, ms since epoch.
    pub session_end: i64,
    /// When the person last gave a factor, s since epoch.
    pub auth_time: Option<i64>,
    pub amr: Vec<String>,
    pub second_factor: bool,
    pub purpose: String,
    pub created: i64,
    pub nonce: Option<String>,
}

impl Family {
    pub fn granted(&self) -> Granted {
        Granted(self.scopes.clone())
    }

    pub fn purpose(&self) -> Purpose {
        Purpose::parse(&self.purpose).unwrap_or(Purpose::Treatment)
    }

    /// What the tokens are limited to.
    pub fn grant(&self, address: String) -> Grant {
        let granted = self.granted();
        Grant {
            client: Some(self.client.clone()),
            scopes: Some(granted.resources()),
            plain_scopes: granted.plain(),
            patient: self.patient.clone(),
            encounter: self.encounter.clone(),
            amr: self.amr.clone(),
            second_factor: self.second_factor,
            address,
            ..Grant::default()
        }
    }

    /// Seconds that a new refresh token lasts; `None`: the app gets none.
    pub fn refresh_s(&self, now: i64) -> Option<u64> {
        let granted = self.granted();
        let left = |end: i64| u64::try_from(end - now).unwrap_or(0) / 1000;
        if granted.has("offline_access") {
            let end = self.created.saturating_add((OFFLINE_ALL_S * 1000) as i64);
            return Some(left(end).min(OFFLINE_S)).filter(|s| *s > 0);
        }
        Some(left(self.session_end)).filter(|s| *s > 0 && granted.has("online_access"))
    }

    /// Whether the person is still here, for an app that does not work offline. Any session will do: a fresh
    /// factor gives the session another number.
    pub async fn is_attended(&self, hub: &Hub, tenant: &str) -> Result<bool> {
        if self.granted().has("offline_access") {
            return Ok(true);
        }
        let tokens = hub.tokens_of(tenant, self.account).await?;
        Ok(tokens.iter().any(|t| t.kind == TokenKind::Session))
    }

    pub async fn save(&self, hub: &Hub, tenant: &str) -> Result<()> {
        let end = self.created.saturating_add((OFFLINE_ALL_S * 1000) as i64);
        hub.vault_put(tenant, DRAWER, &self.id.to_string(), Some(end), &to_store(self)?).await
    }

    pub async fn find(hub: &Hub, tenant: &str, id: Uuid) -> Result<Option<Family>> {
        match hub.vault(tenant, DRAWER, &id.to_string()).await? {
            Some(bytes) => stored(&bytes).map(Some),
            None => Ok(None),
        }
    }
}

/// Ends all tokens of a family, and those that are being made at this moment.
pub(crate) async fn end(hub: &Hub, tenant: &str, id: Uuid) -> Result<()> {
    let until = hub.clock().now_ms() + ENDED_MS;
    hub.vault_put(tenant, ENDED, &id.to_string(), Some(until), b"").await?;
    hub.vault_take(tenant, DRAWER, &id.to_string()).await?;
    hub.family_end(id).await
}

/// Whether somebody ended the family meanwhile.
pub(crate) async fn is_ended(hub: &Hub, tenant: &str, id: Uuid) -> Result<bool> {
    Ok(hub.vault(tenant, ENDED, &id.to_string()).await?.is_some())
}

async fn end_where(hub: &Hub, tenant: &str, which: impl Fn(&Family) -> bool) -> Result<()> {
    for bytes in hub.vault_list(tenant, DRAWER).await? {
        let family: Family = stored(&bytes)?;
        if which(&family) {
            end(hub, tenant, family.id).await?;
        }
    }
    Ok(())
}

/// Ends every token of a client.
pub(crate) async fn end_of_client(cx: &RouteCtx, client: &Client) -> Result<()> {
    let (hub, tenant) = (&cx.hub, cx.tenant.name());
    end_where(hub, tenant, |family| family.client == client.id).await?;
    // The tokens of a program without a person are in no drawer: they last minutes, and its account knows them.
    let Some(account) = client.account else { return Ok(()) };
    for token in hub.tokens_of(tenant, account).await? {
        if let Some(family) = token.family {
            hub.family_end(family).await?;
        }
    }
    Ok(())
}

/// Ends what a person granted a client.
pub(crate) async fn end_of_consent(hub: &Hub, tenant: &str, account: Uuid, client: &str) -> Result<()> {
    end_where(hub, tenant, |family| family.account == account && family.client == client).await
}

/// Ends what lives by a session.
pub(crate) async fn end_of_session(hub: &Hub, tenant: &str, session: Uuid) -> Result<()> {
    let bound = |family: &Family| family.session == Some(session) && !family.granted().has("offline_access");
    end_where(hub, tenant, bound).await
}
