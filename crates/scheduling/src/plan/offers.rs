//! Free places for a case: the engine proposes, the check has the last word.

use super::item::is_open_to;
use super::{Item, Scope, Sheet};
use crate::booking::Booking;
use crate::case::Case;
use crate::duration::Durations;
use crate::index::Index;
use crate::suite::wish::{Wish, check};
use crate::zone::{self, MINUTE};
use jiff::civil::Date;
use std::sync::Arc;

/// Days that are looked through when nobody says how many.
pub(crate) const HORIZON: i64 = 14;
/// Places asked of the engine for each one wanted.
const SPARE: usize = 6;

/// A place that is free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    pub room: String,
    pub start: i64,
    pub end: i64,
    pub cost: i64,
}

/// What is asked.
pub(crate) struct Search<'a> {
    pub wish: &'a Wish,
    pub case: &'a Arc<Case>,
    /// The booking that would move.
    pub booking: Option<&'a Arc<Booking>>,
    pub from: Date,
    pub to: Date,
    pub room: Option<&'a str>,
    /// Near this, or the cheapest.
    pub near: Option<(&'a str, i64)>,
    pub now: i64,
    pub count: usize,
}

pub(crate) fn offers(index: &Index, durations: &Durations, search: &Search<'_>) -> Vec<Offer> {
    let facility =
        search.room.or(search.near.map(|n| n.0)).and_then(|r| index.room(r)).map(|r| r.facility.clone());
    let moving = search.booking.map(|b| b.id.as_str());
    // The waiting case stands for the booking that moves, as long and with the team that was wished.
    let case = Arc::new(Case { minutes: Some(search.wish.minutes), ..(**search.case).clone() });
    let scope = Scope {
        facility: facility.as_deref(),
        from: search.from.max(zone::day_of(search.now)),
        to: search.to,
        now: search.now,
        always: case.urgency == "immediate",
        moves: &|_| false,
        without: &|b| Some(b.id.as_str()) == moving,
        waiting: vec![case.clone()],
    };
    let sheet = Sheet::new(index, durations, &scope);
    let Some(at) = sheet.find(|item: &Item| item.booking.is_none()) else { return Vec::new() };
    let near = search.near.and_then(|(room, start)| sheet.placement(room, start));
    let found = theatre::offers(&sheet.problem, &sheet.plan, at, near, search.count * SPARE);
    let Ok(found) = found else { return Vec::new() };
    let mut out = Vec::new();
    for offer in found {
        if out.len() == search.count {
            break;
        }
        let Some((room, start)) = sheet.at(offer.at) else { continue };
        if search.room.is_some_and(|wanted| wanted != room) {
            continue;
        }
        let wish = Wish { room: room.to_string(), start, ..search.wish.clone() };
        let end = start + wish.minutes * MINUTE;
        let surgeon = case.surgeon.as_deref();
        let open = scope.always
            || is_open_to(index, room, zone::day_of(start), search.now, surgeon, Some((start, end)));
        if !open || !check(index, search.case, search.booking, &wish, search.now).clashes.is_empty() {
            continue;
        }
        out.push(Offer { room: room.to_string(), start, end, cost: offer.cost });
    }
    out
}
