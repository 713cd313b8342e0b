//! What the verbs of sign-in share: the ports, the throttle, the hashing, and who stands before the desk.

use super::hashing::{Hashing, Lane};
use super::throttle::{Knock, Throttle, account_key};
use super::{device, station, text};
use crate::Parts;
use fhir::Code;
use service::{RouteCtx, RouteRequest};
use std::sync::Arc;
use store::{AccountInfo, Actor, Caller, Ctx, Error, Result, Role, TokenKind};
use uuid::Uuid;

/// For so long a factor is fresh, ms.
pub const FRESH_MS: i64 = 300_000;
/// Plain scope of a session that may do nothing but enrol a second factor.
pub const ENROL: &str = "enrol";

/// The front desk.
pub struct Desk {
    pub parts: Parts,
    pub throttle: Throttle,
    pub hashing: Hashing,
}

impl Desk {
    pub fn new(parts: Parts) -> Desk {
        Desk { parts, throttle: Throttle::default(), hashing: Hashing::default() }
    }

    /// Whether this tenant is the sample clinic.
    pub fn is_sample(&self, tenant: &str) -> bool {
        self.parts.sample.as_ref().is_some_and(|sample| sample.tenant == tenant)
    }

    /// Whether someone with these roles must have a second factor: all who work here.
    pub fn wants_second_factor(&self, tenant: &str, roles: &[Role]) -> bool {
        !self.is_sample(tenant) && roles.iter().any(|role| !matches!(role, Role::Patient | Role::Integration))
    }

    /// Counts a try to sign in.
    ///
    /// # Errors
    /// `Refused` (429) when there were too many.
    pub async fn knock(
        &self,
        cx: &RouteCtx,
        request: &RouteRequest,
        account: Option<Uuid>,
        typed: &str,
    ) -> Result<Knock> {
        let tenant = cx.tenant.name();
        let device = match account {
            Some(account) => device::known(cx, request, account).await?,
            None => None,
        };
        let device = match device {
            Some(device) => Some(device),
            None => station::of(cx, request).await?.map(|station| station.id),
        };
        let account = match account {
            Some(id) => account_key(tenant, id),
            None => format!("{tenant}/{}", typed.trim().chars().take(100).collect::<String>().to_lowercase()),
        };
        let knock = Knock { account, address: cx.address, device };
        self.throttle.begin(cx.ctx.clock.now_ms(), &knock).map_err(text::throttled)?;
        Ok(knock)
    }

    /// The lane in which the hash of this try is computed.
    pub fn lane(&self, cx: &RouteCtx, knock: &Knock) -> Lane {
        let known = self.throttle.is_familiar(cx.ctx.clock.now_ms(), knock);
        if known { Lane::Known } else { Lane::Unknown }
    }

    /// Counts a try of somebody who is signed in.
    ///
    /// # Errors
    /// `Refused` (429).
    pub fn knock_again(&self, cx: &RouteCtx, caller: &Caller) -> Result<Knock> {
        let account = account_key(&caller.tenant, caller.actor.id);
        let device = caller.family.map(|family| family.to_string());
        let knock = Knock { account, address: cx.address, device };
        self.throttle.begin(cx.ctx.clock.now_ms(), &knock).map_err(text::throttled)?;
        Ok(knock)
    }
}

/// The person who is signed in, by our own web app or a token of the command line: not an OAuth client.
///
/// # Errors
/// `Denied`.
pub fn person(cx: &RouteCtx) -> Result<&Caller> {
    cx.caller.as_ref().filter(|caller| caller.grant.client.is_none()).ok_or(Error::Denied)
}

/// The same, if a factor other than a PIN was given within the last five minutes.
///
/// # Errors
/// `Refused` (403, `auth.fresh-factor`): the app asks for it and repeats.
pub fn fresh(cx: &RouteCtx) -> Result<&Caller> {
    let caller = person(cx)?;
    let now = cx.ctx.clock.now_ms();
    if !is_fresh(caller, now) {
        return Err(Error::refused(Code::Forbidden, text::FRESH_FACTOR));
    }
    // Four digits that somebody saw over a shoulder must not be worth a passkey of one's own.
    if caller.grant.amr.last().is_some_and(|last| last == "pin") {
        return Err(Error::refused(Code::Forbidden, text::PIN_TOO_LITTLE));
    }
    Ok(caller)
}

fn is_fresh(caller: &Caller, now: i64) -> bool {
    // A token of the command line was made by whoever runs this machine.
    let given = |at| (0..=FRESH_MS).contains(&(now - at));
    caller.kind == TokenKind::Access || caller.grant.factor_at.is_some_and(given)
}

/// A session whose factor is fresh, be it by a PIN: for what cannot wait, and changes no credential.
///
/// # Errors
/// As [`fresh_session`].
pub fn urgent_session(cx: &RouteCtx) -> Result<(&Caller, Uuid)> {
    let caller = person(cx)?;
    if !is_fresh(caller, cx.ctx.clock.now_ms()) {
        return Err(Error::refused(Code::Forbidden, text::FRESH_FACTOR));
    }
    Ok((caller, session_of(caller)?))
}

fn session_of(caller: &Caller) -> Result<Uuid> {
    let family = caller.family.filter(|_| caller.kind == TokenKind::Session);
    family.ok_or_else(|| Error::refused(Code::Forbidden, text::NO_SESSION))
}

/// Whether an account may sign in as a person: programs act by OAuth, or by a token of the command line.
pub fn may_enter(account: &AccountInfo) -> bool {
    !account.disabled && !account.roles.contains(&Role::Integration)
}

/// The same, with the session that it is about.
///
/// # Errors
/// `Refused` without a session of the web app, or without a fresh factor.
pub fn fresh_session(cx: &RouteCtx) -> Result<(&Caller, Uuid)> {
    let caller = fresh(cx)?;
    Ok((caller, session_of(caller)?))
}

/// The context of a request, as the account that it turned out to come from.
pub fn ctx_as(cx: &RouteCtx, account: &AccountInfo) -> Ctx {
    let actor = Actor {
        id: account.id,
        name: account.name.clone(),
        roles: account.roles.clone(),
        person: account.practitioner.clone().map(Into::into),
        system: false,
    };
    Ctx { actor: Arc::new(actor), ..cx.ctx.clone() }
}

/// The account that somebody calls by its name, by its name in other letters, or by its mail address.
///
/// # Errors
/// `Unavailable`.
pub async fn find(cx: &RouteCtx, typed: &str) -> Result<Option<AccountInfo>> {
    let (tenant, typed) = (cx.tenant.name(), typed.trim());
    if typed.is_empty() || typed.len() > 250 {
        return Ok(None);
    }
    if let Some(found) = cx.hub.account(tenant, typed).await? {
        return Ok(Some(found));
    }
    let lower = typed.to_lowercase();
    if let Some(found) = cx.hub.account(tenant, &lower).await? {
        return Ok(Some(found));
    }
    match crate::account::profile::by_mail(&cx.hub, tenant, &lower).await? {
        Some(id) => cx.hub.account_by_id(tenant, id).await,
        None => Ok(None),
    }
}

/// The account of a person who is signed in.
///
/// # Errors
/// `NotFound` when it was removed meanwhile.
pub async fn account_of(cx: &RouteCtx, caller: &Caller) -> Result<AccountInfo> {
    cx.hub.account_by_id(&caller.tenant, caller.actor.id).await?.ok_or(Error::NotFound)
}
