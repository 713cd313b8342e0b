//! The optimiser at work in the background: started, watched, stopped, and its proposal applied.

mod apply;
pub(crate) mod emergency;
mod start;
mod tell;
mod watch;

use crate::index::Shelves;
use crate::plan::Sheet;
use ::theatre::{Cost, Plan};
use parking_lot::Mutex;
use service::Route;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

/// Jobs and proposals kept of a tenant, the latest ones.
const KEPT: usize = 20;

/// The jobs of a tenant.
#[derive(Default)]
pub(crate) struct Jobs(Mutex<Vec<Arc<Job>>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Running,
    Done,
    Stopped,
    Failed,
}

/// What was found so far.
pub(crate) struct Progress {
    pub phase: Phase,
    /// Seconds after the start, and the cost then.
    pub improvements: Vec<(f64, i64)>,
    pub best: Plan,
    pub cost: Cost,
    pub elapsed: f64,
}

pub(crate) struct Job {
    pub id: Uuid,
    /// The account that started it.
    pub who: Uuid,
    pub sheet: Sheet,
    pub cost_now: Cost,
    pub stop: AtomicBool,
    pub progress: Mutex<Progress>,
    /// An insertion of an emergency, not a job of the optimiser.
    pub emergency: bool,
}

impl Jobs {
    fn add(&self, job: Arc<Job>) {
        let mut all = self.0.lock();
        all.push(job);
        if all.len() > KEPT {
            let old = all.remove(0);
            old.stop.store(true, Ordering::Relaxed);
        }
    }

    fn is_busy(&self) -> bool {
        self.0.lock().iter().any(|job| job.progress.lock().phase == Phase::Running)
    }

    /// The job of that id, of whom it belongs to.
    fn find(&self, id: &str, who: Uuid, emergency: bool) -> Option<Arc<Job>> {
        let id: Uuid = id.parse().ok()?;
        let all = self.0.lock();
        all.iter().find(|job| job.id == id && job.who == who && job.emergency == emergency).cloned()
    }
}

pub(crate) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let mut routes = vec![start::route(shelves.clone())];
    routes.extend(watch::routes(shelves));
    routes.extend(apply::routes(shelves));
    routes.push(emergency::route(shelves.clone()));
    routes
}
