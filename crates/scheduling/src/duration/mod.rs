//! How long cases take here: learnt from the tenant's finished operations, kept up with each that ends.

pub(crate) mod verb;

use crate::case::Case;
use crate::element::{label, ms};
use crate::index::{Index, Shelf};
use fhir::Json;
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::sync::Arc;
use theatre::durations::{Finished, Prediction, Predictor, Request};

/// What was learnt, and from which operations.
#[derive(Default)]
pub(crate) struct Learnt(Mutex<Option<State>>);

struct State {
    version: u64,
    known: BTreeMap<String, f64>,
    predictor: Arc<Predictor>,
}

/// A finished operation with when it ended, from its Procedure.
pub(crate) fn finished(procedure: &Json<'_>, index: &Index) -> Option<(i64, Finished)> {
    if procedure.get_str("status") != Some("completed") {
        return None;
    }
    let period = procedure.get("performedPeriod")?;
    let (start, end) = (period.get_str("start").and_then(ms)?, period.get_str("end").and_then(ms)?);
    let code = procedure.get("code")?;
    let act =
        code.each("coding").find_map(|c| c.get_str("code").map(str::to_string)).or_else(|| label(code))?;
    let actors = procedure.each("performer").filter_map(|p| p.get("actor")?.get_str("reference"));
    let surgeon = actors.into_iter().find(|a| a.starts_with("Practitioner/")).map(str::to_string);
    let case = procedure.each("basedOn").find_map(|r| index.cases.get(r.get_str("reference")?));
    let request = Request {
        specialty: specialty(index, surgeon.as_deref()),
        procedure: act,
        approach: case.map(|c| c.approach.clone()).unwrap_or_default(),
        surgeon,
        features: Vec::new(),
    };
    let minutes = (end - start) as f64 / crate::zone::MINUTE as f64;
    (minutes > 0.0 && minutes <= theatre::durations::MINUTES_MAX)
        .then_some((end, Finished { request, minutes }))
}

fn specialty(index: &Index, surgeon: Option<&str>) -> String {
    surgeon.and_then(|s| index.people.get(s)).map(|p| p.specialty.clone()).unwrap_or_default()
}

impl Learnt {
    /// The predictor with every operation that the index knows.
    fn predictor(&self, index: &Index) -> Arc<Predictor> {
        let mut state = self.0.lock();
        if let Some(state) = state.as_ref().filter(|s| s.version == index.finished_version) {
            return state.predictor.clone();
        }
        let mut all: Vec<(&String, &(i64, Finished))> = index.finished.iter().collect();
        all.sort_by_key(|(_, (end, _))| *end);
        let news = state.as_ref().and_then(|old| {
            let same = |(id, minutes): (&String, &f64)| {
                index.finished.get(id).is_some_and(|(_, f)| f.minutes.total_cmp(minutes).is_eq())
            };
            // What was learnt and is corrected or gone cannot be unlearnt: then all is learnt again.
            let kept = old.known.iter().all(same);
            kept.then(|| all.iter().filter(|(id, _)| !old.known.contains_key(*id)).collect::<Vec<_>>())
        });
        let predictor = match (news, state.as_ref()) {
            (Some(news), Some(old)) if news.len() < 200 => {
                let mut predictor = (*old.predictor).clone();
                for (_, (_, done)) in news {
                    predictor.update(done);
                }
                predictor
            }
            _ => Predictor::learn(&all.iter().map(|(_, (_, done))| done.clone()).collect::<Vec<_>>()),
        };
        let predictor = Arc::new(predictor);
        let known = index.finished.iter().map(|(id, (_, done))| (id.clone(), done.minutes)).collect();
        *state = Some(State { version: index.finished_version, known, predictor: predictor.clone() });
        predictor
    }
}

/// Predictions for cases.
pub(crate) struct Durations {
    predictor: Arc<Predictor>,
    /// Specialties of the surgeons, by reference.
    specialties: BTreeMap<String, String>,
}

impl Durations {
    pub fn new(shelf: &Shelf, index: &Index) -> Durations {
        let specialties = index.people.iter().map(|(who, p)| (who.clone(), p.specialty.clone())).collect();
        Durations { predictor: shelf.predictor.predictor(index), specialties }
    }

    pub fn ask(&self, request: &Request) -> Prediction {
        self.predictor.predict(request)
    }

    pub fn specialty(&self, surgeon: Option<&str>) -> String {
        surgeon.and_then(|s| self.specialties.get(s)).cloned().unwrap_or_default()
    }

    pub fn of(&self, case: &Case) -> Prediction {
        self.ask(&Request {
            specialty: self.specialty(case.surgeon.as_deref()),
            procedure: case.act_code.clone().unwrap_or_else(|| case.act.clone()),
            approach: case.approach.clone(),
            surgeon: case.surgeon.clone(),
            features: Vec::new(),
        })
    }

    /// The standard deviation of a case, in minutes.
    pub fn deviation(&self, case: &Case) -> f64 {
        let spread = self.of(case).distribution;
        let variance = spread.deviation * spread.deviation;
        (spread.mean + variance / 2.0).exp() * (variance.exp() - 1.0).max(0.0).sqrt()
    }
}
