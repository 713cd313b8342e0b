//! How good predictions are, by cross-validation, beside the median of the act.

use super::{Finished, Predictor};
use std::collections::HashMap;

/// Errors over all cases, each predicted by a model that has not seen it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Mean absolute error in minutes.
    pub mae: f64,
    /// Share of predictions within 20 % of the duration.
    pub within_20: f64,
    /// Pinball losses in minutes, at 50, 80 and 90 %.
    pub pinball: [f64; 3],
    /// Share of cases that took no longer than P80 and P90.
    pub coverage: [f64; 2],
}

/// Our predictions and the act's plain quantiles, on the same folds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evaluation {
    pub cases: usize,
    pub folds: usize,
    pub model: Scores,
    pub baseline: Scores,
}

#[derive(Default)]
struct Sum {
    cases: f64,
    scores: Scores,
}

const SHARES: [f64; 3] = [0.5, 0.8, 0.9];

impl Sum {
    fn add(&mut self, minutes: f64, predicted: [f64; 3]) {
        self.cases += 1.0;
        let s = &mut self.scores;
        s.mae += (predicted[0] - minutes).abs();
        s.within_20 += f64::from((predicted[0] - minutes).abs() <= 0.2 * minutes);
        for ((sum, share), value) in s.pinball.iter_mut().zip(SHARES).zip(predicted) {
            *sum +=
                if minutes > value { share * (minutes - value) } else { (1.0 - share) * (value - minutes) };
        }
        s.coverage[0] += f64::from(minutes <= predicted[1]);
        s.coverage[1] += f64::from(minutes <= predicted[2]);
    }

    fn mean(self) -> Scores {
        let (n, s) = (self.cases.max(1.0), self.scores);
        Scores {
            mae: s.mae / n,
            within_20: s.within_20 / n,
            pinball: s.pinball.map(|x| x / n),
            coverage: s.coverage.map(|x| x / n),
        }
    }
}

/// Cross-validation in `folds` parts (at least 2). The parts are drawn by position after a fixed mixing, so the
/// same cases give the same figures.
pub fn evaluate(cases: &[Finished], folds: usize) -> Evaluation {
    let folds = folds.clamp(2, cases.len().max(2));
    let mixed = mixed(cases);
    let (mut model, mut baseline) = (Sum::default(), Sum::default());
    for fold in 0..folds {
        let part = |test: bool| {
            let cases = mixed.iter().enumerate().filter(move |(at, _)| (at % folds == fold) == test);
            cases.map(|(_, case)| (*case).clone()).collect::<Vec<Finished>>()
        };
        let train = part(false);
        let predictor = Predictor::learn(&train);
        let plain = Plain::learn(&train);
        for case in part(true) {
            let p = predictor.predict(&case.request);
            model.add(case.minutes, [p.p50, p.p80, p.p90]);
            baseline.add(case.minutes, plain.predict(&case.request.procedure));
        }
    }
    Evaluation { cases: cases.len(), folds, model: model.mean(), baseline: baseline.mean() }
}

/// The cases in an order that does not depend on how the file is sorted.
fn mixed(cases: &[Finished]) -> Vec<&Finished> {
    let mut keyed: Vec<(u64, &Finished)> = cases
        .iter()
        .enumerate()
        .map(|(at, case)| {
            ((at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29) ^ at as u64, case)
        })
        .collect();
    keyed.sort_by_key(|(key, _)| key.wrapping_mul(0xbf58_476d_1ce4_e5b9));
    keyed.into_iter().map(|(_, case)| case).collect()
}

/// The act's own quantiles; of all cases where an act is new.
struct Plain {
    acts: HashMap<String, [f64; 3]>,
    all: [f64; 3],
}

impl Plain {
    fn learn(cases: &[Finished]) -> Self {
        let mut acts: HashMap<String, Vec<f64>> = HashMap::new();
        for case in cases {
            acts.entry(case.request.procedure.clone()).or_default().push(case.minutes);
        }
        let all = quantiles(cases.iter().map(|case| case.minutes).collect());
        Self { acts: acts.into_iter().map(|(act, minutes)| (act, quantiles(minutes))).collect(), all }
    }

    fn predict(&self, act: &str) -> [f64; 3] {
        self.acts.get(act).copied().unwrap_or(self.all)
    }
}

fn quantiles(mut minutes: Vec<f64>) -> [f64; 3] {
    minutes.sort_by(f64::total_cmp);
    let last = minutes.len().saturating_sub(1) as f64;
    SHARES.map(|share| {
        let at = last * share;
        let value = |i: f64| minutes.get(i as usize).copied().unwrap_or(0.0);
        value(at.floor()) + (value(at.ceil()) - value(at.floor())) * at.fract()
    })
}
