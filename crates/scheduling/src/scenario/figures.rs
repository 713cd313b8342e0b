//! What a plan comes to: counted plainly, and as the optimiser weighs it.

use crate::booking::Kind;
use crate::duration::Durations;
use crate::element::text;
use crate::index::Index;
use crate::optimise;
use crate::plan::{Scope, Sheet};
use crate::suite::waiting::{all_that_wait, waits};
use crate::zone::{self, MINUTE};
use fhir::Json;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// `{cases, minutes, overtime, roomDays, waiting, late, cost: {…}}`: minutes of the rooms, minutes beyond their hours,
/// rooms opened, cases that wait and those of them past their target.
pub(super) fn figures(
    index: &Index,
    durations: &Durations,
    (from, to): (Date, Date),
    facility: Option<&str>,
    now: i64,
) -> Json<'static> {
    let (start, end) = (zone::midnight(from), zone::midnight(zone::plus(to, 1)));
    let rooms: BTreeSet<&String> = index.rooms(facility).iter().map(|room| &room.what).collect();
    let mut ends: BTreeMap<(&String, Date), i64> = BTreeMap::new();
    let (mut cases, mut minutes) = (0, 0);
    for booking in index.between(start, end) {
        let shown = booking.is_taking(now) || booking.status.as_str() == "fulfilled";
        let Some(room) = booking.room.as_ref().filter(|room| rooms.contains(room)) else { continue };
        if booking.kind != Kind::Theatre || !shown {
            continue;
        }
        cases += 1;
        minutes += (booking.end - booking.start) / MINUTE;
        let last = ends.entry((room, zone::day_of(booking.start))).or_default();
        *last = (*last).max(booking.end);
    }
    let over = |((room, day), end): (&(&String, Date), &i64)| {
        let close = index.room(room).map_or(*end, |room| zone::at(*day, room.hours.1));
        ((end - close) / MINUTE).max(0)
    };
    let waiting = all_that_wait(index, facility, now);
    let late = waiting.iter().filter(|case| case.late(to).is_some_and(|days| days > 0)).count();
    let scope = Scope {
        facility,
        from,
        to,
        now,
        always: false,
        moves: &|_| false,
        without: &|_| false,
        waiting: waits(index, facility, now).into_iter().cloned().collect(),
    };
    let sheet = Sheet::new(index, durations, &scope);
    let cost = ::theatre::cost(&sheet.problem, &sheet.plan);
    Json::object([
        ("cases", Json::integer(cases)),
        ("minutes", Json::integer(minutes)),
        ("overtime", Json::integer(ends.iter().map(over).sum::<i64>())),
        ("roomDays", Json::integer(ends.len() as i64)),
        ("waiting", Json::integer(waiting.len() as i64)),
        ("late", Json::integer(late as i64)),
        ("cost", optimise::cost_told(&cost)),
    ])
}

/// A place, as JSON.
pub(super) fn place(index: &Index, room: &str, start: i64, minutes: i64) -> Json<'static> {
    Json::object([
        ("room", text(room)),
        ("roomName", text(index.name(room))),
        ("start", crate::element::instant(start)),
        ("end", crate::element::instant(start + minutes * MINUTE)),
    ])
}
