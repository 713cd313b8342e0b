//! A horizon of days and rooms as the engine wants it.

use super::{Item, SLOT};
use crate::booking::{Booking, LOOK_BACK, Take};
use crate::case::Case;
use crate::duration::Durations;
use crate::index::Index;
use crate::zone::{self, DAY};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;
use theatre::problem::{Kind, Need, Placement, Resource, Room, RoomDay, Span, Weights};
use theatre::{Plan, Problem};

/// What departures from the ideal cost, in points. A slot is five minutes.
pub(crate) const WEIGHTS: Weights = Weights {
    overtime: 6,
    opening: 60,
    room_change: 20,
    ambulatory_late: 1,
    // 15:00.
    ambulatory_reference: 180,
    overtime_risk: 40,
    risk_margin: 0,
    moved_day: 300,
    moved_room: 40,
    moved_slot: 2,
};

/// Overtime that is planned at most, in slots: two hours.
const LATE: i64 = 24;
const DAYS_MAX: i64 = 62;

/// Which days, which rooms, which cases.
pub(crate) struct Scope<'a> {
    /// `Location/…` of the site; `None` = all.
    pub facility: Option<&'a str>,
    pub from: Date,
    /// Included.
    pub to: Date,
    pub now: i64,
    /// Nights and week-ends too, and others' vacations: for emergencies.
    pub always: bool,
    /// Which bookings may be moved.
    pub moves: &'a dyn Fn(&Booking) -> bool,
    /// Bookings that count as cancelled.
    pub without: &'a dyn Fn(&Booking) -> bool,
    pub waiting: Vec<Arc<Case>>,
}

pub(crate) struct Sheet {
    pub problem: Problem,
    /// As it stands.
    pub plan: Plan,
    pub days: Vec<Date>,
    midnights: Vec<i64>,
    /// `Location/…`.
    pub rooms: Vec<String>,
    pub items: Vec<Item>,
    resources: HashMap<String, usize>,
}

impl Sheet {
    pub fn new(index: &Index, durations: &Durations, scope: &Scope<'_>) -> Sheet {
        let count = (zone::days_between(scope.from, scope.to) + 1).clamp(1, DAYS_MAX);
        let days: Vec<Date> = (0..count).map(|n| zone::plus(scope.from, n)).collect();
        let midnights: Vec<i64> = days.iter().map(|day| zone::midnight(*day)).collect();
        let end = zone::midnight(zone::plus(scope.from, count));
        let rooms: Vec<String> = index.rooms(scope.facility).iter().map(|r| r.what.clone()).collect();
        let lengths =
            midnights.iter().zip(midnights.iter().skip(1).chain([&end])).map(|(a, b)| (b - a) / SLOT);
        let slots = lengths.max().unwrap_or(288) as usize;
        let problem = Problem { days: days.len(), slots, weights: WEIGHTS, ..Problem::default() };
        let mut sheet = Sheet {
            problem,
            plan: Plan::default(),
            days,
            midnights,
            rooms,
            items: Vec::new(),
            resources: HashMap::new(),
        };
        sheet.open_rooms(index, scope);
        let from = sheet.midnights[0];
        let booked = index.between(from - LOOK_BACK, end).filter(|b| b.is_taking(scope.now));
        let booked: Vec<Arc<Booking>> = booked.filter(|b| !(scope.without)(b)).cloned().collect();
        for booking in &booked {
            let item = Item::of_booking(index, durations, booking, (scope.moves)(booking));
            sheet.add(index, scope, item);
        }
        for case in &scope.waiting {
            let item = Item::of_case(index, durations, case);
            sheet.add(index, scope, item);
        }
        sheet.absences(index, &booked, end);
        sheet
    }

    fn open_rooms(&mut self, index: &Index, scope: &Scope<'_>) {
        for what in &self.rooms {
            let mut days = Vec::new();
            for (day, midnight) in self.days.iter().zip(&self.midnights) {
                let slot = |ms: i64| ((ms - midnight) / SLOT).clamp(0, self.problem.slots as i64) as u16;
                let (open, close) = index.room(what).map_or((*midnight, *midnight), |room| {
                    (zone::at(*day, room.hours.0), zone::at(*day, room.hours.1))
                });
                let all = Span { from: 0, to: self.problem.slots as u16 };
                let mut closed = Vec::new();
                let working = day.weekday().to_monday_one_offset() <= 5;
                if !scope.always {
                    let late = close + LATE * SLOT;
                    closed.push(Span { from: 0, to: slot(open) });
                    closed.push(Span { from: slot(late), to: all.to });
                    if !working {
                        closed.push(all);
                    }
                }
                if *midnight < scope.now {
                    closed.push(Span { from: 0, to: slot(scope.now + SLOT - 1) });
                }
                for closure in index.closures_of(what) {
                    for span in closure.spans(*midnight, midnight + DAY) {
                        closed.push(Span { from: slot(span.from), to: slot(span.until + SLOT - 1) });
                    }
                }
                days.push(RoomDay { regular_end: slot(close), closed });
            }
            self.problem.rooms.push(Room { id: what.clone(), days });
        }
    }

