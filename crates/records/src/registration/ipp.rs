//! Record numbers (IPP): two digits of the year and six of a sequence that the tenant keeps.
//!
//! The sequence is advanced before a number is used, so of two registrations at once each has its own, on all
//! nodes; numbers may be skipped. That a number is free is the rule's affair (`record_number.rs`): after an
//! import the sequence finds its place by steps that double.

use parking_lot::Mutex;
use service::RouteCtx;
use store::{Error, Result};

const DRAWER: &str = "ipp";

/// The next number; `step` is how far the sequence moves.
///
/// # Errors
/// `Unavailable`.
pub(super) async fn next(cx: &RouteCtx, step: u32) -> Result<String> {
    let date = fhir::date::date_format(cx.ctx.clock.now_ms());
    let year = date.get(2..4).unwrap_or("00");
    let tenant = cx.tenant.name();
    let drawn = Mutex::new(0u32);
    let advance = |now: &[u8]| {
        let next = std::str::from_utf8(now).ok()?.parse::<u32>().ok()?.checked_add(step)?;
        *drawn.lock() = next;
        Some(next.to_string().into_bytes())
    };
    for _ in 0..3 {
        if cx.hub.vault_change(tenant, DRAWER, year, advance).await? {
            return Ok(format!("{year}{:06}", *drawn.lock()));
        }
        cx.hub.vault_add(tenant, DRAWER, year, None, b"0").await?;
    }
    Err(Error::Corrupt("the sequence of record numbers".into()))
}
