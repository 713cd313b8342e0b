//! Several walkers on threads of their own. They search alone, and meet to go on from the best plan.

use super::anneal::{Cooling, ROUND, Walker};
use super::chain::{Chain, Orders};
use super::greedy::greedy;
use super::random::Random;
use crate::mask::Mask;
use crate::model::Model;
use crate::problem::Plan;
use crate::solve::{Budget, Options, Progress};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Instant;

/// A part of the search: until which share of it, and how it cools.
type Phase = (f32, Cooling);

/// Each walker alone from hot to cool; then all go on from the best plan.
const FRESH: [Phase; 2] = [(0.8, Cooling { from: 80.0, to: 4.0 }), (1.0, Cooling { from: 4.0, to: 0.7 })];
/// From a plan that is there: it shall change where that helps, not be forgotten.
const REPAIR: [Phase; 2] = [(0.6, Cooling { from: 12.0, to: 1.0 }), (1.0, Cooling { from: 3.0, to: 0.7 })];

/// The grave cases are planned alone first, for this share of the time: which of them are left out decides more
/// than all that follows, and once the others are in their way, it does not change any more.
const GRAVE: Phase = (0.08, Cooling { from: 40.0, to: 2.0 });
/// There, leaving a case out counts this share of what it costs at first, so that one can make way for others and
/// come back; from this part on it counts in full.
const CHEAP: f32 = 0.08;
const HONEST: f32 = 0.6;
/// There are few of them: more steps than these bring nothing, however much time there is.
const GRAVE_STEPS: u64 = 2_000_000;
/// Rounds between two settings of those prices.
const PRICED: u64 = 16;

/// What all threads share.
struct Shared<'a> {
    began: Instant,
    budget: Budget,
    stop: &'a AtomicBool,
    /// One degree, in points of cost.
    degree: f32,
    best: AtomicI64,
    report: Mutex<&'a mut (dyn FnMut(&Progress) + Send)>,
}

pub(crate) struct Found {
    pub plan: Plan,
    pub steps: u64,
    pub first: std::time::Duration,
}

/// `grave` is the same problem in which only the grave cases can be planned, if there are such.
pub(crate) fn search<M: Mask>(
    model: &Model<M>,
    grave: Option<&Model<M>>,
    options: &Options,
    began: Instant,
    stop: &AtomicBool,
    report: &mut (dyn FnMut(&Progress) + Send),
) -> Found {
    let orders = begin(model, options);
    let shared = Shared {
        began,
        budget: options.budget,
        stop,
        degree: degree(model),
        best: AtomicI64::new(i64::MAX),
        report: Mutex::new(report),
    };
    let mut walkers = vec![Walker::new(Chain::new(model), &orders, seed(options, 0))];
    shared.tell(&walkers[0]);
    let first = began.elapsed();
    for thread in 1..options.threads.clamp(1, 64) {
        walkers.push(Walker::new(Chain::new(model), &orders, seed(options, thread)));
    }
    let phases = if options.start.is_none() { FRESH } else { REPAIR };
    let grave = grave.filter(|_| options.start.is_none());
    let mut from = 0.0;
    if let Some(grave) = grave {
        from = GRAVE.0;
        each(&mut walkers, |thread, walker| shared.walk_grave(walker, grave, seed(options, thread)));
    }
    for (until, cooling) in phases {
        each(&mut walkers, |_, walker| shared.walk(walker, from, until, cooling));
        from = until;
        meet(&mut walkers);
    }
    let steps = walkers.iter().map(|w| w.steps).sum();
    let best = walkers.into_iter().min_by_key(|w| w.best);
    let plan = best.map_or_else(Plan::default, |w| w.best_plan());
    Found { plan, steps, first }
}

fn seed(options: &Options, thread: usize) -> Random {
    Random::new(options.seed.wrapping_mul(1_000_003).wrapping_add(thread as u64))
}

