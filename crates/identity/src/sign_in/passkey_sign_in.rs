//! `POST auth/passkey/begin` and `POST auth/passkey/finish {ticket, credential}`: signing in with a passkey
//! alone. It is two factors by itself: the device, and the finger or PIN that opened it. There is nothing to
//! guess, so it is not held back by wrong passwords.

use super::desk::{self, Desk};
use super::session::{self, How};
use super::ticket::{self, Ticket};
use super::{json, passkey, text};
use fhir::Code;
use serde::Deserialize;
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};
use webauthn_rs::prelude::PublicKeyCredential;

pub async fn begin(desk: Arc<Desk>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    let party = passkey::relying_party(&cx)?;
    desk.throttle.ask(cx.ctx.clock.now_ms(), cx.address).map_err(text::throttled)?;
    let begun = party.start_discoverable_authentication();
    let (options, state) = begun.map_err(|_| Error::refused(Code::NotSupported, text::PASSKEY_HOST))?;
    let number = ticket::issue(&cx, &Ticket::Passkey(Box::new(state))).await?;
    Ok(json::reply(200, &json!({"ticket": number, "options": options})))
}

#[derive(Deserialize)]
struct Asked {
    ticket: String,
    credential: PublicKeyCredential,
}

pub async fn finish(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let asked: Asked = json::read(&request)?;
    let Ticket::Passkey(state) = ticket::take(&cx, &asked.ticket).await? else {
        return Err(text::ticket_over());
    };
    let account = match passkey::verify_any(&cx, *state, &asked.credential).await? {
        Some(id) => cx.hub.account_by_id(cx.tenant.name(), id).await?.filter(desk::may_enter),
        None => None,
    };
    let Some(account) = account else {
        cx.tenant.audit_sign_in(&cx.ctx, "passkey", false).await?;
        return Err(text::refused());
    };
    session::start(&desk, &cx, &request, &account, How::new(&["hwk"], true)).await
}
