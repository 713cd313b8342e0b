//! Learns from finished cases, one by one or many at once, and predicts.

use super::boost::Boost;
use super::levels::{LEVELS, Levels, Provenance, View};
use super::spread::LogNormal;
use super::{Finished, MINUTES_MAX, Request};
use std::collections::VecDeque;

/// With fewer cases the levels alone predict.
const BOOST_FROM: usize = 2_000;
const FOLDS: usize = 5;
/// Scores kept for the calibration, the latest ones.
const SCORES: usize = 5_000;
/// With fewer scores, the normal quantiles are used.
const SCORES_MIN: usize = 30;

/// How long a case will take, in minutes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    pub p50: f64,
    /// Four of five cases take no longer; nine of ten.
    pub p80: f64,
    pub p90: f64,
    /// None before any case was learnt.
    pub provenance: Option<Provenance>,
    /// The same as a distribution, for sums ([`super::chance_beyond`]).
    pub distribution: LogNormal,
}

/// What was learnt so far.
#[derive(Clone)]
pub struct Predictor {
    levels: Levels,
    boost: Option<Boost>,
    /// By how many deviations past cases missed their prediction, oldest first.
    scores: VecDeque<f64>,
    /// The quantiles of the scores for 80 % and 90 %.
    cautious: (f64, f64),
}

impl Default for Predictor {
    fn default() -> Self {
        Self { levels: Levels::new(), boost: None, scores: VecDeque::new(), cautious: (0.841_621, 1.281_552) }
    }
}

impl Predictor {
    /// Learns from a history, the oldest case first. Cases with impossible durations are left out.
    pub fn learn(history: &[Finished]) -> Self {
        let known: Vec<&Finished> = history.iter().filter(|case| possible(case)).collect();
        let mut out = Self::default();
        for case in &known {
            out.levels.add(&case.request, case.minutes.ln());
        }
        out.levels.weigh();
        // What the levels say about cases that they have not seen: the boost learns from that, and the scores
        // of a prediction that had seen its case would be too good.
        let mut views = vec![View::default(); known.len()];
        for fold in 0..FOLDS {
            let levels = without(&known, fold);
            for at in (fold..known.len()).step_by(FOLDS) {
                views[at] = levels.view(&known[at].request);
            }
        }
        let corrections = out.learn_boost(&known, &views);
        for (at, case) in known.iter().enumerate() {
            let miss = case.minutes.ln() - views[at].medians[LEVELS.len() - 1] - corrections[at];
            out.score(miss / views[at].deviation);
        }
        out.calibrate();
        out
    }

    /// Learns the boost if there are cases enough; returns the correction of each case by a boost that has not
    /// seen it.
    fn learn_boost(&mut self, known: &[&Finished], views: &[View]) -> Vec<f64> {
        let mut corrections = vec![0.0; known.len()];
        if known.len() <= BOOST_FROM {
            return corrections;
        }
        let rows: Vec<Vec<f32>> = known.iter().zip(views).map(|(c, view)| row(&c.request, view)).collect();
        let width = rows.iter().map(Vec::len).min().unwrap_or(0);
        if rows.iter().any(|row| row.len() != width) {
            return corrections;
        }
        let target = |at: usize| (known[at].minutes.ln() - views[at].medians[LEVELS.len() - 1]) as f32;
        let targets: Vec<f32> = (0..known.len()).map(target).collect();
        for fold in 0..FOLDS {
            let kept: Vec<usize> = (0..rows.len()).filter(|at| at % FOLDS != fold).collect();
            let some: Vec<Vec<f32>> = kept.iter().map(|at| rows[*at].clone()).collect();
            let boost = Boost::learn(&some, &kept.iter().map(|at| targets[*at]).collect::<Vec<_>>());
            for at in (fold..rows.len()).step_by(FOLDS) {
                corrections[at] = f64::from(boost.predict(&rows[at]));
            }
        }
        // A correction that does not help on cases it has not seen is not used.
        let error = |with: f64| -> f64 {
            (0..rows.len()).map(|at| minutes_off(known[at], &views[at], with * corrections[at])).sum()
        };
        if error(1.0) >= error(0.0) {
            corrections.fill(0.0);
            return corrections;
        }
        self.boost = Some(Boost::learn(&rows, &targets));
        corrections
    }

    /// Counts one more finished case in: its miss into the calibration, then the case into the levels. The
    /// boost stays as it was learnt. False if the duration is impossible.
    pub fn update(&mut self, case: &Finished) -> bool {
        if !possible(case) {
            return false;
        }
        let (center, deviation) = self.center(&case.request);
        if self.levels.view(&case.request).cases[0] > 0 {
            self.score((case.minutes.ln() - center) / deviation);
            self.calibrate();
        }
        self.levels.add(&case.request, case.minutes.ln());
        true
    }

    pub fn predict(&self, request: &Request) -> Prediction {
        let (center, deviation) = self.center(request);
        let at = |score: f64| (center + score * deviation).exp().clamp(1.0, MINUTES_MAX);
        Prediction {
            p50: at(0.0),
            p80: at(self.cautious.0),
            p90: at(self.cautious.1),
            provenance: self.levels.provenance(request),
            // The deviation whose P80 is the calibrated one.
            distribution: LogNormal {
                mean: center,
                deviation: deviation * (self.cautious.0 / 0.841_621).max(0.05),
            },
        }
    }

    /// Median of the logarithm, and its deviation.
    fn center(&self, request: &Request) -> (f64, f64) {
        let view = self.levels.view(request);
        if view.cases[0] == 0 {
            // Nothing is known yet: an hour, give or take.
            return (60f64.ln(), 0.6);
        }
        let more = self.boost.as_ref().map_or(0.0, |boost| f64::from(boost.predict(&row(request, &view))));
        (view.medians[LEVELS.len() - 1] + more, view.deviation)
    }

    fn score(&mut self, score: f64) {
        self.scores.push_back(score);
        if self.scores.len() > SCORES {
            self.scores.pop_front();
        }
    }

    /// Split conformal: the quantile of the scores, with the correction for their number.
    fn calibrate(&mut self) {
        let n = self.scores.len();
        if n < SCORES_MIN {
            return;
        }
        let mut sorted: Vec<f64> = self.scores.iter().copied().collect();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| sorted[(((n + 1) as f64 * share).ceil() as usize).clamp(1, n) - 1];
        self.cautious = (at(0.8), at(0.9));
    }
}

fn possible(case: &Finished) -> bool {
    case.minutes > 0.0 && case.minutes <= MINUTES_MAX
}

/// The levels from all cases but one fold.
fn without(known: &[&Finished], fold: usize) -> Levels {
    let mut levels = Levels::new();
    for (_, case) in known.iter().enumerate().filter(|(at, _)| at % FOLDS != fold) {
        levels.add(&case.request, case.minutes.ln());
    }
    levels.weigh();
    levels
}

fn minutes_off(case: &Finished, view: &View, correction: f64) -> f64 {
    ((view.medians[LEVELS.len() - 1] + correction).exp() - case.minutes).abs()
}

/// What the boost sees: the levels' medians and counts, and the features of the case.
fn row(request: &Request, view: &View) -> Vec<f32> {
    let mut row: Vec<f32> = view.medians.iter().map(|m| *m as f32).collect();
    row.extend(view.cases[2..].iter().map(|n| (*n as f32).ln_1p()));
    row.push(view.deviation as f32);
    row.extend(&request.features);
    row
}
