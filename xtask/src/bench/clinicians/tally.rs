//! What was asked, how long it took, and what was acknowledged.

use crate::bench::stats::percentile;
use std::collections::BTreeMap;
use std::time::Duration;

/// A write that the server acknowledged, to be found again.
pub struct Kept {
    /// Where it is read back.
    pub path: String,
    /// What its answer must contain.
    pub texts: Vec<String>,
    /// Which account reads it back.
    pub user: usize,
}

#[derive(Default)]
struct Kind {
    ms: Vec<f64>,
    refused: usize,
}

/// Everything that happened.
#[derive(Default)]
pub struct Tally {
    kinds: BTreeMap<&'static str, Kind>,
    /// Notes by their id: the last text counts.
    pub kept: BTreeMap<String, Kept>,
    /// Requests about records, by account.
    pub asked: BTreeMap<usize, usize>,
    /// Requests of charts, by account and patient.
    pub opened: BTreeMap<(usize, String), usize>,
    /// Answers of 500 and above, and connections that broke.
    pub broken: Vec<String>,
}

impl Tally {
    /// Counts an answer; 409 and 412 are answers too (somebody was faster), other 4xx are refusals.
    pub fn answer(&mut self, kind: &'static str, user: usize, status: u16, ms: f64) {
        let entry = self.kinds.entry(kind).or_default();
        entry.ms.push(ms);
        if status >= 400 && !matches!(status, 409 | 412) {
            entry.refused += 1;
        }
        if status >= 500 {
            self.broken.push(format!("{kind}: {status}"));
        }
        *self.asked.entry(user).or_default() += 1;
    }

    /// Refusals of all kinds.
    pub fn refused(&self) -> usize {
        self.kinds.values().map(|kind| kind.refused).sum()
    }

    pub fn print(&self, elapsed: Duration) {
        println!("| request | count | p50 | p95 | p99 | most | refused |\n|---|---|---|---|---|---|---|");
        let mut all = Vec::new();
        for (name, kind) in &self.kinds {
            all.extend_from_slice(&kind.ms);
            line(name, kind.ms.clone(), kind.refused);
        }
        let rate = all.len() as f64 / elapsed.as_secs_f64();
        line(&format!("all, {rate:.0} /s (goal: p95 ≤ 200 ms)"), all, self.refused());
    }
}

fn line(name: &str, mut ms: Vec<f64>, refused: usize) {
    ms.sort_by(f64::total_cmp);
    let at = |part| percentile(&ms, part);
    let most = ms.last().copied().unwrap_or(0.0);
    println!(
        "| {name} | {} | {:.1} ms | {:.1} ms | {:.1} ms | {most:.0} ms | {refused} |",
        ms.len(),
        at(0.5),
        at(0.95),
        at(0.99)
    );
}
