//! An emergency comes into a running day.

use super::offers::offers;
use crate::cost::Cost;
use crate::fault::Fault;
use crate::problem::{Placement, Plan, Problem, Span, limits};
use crate::solve::{Budget, Options, solve};
use crate::validate::{known_case, validate, validate_plan};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// The present, in the problem's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    pub day: u16,
    pub slot: u16,
}

/// A case that goes elsewhere, or later, or out of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    pub case: usize,
    pub from: Placement,
    pub to: Option<Placement>,
}

#[derive(Clone, Debug)]
pub struct Insertion {
    pub plan: Plan,
    /// Where the emergency goes; none if there is no place at all.
    pub at: Option<Placement>,
    /// Everybody who is disturbed.
    pub moved: Vec<Moved>,
    pub cost: Cost,
    pub elapsed: Duration,
}

/// What moving a planned case costs when the problem's weights do not say.
const MOVED: [u32; 3] = [300, 40, 2];

/// Finds the place of an emergency that disturbs the others least. What has begun stays; what is planned begins
/// no earlier than planned; what waits goes on waiting. `budget` bounds the search after the first insertion.
///
/// # Errors
/// What is wrong with the problem or with the plan.
pub fn insert_emergency(
    problem: &Problem,
    plan: &Plan,
    case: usize,
    now: Now,
    budget: Budget,
) -> Result<Insertion, Vec<Fault>> {
    validate(problem)?;
    validate_plan(problem, plan)?;
    known_case(problem, case)?;
    let mut today = problem.clone();
    freeze(&mut today, plan, case, now);
    let mut start = plan.clone();
    start.placements[case] = None;
    // Without moving anybody, if that is possible: the search can only do better.
    if let Some(offer) = offers(&today, &start, case, None, 1)?.first() {
        start.placements[case] = Some(offer.at);
    }
    let options = Options { threads: 1, seed: 1, budget, start: Some(start) };
    let solution = solve(&today, &options, &AtomicBool::new(false), &mut |_| {})?;
    let moved = plan.placements.iter().zip(&solution.plan.placements).enumerate();
    let moved = moved.filter(|(i, (from, to))| *i != case && from != to);
    let moved = moved.filter_map(|(case, (from, to))| from.map(|from| Moved { case, from, to: *to }));
    Ok(Insertion {
        at: solution.plan.placements[case],
        moved: moved.collect(),
        cost: solution.cost,
        elapsed: solution.elapsed,
        plan: solution.plan,
    })
}

/// What is past is pinned or closed, what is planned is published.
fn freeze(problem: &mut Problem, plan: &Plan, emergency: usize, now: Now) {
    let past = |day: u16, slot: u16| (day, slot) < (now.day, now.slot);
    for (i, case) in problem.cases.iter_mut().enumerate() {
        match plan.placements[i] {
            _ if i == emergency => {
                case.mandatory = true;
                case.drop_cost = limits::COST;
                case.pinned = None;
            }
            _ if case.pinned.is_some() => continue,
            Some(at) if past(at.day, at.start) => case.pinned = Some(at),
            Some(at) => case.published = Some(at),
            None => case.options.clear(),
        }
        case.options.retain(|(day, _)| *day >= now.day);
    }
    for room in &mut problem.rooms {
        if let Some(day) = room.days.get_mut(usize::from(now.day)) {
            day.closed.push(Span { from: 0, to: now.slot });
        }
    }
    let weights = &mut problem.weights;
    if weights.moved_day + weights.moved_room + weights.moved_slot == 0 {
        [weights.moved_day, weights.moved_room, weights.moved_slot] = MOVED;
    }
}