/// Lets each walker work on a thread of its own, and waits for all.
fn each<M: Mask>(walkers: &mut [Walker<M>], work: impl Fn(usize, &mut Walker<M>) + Sync) {
    let work = &work;
    std::thread::scope(|scope| {
        let mut all = walkers.iter_mut().enumerate();
        let mine = all.next();
        for (thread, walker) in all {
            scope.spawn(move || work(thread, walker));
        }
        if let Some((thread, walker)) = mine {
            work(thread, walker);
        }
    });
}

/// The plan that was given, with what is missing in it, or a new one.
fn begin<M: Mask>(model: &Model<M>, options: &Options) -> Orders {
    let mut random = Random::new(options.seed);
    match &options.start {
        Some(plan) => super::greedy::ordered(model, plan),
        None => greedy(model, &mut random, 0.0, Vec::new()),
    }
}

/// The temperatures fit weights of which opening a room costs 60, or as much as 15 slots of overtime.
fn degree<M: Mask>(model: &Model<M>) -> f32 {
    let weights = &model.weights;
    let typical = weights.opening.max(weights.overtime * 15).max(weights.room_change * 4);
    if typical == 0 { 1.0 } else { typical as f32 / 60.0 }
}

/// All go on from the best plan of all; of equals, from that of the first.
fn meet<M: Mask>(walkers: &mut [Walker<M>]) {
    let Some(best) = walkers.iter().min_by_key(|w| w.best) else { return };
    let (cost, orders) = (best.best, best.orders.clone());
    for walker in walkers {
        walker.restart(cost, &orders);
    }
}

impl Shared<'_> {
    /// The share of the budget that is spent; more than all if the search shall stop.
    fn spent(&self, steps: u64) -> f32 {
        if self.stop.load(Ordering::Relaxed) {
            return 2.0;
        }
        match self.budget {
            Budget::Time(time) => self.began.elapsed().as_secs_f32() / time.as_secs_f32().max(1e-6),
            Budget::Steps(budget) => steps as f32 / budget.max(ROUND) as f32,
        }
    }

    /// Rounds until this share of the budget is spent.
    fn walk<M: Mask>(&self, walker: &mut Walker<M>, from: f32, until: f32, cooling: Cooling) {
        loop {
            let spent = self.spent(walker.steps);
            if spent >= until {
                return;
            }
            walker.round(cooling.at((spent - from) / (until - from)) * self.degree);
            self.tell(walker);
        }
    }

    /// Plans the grave cases alone, and lets the walker go on from there with the others around them.
    fn walk_grave<M: Mask>(&self, walker: &mut Walker<M>, grave: &Model<M>, mut random: Random) {
        let orders = greedy(grave, &mut random, 0.0, Vec::new());
        let mut alone = Walker::new(Chain::new(grave), &orders, random);
        loop {
            let part = (self.spent(alone.steps) / GRAVE.0).max(alone.steps as f32 / GRAVE_STEPS as f32);
            if part >= 1.0 {
                break;
            }
            if alone.steps.is_multiple_of(ROUND * PRICED) {
                let share = CHEAP + (1.0 - CHEAP) * part / HONEST;
                alone.chain.price(|drop| if share < 1.0 { (drop as f32 * share) as i32 } else { drop });
            }
            alone.round(GRAVE.1.at(part) * self.degree);
        }
        walker.steps += alone.steps;
        let orders = greedy(walker.chain.model, &mut alone.random, 0.0, alone.orders);
        walker.begin_from(&orders);
    }

    /// Reports the walker's best plan, if none was better.
    fn tell<M: Mask>(&self, walker: &Walker<M>) {
        if walker.best >= self.best.load(Ordering::Relaxed) {
            return;
        }
        let Ok(mut report) = self.report.lock() else { return };
        if walker.best < self.best.load(Ordering::Relaxed) {
            self.best.store(walker.best, Ordering::Relaxed);
            report(&Progress { plan: walker.best_plan(), cost: walker.best, elapsed: self.began.elapsed() });
        }
    }
}
