//! What a plan costs, part by part, counted from the beginning.

use crate::problem::{Plan, Problem};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Leaving out a mandatory case outweighs all soft costs of it.
pub(crate) const MANDATORY: i32 = 1_000_000;

/// The parts of a plan's cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Cases left out.
    pub dropped: i64,
    /// Days chosen, by the cases' own `day_cost`.
    pub lateness: i64,
    pub overtime: i64,
    pub opening: i64,
    pub room_change: i64,
    pub ambulatory: i64,
    /// Departures from the published plan.
    pub disturbance: i64,
    /// The chance of overtime.
    pub risk: i64,
}

impl Cost {
    pub fn total(&self) -> i64 {
        self.dropped
            + self.lateness
            + self.overtime
            + self.opening
            + self.room_change
            + self.ambulatory
            + self.disturbance
            + self.risk
    }
}

/// The cost of a plan, whether or not it keeps the hard constraints ([`crate::conflicts`] tells that).
/// Pinned cases count where they are pinned.
pub fn cost(problem: &Problem, plan: &Plan) -> Cost {
    let weights = &problem.weights;
    let mut cost = Cost::default();
    let mut ends: BTreeMap<(u16, u16), (u16, u32)> = BTreeMap::new();
    let mut rooms: BTreeMap<(u16, usize), BTreeSet<u16>> = BTreeMap::new();
    for (index, case) in problem.cases.iter().enumerate() {
        let placed = case.pinned.or(plan.placements.get(index).copied().flatten());
        let Some(at) = placed else {
            cost.dropped += i64::from(case.drop_cost) + if case.mandatory { i64::from(MANDATORY) } else { 0 };
            continue;
        };
        let end = at.start.saturating_add(case.duration);
        let room_day = ends.entry((at.day, at.room)).or_default();
        *room_day = (room_day.0.max(end), room_day.1 + crate::risk::variance(case.deviation));
        if let Some(lead) = case.lead {
            rooms.entry((at.day, lead)).or_default().insert(at.room);
        }
        cost.lateness += case.day_cost.get(usize::from(at.day)).map_or(0, |c| i64::from(*c));
        if case.ambulatory {
            let late = i64::from(end.saturating_sub(weights.ambulatory_reference));
            cost.ambulatory += late * i64::from(weights.ambulatory_late);
        }
        if let Some(promised) = case.published {
            cost.disturbance += i64::from(if promised.day != at.day {
                weights.moved_day
            } else {
                let room = if promised.room == at.room { 0 } else { weights.moved_room };
                room + u32::from(promised.start.abs_diff(at.start)) * weights.moved_slot
            });
        }
    }
    for ((day, room), (end, variance)) in &ends {
        let regular = problem.rooms[usize::from(*room)].days[usize::from(*day)].regular_end;
        cost.overtime += i64::from(end.saturating_sub(regular)) * i64::from(weights.overtime);
        cost.opening += i64::from(weights.opening);
        cost.risk += i64::from(crate::risk::points(weights, *end, regular, *variance));
    }
    let changes: usize = rooms.values().map(|r| r.len() - 1).sum();
    cost.room_change = changes as i64 * i64::from(weights.room_change);
    cost
}
