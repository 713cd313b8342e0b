//! Steps that are under way between two requests: kept sealed in the vault, five minutes, taken once.

use super::text;
use serde::{Deserialize, Serialize};
use service::RouteCtx;
use store::{Error, Result};
use uuid::Uuid;
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyAuthentication, PasskeyRegistration};

const DRAWER: &str = "ticket";
const LASTS_MS: i64 = 5 * 60 * 1000;
/// Wrong second factors after which the password is asked again.
pub const TRIES_MAX: u8 = 5;

/// What is under way.
#[derive(Debug, Serialize, Deserialize)]
pub enum Ticket {
    /// The first factor (its RFC 8176 name) was right, the second is awaited.
    SecondFactor { account: Uuid, first: String, tries: u8, passkey: Option<Box<PasskeyAuthentication>> },
    /// Any passkey of the tenant.
    Passkey(Box<DiscoverableAuthentication>),
    /// A passkey of an account that is signed in.
    Fresh { account: Uuid, passkey: Box<PasskeyAuthentication> },
    /// A new passkey.
    Enrol { account: Uuid, passkey: Box<PasskeyRegistration> },
}

/// Keeps a ticket; its number.
///
/// # Errors
/// `Unavailable`.
pub async fn issue(cx: &RouteCtx, ticket: &Ticket) -> Result<String> {
    let number = seal::token_generate().map_err(Error::unavailable)?;
    put(cx, &number, ticket).await?;
    Ok(number)
}

/// Keeps a ticket under a number that it had.
///
/// # Errors
/// `Unavailable`.
pub async fn put(cx: &RouteCtx, number: &str, ticket: &Ticket) -> Result<()> {
    let payload = serde_json::to_vec(ticket).map_err(|_| Error::Corrupt("a ticket".into()))?;
    let until = cx.ctx.clock.now_ms() + LASTS_MS;
    cx.hub.vault_put(cx.tenant.name(), DRAWER, number, Some(until), &payload).await
}

/// Takes a ticket: of several who come with its number one gets it.
///
/// # Errors
/// `Refused` (401) when it is over or was taken.
pub async fn take(cx: &RouteCtx, number: &str) -> Result<Ticket> {
    let payload = cx.hub.vault_take(cx.tenant.name(), DRAWER, number).await?;
    let payload = payload.ok_or_else(text::ticket_over)?;
    serde_json::from_slice(&payload).map_err(|_| Error::Corrupt("a ticket".into()))
}
