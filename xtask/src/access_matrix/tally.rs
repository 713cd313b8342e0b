//! What was counted.

use super::cell::Expected;
use std::collections::BTreeMap;
use std::time::Duration;

#[derive(Default)]
pub struct Tally {
    /// By action: allowed, denied, to sign in, wrong.
    counts: BTreeMap<String, [usize; 4]>,
    wrong: Vec<String>,
}

impl Tally {
    pub fn count(&mut self, action: &str, expected: Expected, right: bool, cell: impl FnOnce() -> String) {
        let counts = self.counts.entry(action.to_string()).or_default();
        counts[expected as usize] += 1;
        if !right {
            counts[3] += 1;
            self.wrong.push(cell());
        }
    }

    /// A cell for which nothing is expected.
    pub fn unspecified(&mut self, action: &str, cell: String) {
        self.counts.entry(action.to_string()).or_default()[3] += 1;
        self.wrong.push(format!("{cell}: no expectation"));
    }

    pub fn add(&mut self, other: Tally) {
        for (action, counts) in other.counts {
            let sum = self.counts.entry(action).or_default();
            for (sum, count) in sum.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        self.wrong.extend(other.wrong);
    }

    pub fn wrong(&self) -> usize {
        self.wrong.len()
    }

    pub fn print(&self, took: Duration) {
        println!("{:<26} {:>9} {:>9} {:>9} {:>9}", "action", "allowed", "denied", "sign in", "WRONG");
        let mut sum = [0; 4];
        for (action, counts) in &self.counts {
            line(action, counts);
            for (sum, count) in sum.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        line("all", &sum);
        println!("{} cells in {:.0} s", sum[..3].iter().sum::<usize>(), took.as_secs_f64());
        for cell in &self.wrong {
            println!("WRONG {cell}");
        }
    }
}

fn line(action: &str, [allowed, denied, sign_in, wrong]: &[usize; 4]) {
    println!("{action:<26} {allowed:>9} {denied:>9} {sign_in:>9} {wrong:>9}");
}
