//! The cases of today from the index.

use super::project::Stay;
use crate::booking::{Booking, Kind, Status};
use crate::duration::Durations;
use crate::index::Index;
use crate::place::Room;
use crate::zone::{self, MINUTE};
use std::sync::Arc;
use theatre::durations::{Level, LogNormal};

/// More of them in one day is no theatre.
const CASES_MAX: usize = 400;

/// Today in the rooms of a site.
pub(super) struct Today<'a> {
    pub index: &'a Index,
    pub rooms: Vec<&'a Room>,
    pub bookings: Vec<&'a Arc<Booking>>,
    /// One for each booking.
    pub stays: Vec<Stay>,
    pub now: i64,
}

impl<'a> Today<'a> {
    pub fn new(index: &'a Index, durations: &Durations, facility: Option<&str>, now: i64) -> Today<'a> {
        let day = zone::day_of(now);
        let (from, until) = (zone::midnight(day), zone::midnight(zone::plus(day, 1)));
        let rooms = index.rooms(facility);
        let here = |b: &&Arc<Booking>| {
            let stands = matches!(b.status, Status::Booked | Status::Arrived | Status::Fulfilled);
            b.kind == Kind::Theatre && stands && rooms.iter().any(|r| Some(&r.what) == b.room.as_ref())
        };
        let bookings: Vec<&Arc<Booking>> = index.between(from, until).filter(here).take(CASES_MAX).collect();
        let stays = bookings.iter().map(|b| stay(index, durations, b)).collect();
        Today { index, rooms, bookings, stays, now }
    }
}

fn stay(index: &Index, durations: &Durations, booking: &Booking) -> Stay {
    let course = booking.case.as_ref().and_then(|case| index.courses.get(case));
    let at = |code: &str| course?.milestones.iter().find(|(known, _)| known == code).map(|(_, at)| *at);
    let needed = |role: &str| matches!(role, "surgeon" | "anaesthetist");
    let people = booking.team.iter().filter(|m| needed(m.role)).map(|m| m.who.clone()).collect();
    // What was finished without a milestone was finished as planned.
    let done = booking.status == Status::Fulfilled || course.is_some_and(|c| c.status == "completed");
    let otherwise = |planned: i64| done.then_some(planned);
    Stay {
        booking: booking.id.clone(),
        room: booking.room.clone().unwrap_or_default(),
        people,
        due: booking.start,
        start: booking.start,
        planned: ((booking.end - booking.start) / MINUTE).max(1),
        cleaning: booking.cleaning,
        usual: usual(index, durations, booking),
        entered: at("in").or(otherwise(booking.start)),
        closed: at("closure"),
        left: at("out").or(otherwise(booking.end)),
        cleaned: at("cleaned"),
    }
}

/// How long such cases take here; nothing where the clinic did the act too rarely to say.
fn usual(index: &Index, durations: &Durations, booking: &Booking) -> Option<LogNormal> {
    let case = booking.case.as_ref().and_then(|case| index.cases.get(case))?;
    let found = durations.of(case);
    let of_the_act = |level: Level| matches!(level, Level::Procedure | Level::Approach | Level::Surgeon);
    found.provenance.filter(|p| of_the_act(p.level))?;
    let sound = found.p50 >= 1.0 && found.distribution.deviation.is_finite();
    sound.then(|| LogNormal { mean: found.p50.ln(), deviation: found.distribution.deviation })
}
