//! Medians of the logarithm by level, each shrunk towards the level above it: many cases of one's own count,
//! few lean on the others.

use super::Request;
use std::collections::{HashMap, VecDeque};

/// How much a value rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    All,
    Specialty,
    Procedure,
    Approach,
    Surgeon,
}

pub(super) const LEVELS: [Level; 5] =
    [Level::All, Level::Specialty, Level::Procedure, Level::Approach, Level::Surgeon];

/// Where a prediction comes from: the narrowest level with cases enough to speak of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Provenance {
    pub level: Level,
    /// Cases of that level, and their median.
    pub cases: usize,
    pub median_minutes: f64,
}

/// Fewer cases than these are not named as the source.
const TELLING: usize = 5;
/// Older cases are forgotten: surgeons learn, instruments change.
const KEPT: usize = 300;
/// The variance of a median is larger than that of a mean by π/2.
const MEDIAN: f64 = std::f64::consts::FRAC_PI_2;

#[derive(Clone, Default)]
struct Node {
    logs: VecDeque<f64>,
    /// All cases ever seen.
    cases: usize,
    median: f64,
    deviation: f64,
}

impl Node {
    fn add(&mut self, log: f64) {
        self.cases += 1;
        self.logs.push_back(log);
        if self.logs.len() > KEPT {
            self.logs.pop_front();
        }
        let mut sorted: Vec<f64> = self.logs.iter().copied().collect();
        sorted.sort_by(f64::total_cmp);
        self.median = middle(&sorted);
        let mean = sorted.iter().sum::<f64>() / sorted.len() as f64;
        self.deviation =
            (sorted.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / sorted.len() as f64).sqrt();
    }
}

fn middle(sorted: &[f64]) -> f64 {
    let n = sorted.len();
    if n == 0 { 0.0 } else { (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0 }
}

/// What the levels say about one case.
#[derive(Clone, Debug, Default)]
pub(super) struct View {
    /// Logarithm of the minutes: shrunken medians from the widest level to the narrowest.
    pub medians: [f64; 5],
    pub cases: [usize; 5],
    /// Standard deviation of the logarithm.
    pub deviation: f64,
}

/// The levels of one hospital.
#[derive(Clone)]
pub(super) struct Levels {
    nodes: HashMap<(usize, String), Node>,
    /// How many cases of its own a node needs to count as much as the level above, by level.
    weight: [f64; 5],
    learnt: usize,
}

/// The names of a case on each level.
fn path(request: &Request, level: usize) -> Option<String> {
    let parts: [&str; 4] =
        [&request.specialty, &request.procedure, &request.approach, request.surgeon.as_deref().unwrap_or("")];
    if level == 4 && request.surgeon.is_none() {
        return None;
    }
    Some(parts[..level].join("\u{1f}"))
}

impl Levels {
    pub fn new() -> Self {
        Self { nodes: HashMap::new(), weight: [0.0, 4.0, 4.0, 4.0, 4.0], learnt: 0 }
    }

    /// Counts a finished case in.
    pub fn add(&mut self, request: &Request, log: f64) {
        for level in 0..LEVELS.len() {
            if let Some(path) = path(request, level) {
                self.nodes.entry((level, path)).or_default().add(log);
            }
        }
        self.learnt += 1;
        // The weights move slowly: they are found again each time the number of cases has doubled.
        if self.learnt >= 64 && self.learnt.is_power_of_two() {
            self.weigh();
        }
    }

    pub fn view(&self, request: &Request) -> View {
        let mut view = View { deviation: 0.5, ..View::default() };
        let mut above = 0.0;
        for level in 0..LEVELS.len() {
            let node = path(request, level).and_then(|path| self.nodes.get(&(level, path)));
            if let Some(node) = node {
                let n = node.logs.len() as f64;
                above = (n * node.median + self.weight[level] * above) / (n + self.weight[level]);
                let variance = node.deviation.powi(2) * n + view.deviation.powi(2) * 8.0;
                view.deviation = (variance / (n + 8.0)).sqrt();
                view.cases[level] = node.cases;
            }
            view.medians[level] = above;
        }
        view
    }

    pub fn provenance(&self, request: &Request) -> Option<Provenance> {
        (0..LEVELS.len()).rev().find_map(|level| {
            let node = self.nodes.get(&(level, path(request, level)?))?;
            (node.cases >= TELLING || level == 0).then(|| Provenance {
                level: LEVELS[level],
                cases: node.cases,
                median_minutes: node.median.exp(),
            })
        })
    }

    /// Estimates, from the spread within nodes and between them, how much each level is worth: empirical Bayes
    /// by moments. Call it after many cases were added at once.
    pub fn weigh(&mut self) {
        for level in 1..LEVELS.len() {
            let (mut nodes, mut cases, mut within, mut between) = (0.0, 0.0, 0.0, 0.0);
            for ((_, path), node) in self.nodes.iter().filter(|((l, _), n)| *l == level && n.logs.len() > 1) {
                let cut = path.rfind('\u{1f}').map_or("", |at| &path[..at]);
                let Some(parent) = self.nodes.get(&(level - 1, cut.to_string())) else { continue };
                let n = node.logs.len() as f64;
                nodes += 1.0;
                cases += n;
                within += n * node.deviation.powi(2);
                between += n * (node.median - parent.median).powi(2);
            }
            if nodes < 3.0 {
                continue;
            }
            let within = within / (cases - nodes).max(1.0);
            let between = (between / cases - MEDIAN * within * nodes / cases).max(within / 50.0);
            self.weight[level] = (MEDIAN * within / between).clamp(0.3, 50.0);
        }
    }
}
