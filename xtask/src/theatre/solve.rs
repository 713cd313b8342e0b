//! `cargo xtask theatre-solve INSTANCE SECONDS --threads 2 --seed N --out SOLUTION`, or `--steps N` instead of
//! the time for a result that does not depend on the machine's speed.

use super::{Words, read, told};
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use theatre::{Budget, Options, conflicts, solve, week};

const USAGE: &str =
    "usage: cargo xtask theatre-solve INSTANCE SECONDS [--threads N] [--seed N] [--steps N] [--out SOLUTION]";
/// More threads than these bring nothing.
const THREADS_MAX: usize = 64;

/// Solves an instance, tells each better plan on the error output and the result as one line.
pub fn run(args: &[String]) -> Result<(), String> {
    let words = Words::parse(args, &["threads", "seed", "steps", "out"])?;
    let [path, seconds] = words.plain.as_slice() else { return Err(USAGE.into()) };
    let seconds: f64 = seconds.parse().map_err(|_| format!("{seconds}: not a number of seconds"))?;
    if !(0.0..=86_400.0).contains(&seconds) {
        return Err(format!("{seconds} seconds: choose from 0 to 86400"));
    }
    let threads: usize = words.number("threads", 2)?;
    if !(1..=THREADS_MAX).contains(&threads) {
        return Err(format!("--threads {threads}: choose from 1 to {THREADS_MAX}"));
    }
    let budget = match words.text("steps") {
        Some(_) => Budget::Steps(words.number("steps", 0)?),
        None => Budget::Time(Duration::from_secs_f64(seconds)),
    };
    let problem = week::read(&read(path)?).map_err(|faults| told(path, &faults))?;
    let options = Options { threads, seed: words.number("seed", 1)?, budget, start: None };
    let mut told_at = Duration::ZERO;
    let found = solve(&problem, &options, &AtomicBool::new(false), &mut |progress| {
        // The first plan, and then twice a second at most.
        if told_at.is_zero() || progress.elapsed > told_at + Duration::from_millis(500) {
            eprintln!("{:>8.3} s  {}", progress.elapsed.as_secs_f64(), progress.cost);
            told_at = progress.elapsed;
        }
    })
    .map_err(|faults| told(path, &faults))?;
    let conflicts = conflicts(&problem, &found.plan).map_err(|faults| told(path, &faults))?;
    let placed = found.plan.placements.iter().flatten().count();
    println!(
        "cost {} in {:.2} s, first plan after {:.1} ms, {} steps, {placed} of {} cases, {} conflicts\n{:?}",
        found.cost.total(),
        found.elapsed.as_secs_f64(),
        found.first.as_secs_f64() * 1e3,
        found.steps,
        problem.cases.len(),
        conflicts.len(),
        found.cost
    );
    match words.text("out") {
        Some(out) => std::fs::write(out, week::write(&found.plan)).map_err(|e| format!("{out}: {e}")),
        None => Ok(()),
    }
}
