//! Ward stations: browsers that several people share. An administrator registers one; it holds a token of its
//! own. Sessions on it are short, and who signed in on it can come back with a PIN.

use serde::{Deserialize, Serialize};
use service::{RouteCtx, RouteRequest};
use store::{Error, Hub, Result};
use uuid::Uuid;

const STATIONS: &str = "station";
const TOKENS: &str = "station-token";
const PINS: &str = "pin";
pub const HEADER: &str = "x-medhub-station";
/// A sign-in with password and second factor on the station allows PINs for so long.
pub const PIN_LASTS_MS: i64 = 12 * 3_600_000;
pub const PIN_TRIES: u8 = 5;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Station {
    pub id: String,
    pub name: String,
    /// ms since epoch.
    pub created: i64,
    /// Name of the account that registered it.
    pub by: String,
}

/// A PIN of one account at one station.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pin {
    pub hash: String,
    /// Last full sign-in at this station, ms since epoch.
    pub confirmed: i64,
    /// Whether that was with a second factor.
    pub second_factor: bool,
    pub tries: u8,
}

/// Registers a station; the token that its browser keeps.
///
/// # Errors
/// `Unavailable`.
pub async fn register(cx: &RouteCtx, station: &Station) -> Result<String> {
    let (tenant, token) = (cx.tenant.name(), seal::token_generate().map_err(Error::unavailable)?);
    cx.hub.vault_put(tenant, STATIONS, &station.id, None, &encode(station)?).await?;
    cx.hub.vault_put(tenant, TOKENS, &token, None, station.id.as_bytes()).await?;
    Ok(token)
}

/// # Errors
/// `Unavailable`.
pub async fn all(cx: &RouteCtx) -> Result<Vec<Station>> {
    let payloads = cx.hub.vault_list(cx.tenant.name(), STATIONS).await?;
    let mut stations = payloads.iter().map(|p| decode(p)).collect::<Result<Vec<Station>>>()?;
    stations.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
    Ok(stations)
}

/// Removes a station: its token says nothing any more.
///
/// # Errors
/// `NotFound`.
pub async fn remove(cx: &RouteCtx, id: &str) -> Result<()> {
    cx.hub.vault_take(cx.tenant.name(), STATIONS, id).await?.map(drop).ok_or(Error::NotFound)
}

/// The station that a request comes from.
///
/// # Errors
/// `Unavailable`.
pub async fn of(cx: &RouteCtx, request: &RouteRequest) -> Result<Option<Station>> {
    let Some(token) = token(request) else { return Ok(None) };
    let Some(id) = cx.hub.vault(cx.tenant.name(), TOKENS, token).await? else { return Ok(None) };
    match String::from_utf8(id) {
        Ok(id) => by_id(&cx.hub, cx.tenant.name(), &id).await,
        Err(_) => Ok(None),
    }
}

/// # Errors
/// `Unavailable`.
pub async fn by_id(hub: &Hub, tenant: &str, id: &str) -> Result<Option<Station>> {
    let found = hub.vault(tenant, STATIONS, id).await?;
    found.map(|payload| decode(&payload)).transpose()
}

pub fn token(request: &RouteRequest) -> Option<&str> {
    request.header(HEADER).filter(|token| (20..=100).contains(&token.len()))
}

/// Sets a PIN; it is good until the last full sign-in is too old.
///
/// # Errors
/// `Unavailable`.
pub async fn pin_put(cx: &RouteCtx, station: &str, account: Uuid, pin: &Pin) -> Result<()> {
    let until = pin.confirmed + PIN_LASTS_MS;
    cx.hub.vault_put(cx.tenant.name(), PINS, &pin_name(station, account), Some(until), &encode(pin)?).await
}

/// Takes a PIN out of its drawer, so that of several tries at once only one counts; put it back.
///
/// # Errors
/// `Unavailable`.
pub async fn pin_take(cx: &RouteCtx, station: &str, account: Uuid) -> Result<Option<Pin>> {
    let found = cx.hub.vault_take(cx.tenant.name(), PINS, &pin_name(station, account)).await?;
    found.map(|payload| decode(&payload)).transpose()
}

fn pin_name(station: &str, account: Uuid) -> String {
    format!("{station}/{account}")
}

fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|_| Error::Corrupt("a station".into()))
}

fn decode<T: serde::de::DeserializeOwned>(payload: &[u8]) -> Result<T> {
    serde_json::from_slice(payload).map_err(|_| Error::Corrupt("a station".into()))
}
