//! `week INSTANCE SECONDS SEED THREADS`: solves and prints the cost.
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use theatre::{Budget, Options, solve, week};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let p = week::read(&std::fs::read_to_string(&a[1]).unwrap()).unwrap();
    let f = |i: usize, d: f64| a.get(i).and_then(|x| x.parse().ok()).unwrap_or(d);
    let budget = match f(2, 5.0) {
        s if s > 1000.0 => Budget::Steps(s as u64),
        s => Budget::Time(Duration::from_secs_f64(s)),
    };
    let options = Options { threads: f(4, 2.0) as usize, seed: f(3, 1.0) as u64, budget, start: None };
    let mut last = 0;
    let s = solve(&p, &options, &AtomicBool::new(false), &mut |p| last = p.cost).unwrap();
    println!("{} {last} {:?} steps {} first {:?} {:?}", s.cost.total(), s.elapsed, s.steps, s.first, s.cost);
    assert_eq!(last, s.cost.total());
    if let Ok(out) = std::env::var("OUT") {
        std::fs::write(out, week::write(&s.plan)).unwrap();
    }
}
