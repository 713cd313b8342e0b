//! temporary
use crate::model::Model;
use crate::problem::{Plan, Problem};
use crate::search::{anneal::{Cooling, ROUND, Walker}, chain::Chain, greedy::greedy, random::Random};

pub fn trial(problem: &Problem, rounds: u64, seed: u64, from: f32, to: f32) -> (i64, Plan) {
    let t0 = std::time::Instant::now();
    let model = Model::<u128>::new(problem);
    let mut random = Random::new(seed);
    let orders = greedy(&model, &mut random, 0.0);
    let mut walker = Walker::new(Chain::new(&model), &orders, random);
    eprintln!("greedy {} in {:?}", walker.best, t0.elapsed());
    let cooling = Cooling { from, to };
    for r in 0..rounds {
        walker.round(cooling.at(r as f32 / rounds as f32));
    }
    eprintln!("{} rounds={} {:?} {:.0} k/s", walker.best, rounds, t0.elapsed(), (rounds * ROUND) as f64 / t0.elapsed().as_secs_f64() / 1e3);
    let mut chain = Chain::new(&model);
    chain.load(&walker.orders);
    (walker.best, chain.plan())
}
