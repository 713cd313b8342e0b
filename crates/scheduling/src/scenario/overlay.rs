//! The plan as it would be: the index with the moves of a scenario made on a copy.

use super::kept::{self, Planned, Scenario};
use crate::booking::Booking;
use crate::booking::clash::Clash;
use crate::index::{Index, everyone};
use crate::suite::change::is_begun;
use crate::suite::save::{appointment, by_itself};
use crate::suite::several::tried;
use crate::zone::{self, DAY};
use fhir::{Json, ResourceType};
use jiff::civil::Date;
use service::RouteCtx;
use std::collections::HashMap;
use std::sync::Arc;
use store::Result;

/// Ids of bookings that only a scenario has begin so; the case's id follows.
const NEW: &str = "scenario-";

/// A scenario with what its bookings are in the record, to be laid over the plan.
pub(crate) struct World {
    pub scenario: Scenario,
    stored: HashMap<String, Json<'static>>,
}

/// Why a move is worth nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stale {
    /// The booking, or the case, is not there any more.
    Gone,
    /// Somebody changed the booking since.
    Changed,
    /// Somebody booked the case since.
    Booked,
    Past,
    /// The patient is in the room, or was: that stands on the Procedure, and no version of the booking tells it.
    Begun,
}

impl Stale {
    pub fn as_str(self) -> &'static str {
        match self {
            Stale::Gone => "gone",
            Stale::Changed => "changed",
            Stale::Booked => "booked",
            Stale::Past => "past",
            Stale::Begun => "begun",
        }
    }
}

/// The copy, and what each move came to, in the scenario's order.
pub(crate) struct Overlay {
    pub index: Index,
    pub(super) placed: Vec<Placed>,
}

pub(super) struct Placed {
    pub stale: Option<Stale>,
    pub clashes: Vec<Clash>,
}

/// # Errors
/// When there is no such scenario; `Unavailable`.
pub(crate) async fn open(cx: &RouteCtx, id: &str) -> Result<World> {
    world(cx, kept::find(cx, id).await?).await
}

/// # Errors
/// `Unavailable`.
pub(super) async fn world(cx: &RouteCtx, scenario: Scenario) -> Result<World> {
    let ids: Vec<&str> = scenario.moves.iter().filter_map(|one| one.what.booking.as_deref()).collect();
    let mut found = HashMap::new();
    // One search for many: each reading by itself would be an entry of the audit log.
    for some in ids.chunks(100) {
        let params = vec![("_id".to_string(), some.join(","))];
        for visible in everyone(&cx.tenant, &by_itself(cx), ResourceType::APPOINTMENT, params).await? {
            found.insert(visible.id.clone(), appointment(&visible.body)?);
        }
    }
    Ok(World { scenario, stored: found })
}

impl World {
    /// Lays the scenario over the plan. `days`: what will be looked at; `but`: the key of a move that is left out.
    pub fn lay(&self, index: &Index, days: (Date, Date), but: Option<&str>, now: i64) -> Overlay {
        let moves = &self.scenario.moves;
        let starts = moves.iter().filter_map(|one| one.what.to.as_ref()).map(|wish| wish.start);
        let all = starts.chain([zone::midnight(days.0), zone::midnight(zone::plus(days.1, 1))]);
        let (first, last) = all.fold((i64::MAX, i64::MIN), |(a, b), at| (a.min(at), b.max(at)));
        let mut scratch = index.scratch(first - DAY, last + 2 * DAY);
        // A case that is booked on another day does not wait.
        for case in index.cases.values().filter(|case| case.is_open()) {
            for booking in index.bookings_of(&case.what) {
                if !scratch.bookings.contains_key(&booking.id) {
                    scratch.put((**booking).clone());
                }
            }
        }
        let stale: Vec<Option<Stale>> = moves.iter().map(|one| stale(index, one, now)).collect();
        let counts = |n: &usize| stale[*n].is_none() && but != Some(moves[*n].key());
        let living: Vec<usize> = (0..moves.len()).filter(counts).collect();
        for n in &living {
            if let Some(id) = &moves[*n].what.booking {
                scratch.drop_booking(id);
            }
        }
        let mut placed: Vec<Placed> =
            stale.iter().map(|stale| Placed { stale: *stale, clashes: Vec::new() }).collect();
        let mut ordered = living;
        ordered
            .sort_by_key(|n| moves[*n].what.to.as_ref().map(|w| (moves[*n].what.booking.is_none(), w.start)));
        for n in ordered {
            let one = &moves[n].what;
            let Some(wish) = &one.to else { continue };
            let old =
                one.booking.as_ref().and_then(|id| Some((index.bookings.get(id)?, self.stored.get(id)?)));
            let checked = tried(&scratch, one, wish, old, now);
            let mut booking = checked.booking;
            booking.id = one.booking.clone().unwrap_or_else(|| id_of(&one.case));
            booking.version = old.map_or(0, |(old, _)| old.version);
            scratch.put(booking);
            placed[n].clashes = checked.clashes;
        }
        Overlay { index: scratch, placed }
    }
}

/// The id that a case's booking has in scenarios.
pub(super) fn id_of(case: &str) -> String {
    format!("{NEW}{}", case.strip_prefix("ServiceRequest/").unwrap_or(case))
}

/// The case of a booking that only a scenario has.
pub(crate) fn case_named(booking: &str) -> Option<String> {
    booking.strip_prefix(NEW).map(|id| format!("ServiceRequest/{id}"))
}

fn stale(index: &Index, one: &Planned, now: i64) -> Option<Stale> {
    if one.what.to.as_ref().is_some_and(|wish| wish.start < now - zone::MINUTE * 60) {
        return Some(Stale::Past);
    }
    let taking = |b: &&Arc<Booking>| b.is_taking(now);
    match &one.what.booking {
        Some(id) => match index.bookings.get(id).filter(taking) {
            None => Some(Stale::Gone),
            Some(booking) if Some(booking.version) != one.base => Some(Stale::Changed),
            Some(booking) if is_begun(index, booking) => Some(Stale::Begun),
            Some(_) => None,
        },
        None if index.booking_of(&one.what.case, now).is_some() => Some(Stale::Booked),
        None if !index.cases.get(&one.what.case).is_some_and(|case| case.is_open()) => Some(Stale::Gone),
        None => None,
    }
}
