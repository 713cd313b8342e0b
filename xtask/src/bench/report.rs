//! The table, in Markdown.

use super::stats::Sample;
use std::collections::BTreeMap;

/// All samples: (size, row, server) → one sample a round.
#[derive(Default)]
pub struct Report {
    samples: BTreeMap<(usize, String, String), Vec<Sample>>,
    order: Vec<(usize, String)>,
    pub notes: Vec<String>,
}

impl Report {
    pub fn add(&mut self, size: usize, row: &str, server: &str, sample: Sample) {
        eprintln!(
            "  {size:>6} {row:<28} {server:<18} {:>10.0}/s  p50 {:>7.0} µs  p99 {:>8.0} µs  errors {}",
            sample.per_second, sample.p50_us, sample.p99_us, sample.errors
        );
        if !self.order.contains(&(size, row.to_string())) {
            self.order.push((size, row.to_string()));
        }
        self.samples.entry((size, row.to_string(), server.to_string())).or_default().push(sample);
    }

    pub fn print(&self, servers: [&str; 3]) {
        let mut head = String::from("| patients | workload |");
        let mut line = String::from("|---|---|");
        for server in servers {
            head.push_str(&format!(" {server} /s | p50 µs | p99 µs |"));
            line.push_str("---|---|---|");
        }
        println!("{head} ratio to {} |\n{line}---|", servers.get(1).unwrap_or(&"-"));
        for (size, row) in &self.order {
            let of = |server: &str| {
                let samples = self.samples.get(&(*size, row.clone(), server.to_string()))?;
                Sample::median(samples.clone())
            };
            let mut text = format!("| {size} | {row} |");
            for server in servers {
                match of(server) {
                    Some(s) if s.errors > 0 => text.push_str(&format!(
                        " {:.0} ({} errors) | {:.0} | {:.0} |",
                        s.per_second, s.errors, s.p50_us, s.p99_us
                    )),
                    Some(s) => {
                        text.push_str(&format!(" {:.0} | {:.0} | {:.0} |", s.per_second, s.p50_us, s.p99_us))
                    }
                    None => text.push_str(" – | – | – |"),
                }
            }
            let ratio = match (servers.first().and_then(|s| of(s)), servers.get(1).and_then(|s| of(s))) {
                (Some(ours), Some(theirs)) => format!("{:.2}", ours.per_second / theirs.per_second),
                _ => "–".into(),
            };
            println!("{text} {ratio} |");
        }
        self.notes.iter().for_each(|note| println!("\n{note}"));
    }
}
