//! `POST auth/station-reentry {user, pin}`: back on a ward station in seconds. Only on the station where the PIN
//! was set, and only where that person signed in fully not long ago.

use super::desk::{self, Desk};
use super::hashing::Lane;
use super::session::{self, How};
use super::station::{self, PIN_TRIES, Pin};
use super::{json, text};
use fhir::Code;
use serde::Deserialize;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};
use uuid::Uuid;

#[derive(Deserialize)]
struct Asked {
    user: String,
    pin: String,
}

pub async fn reenter(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let asked: Asked = json::read(&request)?;
    if station::of(&cx, &request).await?.is_none() {
        return Err(Error::refused(Code::Forbidden, text::NO_STATION));
    }
    let found = desk::find(&cx, &asked.user).await?;
    let knock = desk.knock(&cx, &request, found.as_ref().map(|a| a.id), &asked.user).await?;
    let Some(account) = found.filter(desk::may_enter) else {
        desk.hashing.verify(Lane::Known, &asked.pin, None).await?;
        cx.tenant.audit_sign_in(&cx.ctx, "pin", false).await?;
        return Err(pin_over());
    };
    let Some(pin) = pin_is_right(&desk, &cx, &request, account.id, &asked.pin).await? else {
        cx.tenant.audit_sign_in(&desk::ctx_as(&cx, &account), "pin", false).await?;
        return Err(text::refused());
    };
    desk.throttle.succeeded(cx.ctx.clock.now_ms(), &knock, 1);
    session::start(&desk, &cx, &request, &account, How::new(&["pin"], pin.second_factor)).await
}

/// The PIN of an account on the station that the request comes from, if it is the one that was typed.
///
/// # Errors
/// `Refused` when there is none, or none any more: after too many tries, or too long after a full sign-in.
pub async fn pin_is_right(
    desk: &Desk,
    cx: &RouteCtx,
    request: &RouteRequest,
    account: Uuid,
    typed: &str,
) -> Result<Option<Pin>> {
    let station = station::of(cx, request).await?;
    let station = station.ok_or_else(|| Error::refused(Code::Forbidden, text::NO_STATION))?;
    let typed: String = typed.chars().take(20).collect();
    let Some(mut pin) = station::pin_take(cx, &station.id, account).await? else {
        desk.hashing.verify(Lane::Known, &typed, None).await?;
        return Err(pin_over());
    };
    let right = desk.hashing.verify(Lane::Known, &typed, Some(&pin.hash)).await?;
    pin.tries = if right { 0 } else { pin.tries + 1 };
    if pin.tries < PIN_TRIES {
        station::pin_put(cx, &station.id, account, &pin).await?;
    }
    Ok(right.then_some(pin))
}

fn pin_over() -> Error {
    Error::refused(Code::Login, text::PIN_OVER)
}
