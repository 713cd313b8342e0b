//! `POST account/passkeys/begin`, `POST account/passkeys/finish {ticket, name, credential}`,
//! `DELETE account/passkeys/{id}`.

use super::credential::{self, Credential, Key, PASSKEYS_MAX};
use super::desk::{self, Desk};
use super::ticket::{self, Ticket};
use super::{enrolled, json, me, passkey, text};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fhir::Code;
use serde::Deserialize;
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};
use webauthn_rs::prelude::RegisterPublicKeyCredential;

pub async fn begin(_: Arc<Desk>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    let (caller, _) = desk::fresh_session(&cx)?;
    enrolled::may_add(&cx, caller).await?;
    let (account, user) = (caller.actor.id, &caller.actor.name);
    let credential = credential::load(&cx.hub, &caller.tenant, account).await?;
    if credential.passkeys.len() >= PASSKEYS_MAX {
        return Err(Error::refused(Code::BusinessRule, text::TOO_MANY_KEYS));
    }
    let known = credential.passkeys.iter().map(|key| key.key.cred_id().clone()).collect();
    let begun = passkey::relying_party(&cx)?.start_passkey_registration(account, user, user, Some(known));
    let (options, state) = begun.map_err(|_| Error::refused(Code::NotSupported, text::PASSKEY_HOST))?;
    let ticket = Ticket::Enrol { account, passkey: Box::new(state) };
    let number = ticket::issue(&cx, &ticket).await?;
    let mut options = serde_json::to_value(options).map_err(|_| Error::Corrupt("a ceremony".into()))?;
    // So that the passkey can sign in alone, without a name being typed.
    if let Some(choice) = options.pointer_mut("/publicKey/authenticatorSelection") {
        choice["residentKey"] = "required".into();
        choice["requireResidentKey"] = true.into();
    }
    Ok(json::reply(200, &json!({"ticket": number, "options": options})))
}

#[derive(Deserialize)]
struct Asked {
    ticket: String,
    name: Option<String>,
    credential: RegisterPublicKeyCredential,
}

pub async fn finish(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let asked: Asked = json::read(&request)?;
    let (caller, _) = desk::fresh_session(&cx)?;
    let state = match ticket::take(&cx, &asked.ticket).await? {
        Ticket::Enrol { account, passkey } if account == caller.actor.id => passkey,
        _ => return Err(text::ticket_over()),
    };
    let verified = passkey::relying_party(&cx)?.finish_passkey_registration(&asked.credential, &state);
    let verified = verified.map_err(|_| text::wrong("credential", text::PASSKEY_WRONG))?;
    let name: String = asked.name.unwrap_or_default().trim().chars().take(60).collect();
    let key = Key {
        id: URL_SAFE_NO_PAD.encode(verified.cred_id()),
        name: if name.is_empty() { "Passkey".to_string() } else { name },
        created: cx.ctx.clock.now_ms(),
        used: None,
        key: verified,
    };
    let limited = me::is_limited(caller);
    let change = |credential: &mut Credential| {
        if limited && credential.has_second_factor() {
            return false;
        }
        let known = credential.passkeys.iter().any(|kept| kept.id == key.id);
        if known || credential.passkeys.len() >= PASSKEYS_MAX {
            return false;
        }
        credential.passkeys.push(key.clone());
        true
    };
    if !credential::change(&cx.hub, &caller.tenant, caller.actor.id, change).await? {
        return Err(text::wrong("credential", text::PASSKEY_WRONG));
    }
    enrolled::answer(&desk, &cx, caller, "passkey-enrolled", "hwk").await
}

pub async fn remove(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let (caller, _) = desk::fresh_session(&cx)?;
    let id = request.param("id");
    let credential = credential::load(&cx.hub, &caller.tenant, caller.actor.id).await?;
    if !credential.passkeys.iter().any(|key| key.id == id) {
        return Err(Error::NotFound);
    }
    let change = |credential: &mut Credential| {
        credential.passkeys.retain(|key| key.id != id);
        enrolled::may_lose(credential)
    };
    enrolled::lose(&desk, &cx, caller, "passkey-removed", change).await
}
