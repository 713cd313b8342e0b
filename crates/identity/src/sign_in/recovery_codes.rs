//! `POST account/recovery-codes`: ten new recovery codes; the former ones end.

use super::desk::{self, Desk};
use super::{credential, json, mails, recovery, text};
use fhir::Code;
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub async fn renew(desk: Arc<Desk>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    let (caller, _) = desk::fresh_session(&cx)?;
    let account = caller.actor.id;
    let codes = recovery::draw()?;
    let hashes = recovery::hashes(account, &codes);
    let change = |credential: &mut credential::Credential| {
        credential.recovery.clone_from(&hashes);
        credential.has_second_factor()
    };
    if !credential::change(&cx.hub, &caller.tenant, account, change).await? {
        return Err(Error::refused(Code::Conflict, text::NO_FACTOR));
    }
    cx.tenant.audit_sign_in(&cx.ctx, "recovery-codes-renewed", true).await?;
    mails::tell_changed(&desk, &cx, account).await;
    Ok(json::reply(200, &json!({"codes": codes})))
}