    /// A resource of the engine; made at the first asking.
    fn resource(&mut self, index: &Index, what: &str) -> Option<usize> {
        if let Some(at) = self.resources.get(what) {
            return Some(*at);
        }
        let capacity = match what.strip_prefix("pool:") {
            Some(pool) => {
                let (role, facility) = pool.split_once('@')?;
                let facility = Some(facility).filter(|f| !f.is_empty());
                index.people_at(facility, role).len()
            }
            None => index.resource_of(what)?.capacity,
        };
        let resource = Resource {
            id: what.to_string(),
            kind: Kind::Equipment,
            capacity: capacity.min(theatre::problem::limits::CAPACITY) as u16,
            away: vec![Vec::new(); self.days.len()],
        };
        self.problem.resources.push(resource);
        let at = self.problem.resources.len() - 1;
        self.resources.insert(what.to_string(), at);
        Some(at)
    }

    fn add(&mut self, index: &Index, scope: &Scope<'_>, item: Item) {
        let placement = item.booking.as_ref().and_then(|b| self.placement(b.room.as_deref()?, b.start));
        if item.booking.is_some() && placement.is_none() {
            return;
        }
        let mut case = item.case.clone();
        if usize::from(case.duration) > self.problem.slots || case.duration == 0 {
            return;
        }
        for (what, from, to) in &item.needs {
            let Some(resource) = self.resource(index, what) else { continue };
            case.needs.push(Need { resource, from: *from, to: *to });
        }
        case.lead = item.lead.as_deref().and_then(|lead| self.resource(index, lead));
        for (d, day) in self.days.iter().enumerate() {
            case.day_cost.push(item.cost_on(*day));
            if !item.may_on(*day) {
                continue;
            }
            for (r, room) in self.rooms.iter().enumerate() {
                if item.fits(index, room, *day, scope.now, scope.always) {
                    case.options.push((d as u16, r as u16));
                }
            }
        }
        // What stands may stay, even where its act or its dates would not let it be put today: else an emergency, or
        // the optimiser, would take a patient out of the plan who is in nobody's way.
        if let Some(at) = placement.filter(|at| !case.options.contains(&(at.day, at.room))) {
            case.options.push((at.day, at.room));
        }
        if !item.movable {
            case.pinned = placement;
        } else if item.booking.as_ref().is_some_and(|b| b.lock == "published") {
            case.published = placement;
        }
        self.problem.cases.push(case);
        self.plan.placements.push(placement);
        self.items.push(item);
    }

    /// When people are elsewhere, and when things are held by what is not in these rooms.
    fn absences(&mut self, index: &Index, booked: &[Arc<Booking>], end: i64) {
        let whats: Vec<(String, usize)> = self.resources.iter().map(|(w, n)| (w.clone(), *n)).collect();
        for (what, at) in whats.into_iter().filter(|(what, _)| what.starts_with("Practitioner/")) {
            let mut spans: Vec<(i64, i64)> = Vec::new();
            for closure in index.closures_of(&what) {
                spans.extend(closure.spans(self.midnights[0], end).into_iter().map(|s| (s.from, s.until)));
            }
            let elsewhere = booked.iter().filter(|b| !self.is_here(b));
            let takes = elsewhere.flat_map(|b| b.takes.iter().filter(|t| t.what == what));
            spans.extend(takes.map(|t: &Take| (t.from, t.until)));
            for (from, until) in spans {
                for (d, midnight) in self.midnights.iter().enumerate() {
                    let slot = |ms: i64| ((ms - midnight) / SLOT).clamp(0, self.problem.slots as i64) as u16;
                    let span = Span { from: slot(from), to: slot(until + SLOT - 1) };
                    if span.from < span.to {
                        self.problem.resources[at].away[d].push(span);
                    }
                }
            }
        }
    }

    fn is_here(&self, booking: &Booking) -> bool {
        self.items.iter().any(|item| item.booking.as_ref().is_some_and(|b| b.id == booking.id))
    }

    pub fn placement(&self, room: &str, start: i64) -> Option<Placement> {
        let room = self.rooms.iter().position(|r| r == room)?;
        let day = self.midnights.iter().rposition(|m| *m <= start)?;
        let slot = (start - self.midnights[day]) / SLOT;
        (slot < self.problem.slots as i64).then_some(Placement {
            day: day as u16,
            room: room as u16,
            start: slot as u16,
        })
    }

    /// The room and the start that a placement means.
    pub fn at(&self, placement: Placement) -> Option<(&str, i64)> {
        let room = self.rooms.get(usize::from(placement.room))?;
        let midnight = self.midnights.get(usize::from(placement.day))?;
        Some((room, midnight + i64::from(placement.start) * SLOT))
    }

    pub fn find(&self, test: impl Fn(&Item) -> bool) -> Option<usize> {
        self.items.iter().position(test)
    }
}
