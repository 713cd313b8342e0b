//! Everything of a problem is checked before the engine sees it, so that nothing in there can fail.

use crate::fault::{Fault, Wrong};
use crate::problem::{Case, Placement, Plan, Problem, Span, limits};

/// More faults than these are not told.
const FAULTS_MAX: usize = 20;

struct Check {
    faults: Vec<Fault>,
}

/// Checks every number and every reference of a problem.
///
/// # Errors
/// What is wrong and where, at most the first twenty.
pub fn validate(problem: &Problem) -> Result<(), Vec<Fault>> {
    let mut check = Check { faults: Vec::new() };
    check.within("days", problem.days, 1, limits::DAYS);
    check.within("slots", problem.slots, 1, limits::SLOTS);
    check.within("rooms", problem.rooms.len(), 1, limits::ROOMS);
    check.within("resources", problem.resources.len(), 0, limits::RESOURCES);
    check.within("wards", problem.wards.len(), 0, limits::RESOURCES);
    check.within("cases", problem.cases.len(), 0, limits::CASES);
    if check.faults.is_empty() {
        check.weights(problem);
        check.places(problem);
        for (i, case) in problem.cases.iter().enumerate() {
            check.case(problem, i, case);
        }
    }
    check.faults.truncate(FAULTS_MAX);
    if check.faults.is_empty() { Ok(()) } else { Err(check.faults) }
}

/// Checks that a plan belongs to a problem; its conflicts are another matter.
///
/// # Errors
/// What is wrong and where.
pub fn validate_plan(problem: &Problem, plan: &Plan) -> Result<(), Vec<Fault>> {
    let mut check = Check { faults: Vec::new() };
    let (entries, expected) = (plan.placements.len(), problem.cases.len());
    if entries != expected {
        check.add("placements", Wrong::Length { entries, expected });
    }
    for (i, at) in plan.placements.iter().enumerate() {
        if let Some(at) = at {
            check.placement(problem, &format!("placements[{i}]"), at);
        }
    }
    check.faults.truncate(FAULTS_MAX);
    if check.faults.is_empty() { Ok(()) } else { Err(check.faults) }
}

/// Checks that there is such a case.
pub(crate) fn known_case(problem: &Problem, case: usize) -> Result<(), Vec<Fault>> {
    if case < problem.cases.len() {
        return Ok(());
    }
    Err(vec![Fault { at: "case".into(), wrong: Wrong::Unknown(format!("case {case}")) }])
}

impl Check {
    fn add(&mut self, at: &str, wrong: Wrong) {
        if self.faults.len() <= FAULTS_MAX {
            self.faults.push(Fault { at: at.to_string(), wrong });
        }
    }

    fn within(&mut self, at: &str, value: usize, least: usize, most: usize) {
        if !(least..=most).contains(&value) {
            let wrong = Wrong::Outside { value: value as i64, least: least as i64, most: most as i64 };
            self.add(at, wrong);
        }
    }

    fn known(&mut self, at: &str, what: &str, index: usize, count: usize) {
        if index >= count {
            self.add(at, Wrong::Unknown(format!("{what} {index}")));
        }
    }

    fn spans(&mut self, at: &str, spans: &[Span]) {
        for span in spans.iter().filter(|s| s.from > s.to) {
            self.add(at, Wrong::Backwards { from: span.from, to: span.to });
        }
    }

    fn weights(&mut self, problem: &Problem) {
        let w = &problem.weights;
        for (name, rate) in
            [("overtime", w.overtime), ("ambulatory_late", w.ambulatory_late), ("moved_slot", w.moved_slot)]
        {
            self.within(&format!("weights.{name}"), rate as usize, 0, limits::RATE as usize);
        }
        for (name, cost) in [
            ("opening", w.opening),
            ("room_change", w.room_change),
            ("overtime_risk", w.overtime_risk),
            ("moved_day", w.moved_day),
            ("moved_room", w.moved_room),
        ] {
            self.within(&format!("weights.{name}"), cost as usize, 0, limits::COST as usize);
        }
    }

