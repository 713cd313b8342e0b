//! One case of a horizon, booked or waiting.

use super::SLOT;
use crate::booking::Booking;
use crate::case::Case;
use crate::duration::Durations;
use crate::index::Index;
use crate::suite::team::{extras, needs_anaesthetist};
use crate::zone::{self, MINUTE};
use jiff::civil::Date;
use std::sync::Arc;

/// Minutes of cleaning where nobody said.
pub(crate) const CLEANING: i64 = 20;

pub(crate) struct Item {
    pub case_of: Option<Arc<Case>>,
    pub booking: Option<Arc<Booking>>,
    pub movable: bool,
    /// What is held, and between which slots after the start.
    pub needs: Vec<(String, u16, u16)>,
    pub lead: Option<String>,
    /// The engine's case, still without options and needs.
    pub case: theatre::problem::Case,
}

fn slots(minutes: i64) -> u16 {
    touched(minutes * MINUTE)
}

/// Slots that a stretch (ms) from the beginning of a slot touches.
fn touched(ms: i64) -> u16 {
    (ms + SLOT - 1).div_euclid(SLOT).clamp(0, 2_000) as u16
}

/// Room minutes of a case: as planned, else what such cases take.
pub(crate) fn minutes(case: &Case, durations: &Durations) -> i64 {
    case.minutes.unwrap_or_else(|| ((durations.of(case).p50 / 5.0).ceil() as i64 * 5).clamp(5, 24 * 60))
}

impl Item {
    pub fn of_case(index: &Index, durations: &Durations, case: &Arc<Case>) -> Item {
        let minutes = minutes(case, durations);
        let mut needs = Vec::new();
        let facility = case.wanted.iter().find_map(|w| facility_of(index, w));
        let length = slots(minutes);
        if let Some(surgeon) = &case.surgeon {
            needs.push((surgeon.clone(), 0, length));
        }
        if needs_anaesthetist(case) {
            needs.push((format!("pool:anaesthetist@{}", facility.as_deref().unwrap_or("")), 0, length));
        }
        for extra in extras(index, case, facility.as_deref(), 0, minutes * MINUTE) {
            needs.push((extra.what, slots(extra.from / MINUTE), slots(extra.until / MINUTE)));
        }
        Item {
            lead: case.surgeon.clone(),
            case: Self::engine(
                case.spoken(),
                minutes,
                case.cleaning.unwrap_or(CLEANING),
                Some(case),
                durations,
            ),
            needs,
            case_of: Some(case.clone()),
            booking: None,
            movable: true,
        }
    }

    pub fn of_booking(index: &Index, durations: &Durations, booking: &Arc<Booking>, movable: bool) -> Item {
        let case = booking.case.as_ref().and_then(|c| index.cases.get(c)).cloned();
        // What began at 10:09 stands in the slot of 10:05: all that follows is counted from there.
        let begins = booking.start - booking.start.rem_euclid(SLOT);
        let lasts = touched(booking.end - begins);
        let cleaned = touched(booking.end + booking.cleaning * MINUTE - begins);
        let room = booking.room.as_deref();
        let others = booking.takes.iter().filter(|t| Some(t.what.as_str()) != room);
        let mut needs: Vec<(String, u16, u16)> = others
            .map(|t| {
                let until = match (t.told, index.devices.get(&t.what)) {
                    (false, Some(device)) => t.until + device.turnaround * MINUTE,
                    _ => t.until,
                };
                let from = (t.from - begins).max(0).div_euclid(SLOT).clamp(0, 2_000) as u16;
                (t.what.clone(), from, touched(until - begins))
            })
            .collect();
        let anaesthetised = booking.team.iter().any(|m| m.role == "anaesthetist");
        let facility = room.and_then(|r| index.room(r)).map(|r| &r.facility);
        if let Some(facility) = facility.filter(|_| anaesthetised) {
            needs.push((format!("pool:anaesthetist@{facility}"), 0, lasts));
        }
        let engine = Self::engine(booking.spoken(), 0, 0, case.as_deref(), durations);
        Item {
            lead: booking.surgeon().map(str::to_string),
            case: theatre::problem::Case {
                duration: lasts,
                cleaning: cleaned.saturating_sub(lasts),
                ..engine
            },
            needs,
            case_of: case,
            booking: Some(booking.clone()),
            movable,
        }
    }

    fn engine(
        id: String,
        minutes: i64,
        cleaning: i64,
        case: Option<&Case>,
        durations: &Durations,
    ) -> theatre::problem::Case {
        let weight = case.map_or(1, Case::weight);
        theatre::problem::Case {
            id,
            duration: slots(minutes),
            cleaning: slots(cleaning),
            drop_cost: (400 * weight).clamp(0, 50_000) as u32,
            mandatory: case.is_some_and(|c| c.urgency == "immediate"),
            ambulatory: case.is_some_and(|c| c.ambulatory),
            deviation: case.map_or(2.0, |c| durations.deviation(c) as f32 / 5.0).clamp(0.0, 100.0),
            ..theatre::problem::Case::default()
        }
    }

    /// What operating on that day costs: days past the target by urgency, and a little for each day of waiting.
    pub fn cost_on(&self, day: Date) -> u32 {
        let Some(case) = &self.case_of else { return 0 };
        let late = case.late(day).unwrap_or(0).max(0) * 10 * case.weight();
        let since = case.not_before.or(case.requested);
        let waited = since.map_or(0, |d| zone::days_between(d, day)).clamp(0, 200) * case.weight();
        (late + waited).clamp(0, 90_000) as u32
    }

    pub fn may_on(&self, day: Date) -> bool {
        self.case_of.as_ref().and_then(|c| c.not_before).is_none_or(|d| d <= day)
    }

    /// Whether it may be in that room on that day: site, capabilities, vacations.
    pub fn fits(&self, index: &Index, room: &str, day: Date, now: i64, always: bool) -> bool {
        let Some(place) = index.room(room) else { return false };
        if let Some(case) = &self.case_of {
            let of_site = |w: &String| w == room || facility_of(index, w).as_deref() == Some(&place.facility);
            let site = case.wanted.is_empty() || case.wanted.iter().any(of_site);
            let mut asked = case.needs.iter().filter(|n| n.kind == "capability");
            if !site || !asked.all(|n| place.capabilities.contains(&n.what)) {
                return false;
            }
        }
        always || is_open_to(index, room, day, now, self.lead.as_deref(), None)
    }
}

/// The site of a site, of a room, or of an organisation.
pub(crate) fn facility_of(index: &Index, what: &str) -> Option<String> {
    index.room(what).map(|r| r.facility.clone()).or_else(|| index.facility(what))
}

/// Whether the vacations of a room leave it to that surgeon: on the whole day, or between two moments of it.
pub(crate) fn is_open_to(
    index: &Index,
    room: &str,
    day: Date,
    now: i64,
    surgeon: Option<&str>,
    within: Option<(i64, i64)>,
) -> bool {
    let blocks: Vec<_> =
        index.blocks.values().filter(|b| b.room == room).filter_map(|b| Some((b, b.on(day)?))).collect();
    if blocks.is_empty() {
        return true;
    }
    let open = |block: &crate::block::Block| {
        block.owner.is_none()
            || block.owner.as_deref() == surgeon
            || crate::suite::blocks::is_released(index, block, day, now)
            || block.owner.as_deref().is_some_and(|o| !o.starts_with("Practitioner/"))
    };
    match within {
        None => blocks.iter().any(|(block, _)| open(block)),
        Some((from, until)) => {
            blocks.iter().filter(|(_, (on, off))| *on < until && from < *off).all(|(block, _)| open(block))
        }
    }
}
