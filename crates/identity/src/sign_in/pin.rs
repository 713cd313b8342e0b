//! `PUT account/pin {pin}`: a PIN for this ward station. It is good while the last full sign-in on the station
//! is not older than twelve hours, and for five tries.

use super::desk::{self, Desk};
use super::hashing::Lane;
use super::station::{self, Pin};
use super::{json, text};
use fhir::Code;
use serde::Deserialize;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

#[derive(Deserialize)]
struct Asked {
    pin: String,
}

pub async fn set(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let asked: Asked = json::read(&request)?;
    let (caller, _) = desk::fresh_session(&cx)?;
    let station = station::of(&cx, &request).await?.map(|station| station.id);
    // Signed in on this very station, and not by a PIN: else one PIN would beget the next for ever.
    let full = caller.grant.amr.first().is_some_and(|first| first != "pin");
    let Some(station) = station.filter(|id| caller.grant.station.as_ref() == Some(id) && full) else {
        return Err(Error::refused(Code::Forbidden, text::NO_STATION));
    };
    if !is_good(&asked.pin) {
        return Err(text::wrong("pin", text::PIN_FORM));
    }
    let pin = Pin {
        hash: desk.hashing.hash(Lane::Known, &asked.pin).await?,
        confirmed: cx.ctx.clock.now_ms(),
        second_factor: caller.grant.second_factor,
        tries: 0,
    };
    station::pin_put(&cx, &station, caller.actor.id, &pin).await?;
    cx.tenant.audit_sign_in(&cx.ctx, "pin-set", true).await?;
    Ok(RouteReply::empty(204))
}

fn is_good(pin: &str) -> bool {
    let digits: Vec<i32> = pin.bytes().map(i32::from).collect();
    let even = |step: i32| digits.windows(2).all(|pair| pair[1] - pair[0] == step);
    (4..=8).contains(&pin.len())
        && pin.bytes().all(|b| b.is_ascii_digit())
        && ![-1, 0, 1].iter().any(|step| even(*step))
}

#[cfg(test)]
mod tests {
    use super::is_good;

    #[test]
    fn pins() {
        assert!(is_good("2580") && is_good("13579135"));
        for bad in ["", "123", "1234", "4321", "0000", "123456789", "12a4", "１２５７"] {
            assert!(!is_good(bad), "{bad}");
        }
    }
}
