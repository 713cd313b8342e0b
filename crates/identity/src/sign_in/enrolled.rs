//! What follows when a second factor comes or goes.

use super::credential::{self, Credential};
use super::desk::Desk;
use super::{json, mails, me, recovery, session, text};
use fhir::Code;
use serde_json::json;
use service::{RouteCtx, RouteReply};
use store::{Caller, Error, Result};

/// Whether a session may add a factor: one that lacks the second factor its owner must have, only while the
/// account has none. Else whoever knows the password alone would add a factor of his own.
///
/// # Errors
/// `Refused`.
pub async fn may_add(cx: &RouteCtx, caller: &Caller) -> Result<()> {
    let there = credential::load(&cx.hub, &caller.tenant, caller.actor.id).await?.has_second_factor();
    if there && me::is_limited(caller) {
        return Err(Error::refused(Code::Forbidden, text::FACTOR_THERE));
    }
    Ok(())
}

/// After an enrolment: the first time ten recovery codes, and a session that is whole, with another token.
///
/// # Errors
/// `Unavailable`.
pub async fn answer(
    desk: &Desk,
    cx: &RouteCtx,
    caller: &Caller,
    what: &str,
    method: &str,
) -> Result<RouteReply> {
    let account = caller.actor.id;
    let codes = recovery::draw()?;
    let hashes = recovery::hashes(account, &codes);
    let first = credential::change(&cx.hub, &caller.tenant, account, |credential| {
        let first = credential.recovery.is_empty();
        if first {
            credential.recovery.clone_from(&hashes);
        }
        first
    });
    let first = first.await?;
    cx.tenant.audit_sign_in(&cx.ctx, what, true).await?;
    mails::tell_changed(desk, cx, account).await;
    if first {
        // Sessions of before, with the password alone, are not known to be the owner's.
        session::end_all(&cx.hub, &caller.tenant, account, caller.family).await?;
    }
    let now = cx.ctx.clock.now_ms();
    let renewed = session::renew(desk, cx, caller, |grant| {
        (grant.scopes, grant.second_factor, grant.factor_at) = (None, true, Some(now));
        grant.plain_scopes.clear();
        grant.amr.truncate(1);
        grant.amr.push(method.to_string());
    });
    let session = renewed.await?.session;
    let recovery = first.then_some(codes);
    Ok(RouteReply { session, ..json::reply(200, &json!({"recovery": recovery})) })
}

/// Whether an account may be left as it now is: with another second factor, or with a password that can stand
/// alone. Recovery codes without a second factor go with it.
pub fn may_lose(credential: &mut Credential) -> bool {
    if credential.has_second_factor() {
        return true;
    }
    credential.recovery.clear();
    credential.password.as_ref().is_some_and(|password| password.long)
}

/// Takes a factor away.
///
/// # Errors
/// `Refused` when the account would be left with too little.
pub async fn lose(
    desk: &Desk,
    cx: &RouteCtx,
    caller: &Caller,
    what: &str,
    change: impl Fn(&mut Credential) -> bool + Send + Sync,
) -> Result<RouteReply> {
    if !credential::change(&cx.hub, &caller.tenant, caller.actor.id, change).await? {
        return Err(Error::refused(Code::Conflict, text::LAST_FACTOR));
    }
    cx.tenant.audit_sign_in(&cx.ctx, what, true).await?;
    mails::tell_changed(desk, cx, caller.actor.id).await;
    Ok(RouteReply::empty(204))
}
