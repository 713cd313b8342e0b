//! The circumstances of a request: factors given, and break-glass.

use crate::ctx::{Ctx, Purpose};
use crate::grant::Grant;
use policy::Station;

/// A factor is fresh for so long.
pub const FRESH_MS: i64 = 300_000;

/// A token of the command line: neither an app's nor of a session. Who makes one can read the root key.
fn of_command_line(grant: &Grant) -> bool {
    grant.client.is_none() && grant.station.is_none() && grant.factor_at.is_none() && grant.amr.is_empty()
}

pub(crate) fn station(ctx: &Ctx) -> Station {
    let (grant, now) = (&ctx.grant, ctx.clock.now_ms());
    let given = grant.factor_at.is_some_and(|at| (0..=FRESH_MS).contains(&now.saturating_sub(at)));
    Station::SAME_TENANT
        .set(Station::SECOND_FACTOR, grant.second_factor)
        .set(Station::FRESH_FACTOR, given || of_command_line(grant))
}

/// Whether break-glass is open for some patient.
pub(crate) fn glass_any(ctx: &Ctx) -> bool {
    let now = ctx.clock.now_ms();
    glass(ctx, None) || ctx.grant.break_glass.iter().any(|open| open.until > now)
}

/// Whether break-glass is open for a patient; of a token of the command line, for all.
pub(crate) fn glass(ctx: &Ctx, patient: Option<&str>) -> bool {
    let now = ctx.clock.now_ms();
    ctx.purpose == Purpose::BreakGlass && of_command_line(&ctx.grant)
        || patient
            .is_some_and(|id| ctx.grant.break_glass.iter().any(|open| open.patient == id && open.until > now))
}