    fn places(&mut self, problem: &Problem) {
        let days = problem.days;
        for (i, room) in problem.rooms.iter().enumerate() {
            if room.days.len() != days {
                self.add(&format!("rooms[{i}].days"), Wrong::Days { entries: room.days.len(), days });
            }
            for day in &room.days {
                self.spans(&format!("rooms[{i}].closed"), &day.closed);
            }
        }
        for (i, resource) in problem.resources.iter().enumerate() {
            let capacity = usize::from(resource.capacity);
            self.within(&format!("resources[{i}].capacity"), capacity, 0, limits::CAPACITY);
            if resource.away.len() > days {
                self.add(&format!("resources[{i}].away"), Wrong::Days { entries: resource.away.len(), days });
            }
            resource.away.iter().for_each(|spans| self.spans(&format!("resources[{i}].away"), spans));
        }
        for (i, ward) in problem.wards.iter().enumerate() {
            if ward.beds.len() != days {
                self.add(&format!("wards[{i}].beds"), Wrong::Days { entries: ward.beds.len(), days });
            }
        }
    }

    fn placement(&mut self, problem: &Problem, at: &str, placement: &Placement) {
        self.known(&format!("{at}.day"), "day", usize::from(placement.day), problem.days);
        self.known(&format!("{at}.room"), "room", usize::from(placement.room), problem.rooms.len());
        self.within(&format!("{at}.start"), usize::from(placement.start), 0, problem.slots - 1);
    }

    fn case(&mut self, problem: &Problem, index: usize, case: &Case) {
        let at = format!("cases[{index}]");
        self.within(&format!("{at}.duration"), usize::from(case.duration), 1, problem.slots);
        self.within(&format!("{at}.cleaning"), usize::from(case.cleaning), 0, problem.slots);
        self.within(&format!("{at}.drop_cost"), case.drop_cost as usize, 0, limits::COST as usize);
        if let Some(lead) = case.lead {
            self.known(&format!("{at}.lead"), "resource", lead, problem.resources.len());
        }
        if !(0.0..=limits::SLOTS as f32).contains(&case.deviation) {
            let wrong = Wrong::Outside { value: case.deviation as i64, least: 0, most: limits::SLOTS as i64 };
            self.add(&format!("{at}.deviation"), wrong);
        }
        self.within(&format!("{at}.needs"), case.needs.len(), 0, 64);
        for (i, need) in case.needs.iter().enumerate() {
            let at = format!("{at}.needs[{i}]");
            self.known(&format!("{at}.resource"), "resource", need.resource, problem.resources.len());
            if need.from > need.to {
                self.add(&at, Wrong::Backwards { from: need.from, to: need.to });
            }
            self.within(&format!("{at}.to"), usize::from(need.to), 0, 4 * limits::SLOTS);
        }
        for (i, stay) in case.stays.iter().enumerate() {
            self.known(&format!("{at}.stays[{i}].ward"), "ward", stay.ward, problem.wards.len());
        }
        self.within(&format!("{at}.options"), case.options.len(), 0, problem.days * problem.rooms.len());
        for (i, (day, room)) in case.options.iter().enumerate() {
            self.known(&format!("{at}.options[{i}]"), "day", usize::from(*day), problem.days);
            self.known(&format!("{at}.options[{i}]"), "room", usize::from(*room), problem.rooms.len());
        }
        if case.day_cost.len() != problem.days && !case.day_cost.is_empty() {
            let wrong = Wrong::Days { entries: case.day_cost.len(), days: problem.days };
            self.add(&format!("{at}.day_cost"), wrong);
        }
        for cost in &case.day_cost {
            self.within(&format!("{at}.day_cost"), *cost as usize, 0, limits::COST as usize);
        }
        for (name, placed) in [("pinned", &case.pinned), ("published", &case.published)] {
            if let Some(placement) = placed {
                self.placement(problem, &format!("{at}.{name}"), placement);
            }
        }
    }
}
