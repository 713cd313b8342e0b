//! The front door of the optimiser.

use crate::cost::{Cost, cost};
use crate::fault::Fault;
use crate::mask::{Mask, Wide};
use crate::model::Model;
use crate::problem::{Case, Plan, Problem};
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
        true => search::<u128>(problem, options, began, stop, report),
        false => search::<Wide<5>>(problem, options, began, stop, report),
    };
    let cost = cost(problem, &found.plan);
    Ok(Solution { cost, plan: found.plan, steps: found.steps, first: found.first, elapsed: began.elapsed() })
}

fn search<M: Mask>(
    problem: &Problem,
    options: &Options,
    began: Instant,
    stop: &AtomicBool,
    report: &mut (dyn FnMut(&Progress) + Send),
) -> team::Found {
    let grave = grave(problem).map(|grave| Model::<M>::new(&grave));
    team::search(&Model::<M>::new(problem), grave.as_ref(), options, began, stop, report)
}

/// The problem with the grave cases alone, where there are two kinds: those that cost at least twice as much to
/// leave out as all the others.
fn grave(problem: &Problem) -> Option<Problem> {
    let price =
        |case: &Case| u64::from(case.drop_cost) + if case.mandatory { u64::from(u32::MAX) } else { 0 };
    let mut prices: Vec<u64> = problem.cases.iter().map(price).collect();
    prices.sort_unstable();
    let gap = prices
        .windows(2)
        .filter(|pair| pair[1] >= 2 * pair[0].max(1))
        .max_by_key(|pair| pair[1] - pair[0])?;
    let least = gap[1];
    let mut grave = problem.clone();
    for case in grave.cases.iter_mut().filter(|case| price(case) < least) {
        case.options.clear();
    }
    Some(grave)
}
