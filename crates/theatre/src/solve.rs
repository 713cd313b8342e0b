//! temporary
use crate::model::Model;
use crate::problem::{Plan, Problem};
use crate::search::{anneal::{Cooling, ROUND, Walker}, chain::Chain, greedy::greedy, moves, random::Random};

fn cpu() -> f64 {
    let t = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    t.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

pub fn trial(problem: &Problem, secs: f64, seed: u64, from: f32, to: f32, mix: &[usize], stats: bool) -> (i64, Plan) {
    let model = Model::<u128>::new(problem);
    let mut random = Random::new(seed);
    let orders = greedy(&model, &mut random, 0.0);
    let mut walker = Walker::new(Chain::new(&model), &orders, random);
    for (a, b) in walker.mix.iter_mut().zip(mix) {
        *a = *b;
    }
    let cooling = Cooling { from, to };
    let t0 = cpu();
    let mut p = 0.0;
    while p < 1.0 {
        for _ in 0..8 {
            walker.round(cooling.at(p as f32));
        }
        p = (cpu() - t0) / secs;
    }
    if stats {
        eprintln!("{} rounds {:.0} k/s  tried {} bound1 {} bound2 {}", walker.best, walker.steps as f64 / secs / 1e3, walker.chain.counts[0], walker.chain.counts[1], walker.chain.counts[2]);
        for (m, s) in moves::MIX.iter().zip(&walker.stats) {
            eprintln!("  {:?} {} proposed {:.2} accepted {:.4} changed {:.4}", m.0, s[0], s[1] as f64 / s[0] as f64, s[2] as f64 / s[0] as f64, s[3] as f64 / s[0] as f64);
        }
    }
    let _ = ROUND;
    let mut chain = Chain::new(&model);
    chain.load(&walker.orders);
    (walker.best, chain.plan())
}
