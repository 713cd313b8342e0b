//! Whether something can be done about the day: in the plan as it stands, which the verbs will ask, and in the day as
//! it will be.

use super::project::{Projected, Stay, late, lateness, project};
use super::stay::Today;
use crate::booking::Booking;
use crate::duration::Durations;
use crate::index::Index;
use crate::plan::offers::{Offer, Search, offers};
use crate::plan::{Item, SLOT, facility_of};
use crate::suite::book::ahead;
use crate::suite::change::may_move;
use crate::suite::check::case_of;
use crate::suite::wish::{Wish, check};
use crate::zone::{self, DAY, MINUTE};
use std::sync::Arc;

/// Places that are asked of the engine for one case.
const PLACES: usize = 6;
/// Moments at which places are sought for one case.
const MOMENTS_MAX: usize = 5;

/// Today with what will be.
pub(super) struct Ahead<'a> {
    pub today: &'a Today<'a>,
    pub durations: &'a Durations,
    pub projected: Vec<Projected>,
    /// Minutes behind the plan, of all cases that have not begun.
    pub late: i64,
    /// The index with the bookings of today when they will really be.
    real: Index,
}

impl<'a> Ahead<'a> {
    pub fn new(today: &'a Today<'a>, durations: &'a Durations) -> Ahead<'a> {
        let projected = project(&today.stays, today.now);
        let midnight = zone::midnight(zone::day_of(today.now));
        let mut real = today.index.scratch(midnight, midnight + 2 * DAY);
        for (booking, at) in today.bookings.iter().zip(&projected) {
            real.put(shifted(booking, at));
        }
        let late = lateness(&today.stays, &projected);
        Ahead { today, durations, projected, late, real }
    }

    /// What was planned for it, elsewhere.
    fn wish(booking: &Booking, room: &str, start: i64) -> Wish {
        Wish {
            room: room.to_string(),
            start,
            minutes: ((booking.end - booking.start) / MINUTE).max(1),
            cleaning: booking.cleaning,
            team: Some(booking.team.clone()),
        }
    }

    /// Whether the verb would move it there.
    fn is_let(&self, booking: &Arc<Booking>, wish: &Wish) -> bool {
        let index = self.today.index;
        let case = case_of(index, booking);
        may_move(index, booking, Some(wish)).is_ok()
            && ahead(wish.start, self.today.now).is_ok()
            && check(index, &case, Some(booking), wish, self.today.now).clashes.is_empty()
    }

    /// Places of today for a case that waits, by the engine's decoder, the nearest to `from` first: free in the day
    /// as it will be and by the plan.
    pub fn places(&self, booking: &Arc<Booking>, from: i64) -> Vec<Offer> {
        let Some(room) = booking.room.as_deref() else { return Vec::new() };
        let (case, day) = (case_of(self.today.index, booking), zone::day_of(self.today.now));
        let wish = Self::wish(booking, room, from);
        let search = Search {
            wish: &wish,
            case: &case,
            booking: Some(booking),
            from: day,
            to: day,
            room: None,
            near: Some((room, from)),
            now: self.today.now,
            count: PLACES,
        };
        let mut found: Vec<Offer> = Vec::new();
        // The engine counts the team by roles; those who are named are waited for one by one.
        for from in self.moments(booking, from) {
            for offer in offers(&self.real, self.durations, &Search { near: Some((room, from)), ..search }) {
                let let_be = offer.start >= search.wish.start
                    && self.is_let(booking, &Self::wish(booking, &offer.room, offer.start));
                if let_be && !found.contains(&offer) {
                    found.push(offer);
                }
            }
        }
        found
    }

    /// When it could be: at once, or when one of its team is free again.
    fn moments(&self, booking: &Booking, from: i64) -> Vec<i64> {
        let until = from + DAY / 2;
        let of_person = |who: &String| {
            let all = self.real.of(who, from - DAY, until).filter(|b| b.id != booking.id);
            all.map(|b| grid(b.end)).filter(|end| *end > from).collect::<Vec<_>>()
        };
        let mut moments: Vec<i64> = booking.team.iter().flat_map(|m| of_person(&m.who)).collect();
        moments.push(from);
        moments.sort_unstable();
        moments.dedup();
        moments.truncate(MOMENTS_MAX);
        moments
    }

    /// Whether a case can begin then where it is planned.
    pub fn can_begin(&self, booking: &Arc<Booking>, start: i64) -> bool {
        let Some(room) = booking.room.as_deref() else { return false };
        let wish = Self::wish(booking, room, start);
        let case = case_of(&self.real, booking);
        self.is_let(booking, &wish)
            && check(&self.real, &case, Some(booking), &wish, self.today.now).clashes.is_empty()
    }

    /// Whether two cases can take each other's room and start, as the verb will check it.
    pub fn can_swap(&self, a: &Arc<Booking>, b: &Arc<Booking>) -> bool {
        let now = self.today.now;
        let (Some(of_a), Some(of_b)) = (a.room.as_deref(), b.room.as_deref()) else { return false };
        let (first, second) = (Self::wish(a, of_b, b.start), Self::wish(b, of_a, a.start));
        let index = self.today.index;
        let late = ahead(a.start.min(b.start), now).is_err();
        if late || may_move(index, a, Some(&first)).is_err() || may_move(index, b, Some(&second)).is_err() {
            return false;
        }
        let fits = |booking: &Arc<Booking>, wish: &Wish| {
            let item = Item::of_booking(index, self.durations, booking, true);
            let same =
                facility_of(index, &wish.room) == booking.room.as_deref().and_then(|r| facility_of(index, r));
            same && item.fits(index, &wish.room, zone::day_of(wish.start), now, false)
        };
        if !fits(a, &first) || !fits(b, &second) {
            return false;
        }
        let mut scratch = index.scratch(a.start.min(b.start) - DAY, a.end.max(b.end) + DAY);
        scratch.drop_booking(&a.id);
        scratch.drop_booking(&b.id);
        let checked = check(&scratch, &case_of(index, a), Some(a), &first, now);
        if !checked.clashes.is_empty() {
            return false;
        }
        scratch.put(checked.booking);
        check(&scratch, &case_of(index, b), Some(b), &second, now).clashes.is_empty()
    }

    /// Minutes of lateness that a changed day avoids, and the changed day.
    pub fn avoided(&self, change: impl FnOnce(&mut [Stay])) -> (i64, Vec<Projected>) {
        let mut stays = self.today.stays.clone();
        change(&mut stays);
        let projected = project(&stays, self.today.now);
        (self.late - lateness(&stays, &projected), projected)
    }

    /// Minutes behind the plan of the case at that place of the list.
    pub fn late_at(&self, at: usize) -> i64 {
        late(&self.today.stays[at], &self.projected[at])
    }
}

/// The next moment of the engine's grid.
pub(super) fn grid(ms: i64) -> i64 {
    ms + (SLOT - ms.rem_euclid(SLOT)) % SLOT
}

/// A booking when it will really be: what it takes from the start moves with the start, what it takes from the end
/// with the end.
fn shifted(booking: &Booking, at: &Projected) -> Booking {
    let (early, late) = (at.start - booking.start, at.end - booking.end);
    let by = |moment: i64, end: bool| moment + if moment >= booking.end || end { late } else { early };
    let mut moved = booking.clone();
    for take in &mut moved.takes {
        let until = by(take.until, true);
        take.from = by(take.from, false);
        take.until = until.max(take.from);
    }
    (moved.start, moved.end) = (at.start, at.end);
    moved
}
