//! The front door of the optimiser.

use crate::cost::{Cost, cost};
use crate::fault::Fault;
use crate::mask::{Mask, Wide};
use crate::model::Model;
use crate::problem::{Plan, Problem};
use crate::search::team;
use crate::validate::{validate, validate_plan};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// How long to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// Wall time from the call on.
    Time(Duration),
    /// Steps of each thread: the same problem, seed, threads and steps give the same plan.
    Steps(u64),
}

#[derive(Clone, Debug)]
pub struct Options {
    /// At most 64.
    pub threads: usize,
    pub seed: u64,
    pub budget: Budget,
    /// Where to begin; without it the engine makes a first plan itself.
    pub start: Option<Plan>,
}

/// A plan that is better than all before.
#[derive(Clone, Debug)]
pub struct Progress {
    pub plan: Plan,
    pub cost: i64,
    pub elapsed: Duration,
}

#[derive(Clone, Debug)]
pub struct Solution {
    pub plan: Plan,
    pub cost: Cost,
    /// Changes tried, by all threads.
    pub steps: u64,
    /// When the first plan was there.
    pub first: Duration,
    pub elapsed: Duration,
}

/// Searches for the plan that costs least and keeps all hard constraints. `report` is called with the first plan
/// and with each better one, from any thread, one call at a time; `stop` ends the search early with the best plan.
///
/// Pinned cases stay where they are, even if they are in conflict with each other: [`crate::conflicts`] tells.
///
/// # Errors
/// What is wrong with the problem or with the plan to begin with.
pub fn solve(
    problem: &Problem,
    options: &Options,
    stop: &AtomicBool,
    report: &mut (dyn FnMut(&Progress) + Send),
) -> Result<Solution, Vec<Fault>> {
    let began = Instant::now();
    validate(problem)?;
    if let Some(start) = &options.start {
        validate_plan(problem, start)?;
    }
    // A day's masks reach one slot beyond its end, where recovery may begin.
    let found = match problem.slots < <u128 as Mask>::BITS {
        true => team::search(&Model::<u128>::new(problem), options, began, stop, report),
        false => team::search(&Model::<Wide<5>>::new(problem), options, began, stop, report),
    };
    let cost = cost(problem, &found.plan);
    Ok(Solution { cost, plan: found.plan, steps: found.steps, first: found.first, elapsed: began.elapsed() })
}
