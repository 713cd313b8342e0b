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
const PHASES: [(f32, Cooling); 2] =
    [(0.6, Cooling { from: 25.0, to: 1.0 }), (1.0, Cooling { from: 6.0, to: 0.7 })];

/// What all threads share.
struct Shared<'a> {
    began: Instant,
    budget: Budget,
    stop: &'a AtomicBool,
    best: AtomicI64,
    report: Mutex<&'a mut (dyn FnMut(&Progress) + Send)>,
}

pub(crate) struct Found {
    pub plan: Plan,
    pub steps: u64,
    pub first: std::time::Duration,
}

pub(crate) fn search<M: Mask>(
    model: &Model<M>,
    options: &Options,
    began: Instant,
    stop: &AtomicBool,
    report: &mut (dyn FnMut(&Progress) + Send),
) -> Found {
    let orders = begin(model, options);
    let shared =
        Shared { began, budget: options.budget, stop, best: AtomicI64::new(i64::MAX), report: Mutex::new(report) };
    let threads = options.threads.clamp(1, 64);
    let seed = |thread: usize| Random::new(options.seed.wrapping_mul(1_000_003).wrapping_add(thread as u64));
    let walker = |thread| Walker::new(Chain::new(model), &orders, seed(thread));
    let mut walkers: Vec<Walker<M>> = vec![walker(0)];
    shared.tell(&walkers[0]);
    let first = began.elapsed();
    walkers.extend((1..threads).map(walker));
    let mut from = 0.0;
    for (until, cooling) in tuned() {
        let shared = &shared;
        std::thread::scope(|scope| {
            let (mine, others) = walkers.split_at_mut(1);
            for walker in others {
                scope.spawn(move || shared.walk(walker, from, until, cooling));
            }
            mine.iter_mut().for_each(|walker| shared.walk(walker, from, until, cooling));
        });
        from = until;
        meet(&mut walkers);
    }
    let steps = walkers.iter().map(|w| w.steps).sum();
    let best = walkers.into_iter().min_by_key(|w| w.best);
    let plan = best.map_or_else(Plan::default, |w| w.best_plan());
    Found { plan, steps, first }
}

/// The plan that was given, with what is missing in it, or a new one.
fn begin<M: Mask>(model: &Model<M>, options: &Options) -> Orders {
    let mut random = Random::new(options.seed);
    match &options.start {
        Some(plan) => super::greedy::ordered(model, plan),
        None => greedy(model, &mut random, 0.0),
    }
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
    /// Rounds until this share of the budget is spent.
    fn walk<M: Mask>(&self, walker: &mut Walker<M>, from: f32, until: f32, cooling: Cooling) {
        loop {
            let spent = match self.budget {
                Budget::Time(time) if std::env::var_os("CPU").is_some() => ((cpu() - unsafe_begin()) / time.as_secs_f64()) as f32,
                Budget::Time(time) => self.began.elapsed().as_secs_f32() / time.as_secs_f32().max(1e-6),
                Budget::Steps(steps) => walker.steps as f32 / steps.max(ROUND) as f32,
            };
            if spent >= until || self.stop.load(Ordering::Relaxed) {
                return;
            }
            let part = (spent - from) / (until - from);
            let e = |k: &str, d: f32| std::env::var(k).ok().and_then(|v| v.parse().ok()).unwrap_or(d);
            let (share, cap, power) = *X.get_or_init(|| (e("SHARE", 0.5), e("CAP", 0.15), e("POW", 1.0)));
            if from == 0.0 && !walker.honest && walker.steps % (ROUND * 16) == 0 {
                if part < share {
                    let f = cap + (1.0 - cap) * (part / share).powf(power);
                    walker.chain.price(|drop| (drop as f32 * f) as i32);
                } else {
                    walker.honest = true;
                    walker.chain.price(|_| i32::MAX);
                }
            }
            walker.round(cooling.at(part));
            self.tell(walker);
        }
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

fn cpu() -> f64 {
    let t = std::fs::read_to_string("/proc/self/schedstat").unwrap();
    t.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}
fn unsafe_begin() -> f64 {
    0.0
}
fn tuned() -> Vec<(f32, Cooling)> {
    match std::env::var("PHASES") {
        Ok(v) => {
            let n: Vec<f32> = v.split(',').map(|x| x.parse().unwrap()).collect();
            n.chunks(3).map(|c| (c[0], Cooling { from: c[1], to: c[2] })).collect()
        }
        _ => PHASES.to_vec(),
    }
}
static X: std::sync::OnceLock<(f32, f32, f32)> = std::sync::OnceLock::new();
