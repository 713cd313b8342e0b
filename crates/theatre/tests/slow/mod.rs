//! A checker that knows nothing of the engine: it counts slot by slot.
#![allow(dead_code)]

use std::collections::{BTreeMap, BTreeSet};
use theatre::problem::{Placement, Plan, Problem};

/// Every broken constraint, in words.
pub fn violations(problem: &Problem, plan: &Plan) -> Vec<String> {
    let mut broken = Vec::new();
    let mut rooms: BTreeMap<(u16, u16, usize), usize> = BTreeMap::new();
    let mut held: BTreeMap<(usize, u16, usize), u16> = BTreeMap::new();
    let mut beds: BTreeMap<(usize, usize), u16> = BTreeMap::new();
    for (i, case) in problem.cases.iter().enumerate() {
        let Some(Placement { day, room, start }) = plan.placements[i] else { continue };
        if case.pinned.is_none_or(|p| Some(p) != plan.placements[i]) && !case.options.contains(&(day, room)) {
            broken.push(format!("{i}: not an option"));
        }
        let (start, end) = (usize::from(start), usize::from(start + case.duration));
        let latest = case.latest_end.map_or(problem.slots, |l| usize::from(l).min(problem.slots));
        if end > latest || start < usize::from(case.earliest) {
            broken.push(format!("{i}: outside of its time"));
        }
        for slot in start..end + usize::from(case.cleaning) {
            let closed = &problem.rooms[usize::from(room)].days[usize::from(day)].closed;
            if closed.iter().any(|s| usize::from(s.from) <= slot && slot < usize::from(s.to)) {
                broken.push(format!("{i}: room closed at {slot}"));
            }
            if let Some(other) = rooms.insert((day, room, slot), i) {
                broken.push(format!("{i}: room taken by {other} at {slot}"));
            }
        }
        for need in &case.needs {
            for slot in start + usize::from(need.from)..start + usize::from(need.to) {
                *held.entry((need.resource, day, slot)).or_default() += 1;
                let away = problem.resources[need.resource].away.get(usize::from(day));
                let mut away = away.into_iter().flatten();
                if away.any(|s| usize::from(s.from) <= slot && slot < usize::from(s.to))
                    && slot <= problem.slots
                {
                    broken.push(format!("{i}: {} away at {slot}", need.resource));
                }
            }
        }
        for stay in &case.stays {
            for night in usize::from(day)..(usize::from(day) + usize::from(stay.nights)).min(problem.days) {
                *beds.entry((stay.ward, night)).or_default() += 1;
            }
        }
    }
    for ((resource, day, slot), count) in held {
        if count > problem.resources[resource].capacity {
            broken.push(format!("resource {resource} held {count} times on {day} at {slot}"));
        }
    }
    for ((ward, night), count) in beds {
        if count > problem.wards[ward].beds[night] {
            broken.push(format!("ward {ward} has {count} in night {night}"));
        }
    }
    broken
}

/// The cost, without the chance of overtime.
pub fn total(problem: &Problem, plan: &Plan) -> i64 {
    let (w, mut sum) = (&problem.weights, 0i64);
    let mut ends: BTreeMap<(u16, u16), u16> = BTreeMap::new();
    let mut surgeons: BTreeSet<(u16, usize, u16)> = BTreeSet::new();
    let mut days: BTreeSet<(u16, usize)> = BTreeSet::new();
    for (case, at) in problem.cases.iter().zip(&plan.placements) {
        let Some(at) = at else {
            sum += i64::from(case.drop_cost);
            continue;
        };
        let end = at.start + case.duration;
        let last = ends.entry((at.day, at.room)).or_default();
        *last = (*last).max(end);
        surgeons.extend(case.lead.map(|lead| (at.day, lead, at.room)));
        days.extend(case.lead.map(|lead| (at.day, lead)));
        sum += case.day_cost.get(usize::from(at.day)).map_or(0, |c| i64::from(*c));
        if case.ambulatory && end > w.ambulatory_reference {
            sum += i64::from(end - w.ambulatory_reference) * i64::from(w.ambulatory_late);
        }
        match case.published {
            Some(p) if p.day != at.day => sum += i64::from(w.moved_day),
            Some(p) => {
                sum += if p.room == at.room { 0 } else { i64::from(w.moved_room) };
                sum += i64::from(p.start.abs_diff(at.start)) * i64::from(w.moved_slot);
            }
            None => {}
        }
    }
    for ((day, room), end) in &ends {
        let regular = problem.rooms[usize::from(*room)].days[usize::from(*day)].regular_end;
        sum += i64::from(w.opening) + i64::from(end.saturating_sub(regular)) * i64::from(w.overtime);
    }
    sum + (surgeons.len() - days.len()) as i64 * i64::from(w.room_change)
}
