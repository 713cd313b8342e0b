//! `cargo xtask bench policy`: what one decision costs, the first time (Cedar) and remembered.

use policy::{Group, Marks, Policies, Purpose, Question, Role, Roles, Station, Ties, Verb};
use std::hint::black_box;
use std::time::Instant;

/// Remembered decisions are timed in batches: one alone is shorter than reading the clock.
const BATCH: usize = 1_000;
const ROUNDS: usize = 20;

/// Prints a small table.
pub fn run() -> Result<(), String> {
    let began = Instant::now();
    let policies = Policies::embedded().map_err(|e| e.to_string())?;
    let loaded = began.elapsed();
    let questions = questions();
    let mut first = Vec::with_capacity(questions.len() * ROUNDS);
    let mut allowed = 0;
    for q in std::iter::repeat_n(&questions, ROUNDS).flatten() {
        let began = Instant::now();
        allowed += usize::from(black_box(policies.allows_afresh(black_box(q))));
        first.push(began.elapsed().as_nanos() as f64);
    }
    for q in &questions {
        policies.allows(q);
    }
    let mut remembered = Vec::with_capacity(ROUNDS * 100);
    for batch in 0..ROUNDS * 100 {
        let began = Instant::now();
        for at in 0..BATCH {
            // Scattered, as requests are.
            let q = &questions[(batch * 31 + at * 7) % questions.len()];
            black_box(policies.allows(black_box(q)));
        }
        remembered.push(began.elapsed().as_nanos() as f64 / BATCH as f64);
    }
    println!("policies                     {:>10}", policies.list().len());
    println!("read, checked and sliced in  {:>10.1} ms", loaded.as_secs_f64() * 1e3);
    println!("different questions          {:>10}  ({} allowed)", questions.len(), allowed / ROUNDS);
    println!("\ndecision                            p50        p99");
    line("first (Cedar)", &mut first, 1e3, "µs");
    line("remembered", &mut remembered, 1.0, "ns");
    Ok(())
}

fn line(what: &str, sample: &mut [f64], unit: f64, name: &str) {
    sample.sort_by(f64::total_cmp);
    let at = |part: f64| {
        sample.get((sample.len().saturating_sub(1) as f64 * part) as usize).map_or(0.0, |ns| ns / unit)
    };
    println!("{what:<28} {:>7.1} {name} {:>7.1} {name}", at(0.5), at(0.99));
}

/// What a clinic asks in a day: each role, reading and writing each group, with each single tie and none.
fn questions() -> Vec<Question> {
    let ties = std::iter::once(Ties::NONE).chain(Ties::ALL.iter().map(|(tie, _)| *tie));
    let ties: Vec<Ties> = ties.collect();
    let mut questions = Vec::new();
    for role in Role::ALL {
        for (verb, group) in [Verb::Read, Verb::Write].into_iter().flat_map(|v| Group::ALL.map(|g| (v, g))) {
            for tie in &ties {
                questions.push(Question {
                    roles: Roles::of(&[role]),
                    purpose: Purpose::Treatment,
                    verb,
                    group,
                    ties: *tie,
                    marks: Marks::NONE,
                    station: Station::SAME_TENANT.with(Station::SECOND_FACTOR),
                });
            }
        }
    }
    questions
}
