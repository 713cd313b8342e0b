//! How likely each room runs over.

use super::rows;
use crate::problem::{Plan, Problem};
use crate::risk::{overtime_chance, variance};
use std::collections::BTreeMap;

/// One room-day that is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomRisk {
    pub day: u16,
    pub room: u16,
    /// Planned end of the last case.
    pub end: u16,
    /// The chance, in millionths, to work beyond the regular end by more than `Weights::risk_margin`.
    pub chance: i32,
}

/// Every used room-day with its chance of overtime, from the spread of its cases.
pub fn overtime(problem: &Problem, plan: &Plan) -> Vec<RoomRisk> {
    let mut used: BTreeMap<(u16, u16), (u16, u32)> = BTreeMap::new();
    for row in rows(problem, plan).iter().flatten() {
        let case = &problem.cases[row.case];
        let entry = used.entry((row.at.day, row.at.room)).or_default();
        entry.0 = entry.0.max(row.at.start.saturating_add(case.duration));
        entry.1 += variance(case.deviation);
    }
    let risk = |((day, room), (end, spread)): ((u16, u16), (u16, u32))| {
        let regular = problem.rooms[usize::from(room)].days[usize::from(day)].regular_end;
        let limit = regular.saturating_add(problem.weights.risk_margin);
        RoomRisk { day, room, end, chance: overtime_chance(end, limit, spread) }
    };
    used.into_iter().map(risk).collect()
}
