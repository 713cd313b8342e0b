//! Sessions: a new token at every sign-in, so that nobody can be made to sign in on a session that somebody
//! else knows.

use super::desk::{self, Desk, ENROL};
use super::{device, json, me, station};
use service::{RouteCtx, RouteReply, RouteRequest, SessionChange};
use store::{AccountInfo, Caller, Error, Grant, NewToken, Purpose, Result, Role, TokenKind};
use uuid::Uuid;

/// Seconds without a request after which a session ends.
pub const IDLE_S: u64 = 30 * 60;
/// The same on a ward station.
pub const STATION_IDLE_S: u64 = 15 * 60;
/// Seconds after which it ends in any case.
pub const ABSOLUTE_S: u64 = 12 * 3600;
/// Sessions of one account; the oldest makes room.
const SESSIONS_MAX: usize = 20;

/// How somebody signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct How {
    /// RFC 8176.
    pub amr: Vec<String>,
    pub second_factor: bool,
    /// Whether a factor was given just now.
    pub fresh: bool,
}

impl How {
    pub fn new(amr: &[&str], second_factor: bool) -> How {
        How { amr: amr.iter().map(ToString::to_string).collect(), second_factor, fresh: true }
    }
}

/// Starts a session for an account and answers who that is, with the cookie. What was signed in before in
/// this browser is ended.
///
/// # Errors
/// `Denied` for a disabled account; `Unavailable`.
pub async fn start(
    desk: &Desk,
    cx: &RouteCtx,
    request: &RouteRequest,
    account: &AccountInfo,
    how: How,
) -> Result<RouteReply> {
    let station = station::of(cx, request).await?;
    let limited = !how.second_factor && desk.wants_second_factor(cx.tenant.name(), &account.roles);
    let mut grant = Grant {
        amr: how.amr.clone(),
        factor_at: how.fresh.then(|| cx.ctx.clock.now_ms()),
        second_factor: how.second_factor,
        station: station.as_ref().map(|station| station.id.clone()),
        device: request.header("user-agent").unwrap_or("").chars().take(200).collect(),
        address: cx.address.to_string(),
        ..Grant::default()
    };
    if limited {
        (grant.scopes, grant.plain_scopes) = (Some(Vec::new()), ENROL.to_string());
    }
    if let Some(station) = &station {
        confirm_pin(cx, &station.id, account.id, &how).await?;
    }
    let what = format!("login {}", how.amr.join(" "));
    cx.tenant.audit_sign_in(&desk::ctx_as(cx, account), &what, true).await?;
    let known = device::remember(cx, request, account.id).await?;
    let mut reply = begin(desk, cx, account, grant).await?;
    if let Some(token) = known {
        reply = with_member(reply, "device", token);
    }
    Ok(reply)
}

/// Gives the session another token and another number, with the grant as it is after `change`.
///
/// # Errors
/// `Unavailable`.
pub async fn renew(
    desk: &Desk,
    cx: &RouteCtx,
    caller: &Caller,
    change: impl FnOnce(&mut Grant),
) -> Result<RouteReply> {
    let account = desk::account_of(cx, caller).await?;
    // A session that was ended meanwhile does not come back under another number.
    let tokens = cx.hub.tokens_of(cx.tenant.name(), account.id).await?;
    if !tokens.iter().any(|token| token.family == caller.family) {
        return Err(Error::Denied);
    }
    let mut grant = Grant::clone(&caller.grant);
    change(&mut grant);
    begin(desk, cx, &account, grant).await
}

async fn begin(desk: &Desk, cx: &RouteCtx, account: &AccountInfo, grant: Grant) -> Result<RouteReply> {
    let idle = if grant.station.is_some() { STATION_IDLE_S } else { IDLE_S };
    // A former session that this desk started; one made of a token of the command line is that token's.
    if let Some(caller) = &cx.caller
        && let Some(family) = caller.family.filter(|_| caller.kind == TokenKind::Session)
        && caller.grant.amr.first().is_some_and(|first| first != "token")
    {
        cx.hub.family_end(family).await?;
    }
    make_room(cx, account.id).await?;
    let new = NewToken {
        tenant: cx.tenant.name().to_string(),
        account: account.id,
        kind: TokenKind::Session,
        purpose: purpose(&account.roles),
        ttl_s: ABSOLUTE_S,
        idle_s: Some(idle),
        family: None,
        grant,
    };
    let (token, _) = cx.hub.token_issue_new(new).await?;
    let caller = cx.hub.authenticate(&token).await?;
    let body = me::view(desk, cx, &caller).await?;
    Ok(json::reply(200, &body).session(SessionChange::Start(token)))
}

/// Staff act to treat; what they may under that purpose is their role's affair.
fn purpose(roles: &[Role]) -> Purpose {
    if roles.iter().all(|role| *role == Role::Patient) { Purpose::PatientRequest } else { Purpose::Treatment }
}

/// A full sign-in on a station allows the PIN for another while.
async fn confirm_pin(cx: &RouteCtx, station: &str, account: Uuid, how: &How) -> Result<()> {
    if how.amr.iter().any(|m| m == "pin") {
        return Ok(());
    }
    let Some(pin) = station::pin_take(cx, station, account).await? else { return Ok(()) };
    let confirmed = cx.ctx.clock.now_ms();
    let pin = station::Pin { confirmed, second_factor: how.second_factor, tries: 0, ..pin };
    station::pin_put(cx, station, account, &pin).await
}

async fn make_room(cx: &RouteCtx, account: Uuid) -> Result<()> {
    let tokens = cx.hub.tokens_of(cx.tenant.name(), account).await?;
    let sessions = tokens.iter().filter(|token| token.kind == TokenKind::Session);
    for old in sessions.skip(SESSIONS_MAX - 1) {
        if let Some(family) = old.family {
            cx.hub.family_end(family).await?;
        }
    }
    Ok(())
}

/// Ends every session and chain of tokens of an account, but this one.
///
/// # Errors
/// `Unavailable`.
pub async fn end_all(hub: &store::Hub, tenant: &str, account: Uuid, but: Option<Uuid>) -> Result<usize> {
    let tokens = hub.tokens_of(tenant, account).await?;
    let mut families: Vec<Uuid> = tokens.iter().filter_map(|token| token.family).collect();
    families.sort_unstable();
    families.dedup();
    families.retain(|family| Some(*family) != but);
    for family in &families {
        hub.family_end(*family).await?;
    }
    Ok(families.len())
}

/// Ends one session of an account.
///
/// # Errors
/// `NotFound` when it is none of the account's.
pub async fn end(cx: &RouteCtx, account: Uuid, session: &str) -> Result<()> {
    let family = Uuid::parse_str(session).map_err(|_| Error::NotFound)?;
    let tokens = cx.hub.tokens_of(cx.tenant.name(), account).await?;
    if !tokens.iter().any(|token| token.family == Some(family)) {
        return Err(Error::NotFound);
    }
    cx.hub.family_end(family).await
}

/// Adds a member to an answer that is a JSON object.
pub fn with_member(mut reply: RouteReply, name: &str, value: impl Into<serde_json::Value>) -> RouteReply {
    if let Ok(serde_json::Value::Object(mut body)) = serde_json::from_slice(&reply.body) {
        body.insert(name.to_string(), value.into());
        reply.body = serde_json::Value::Object(body).to_string().into();
    }
    reply
}
