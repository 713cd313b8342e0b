//! The optimiser at work in the background: started, watched, stopped, and its proposal applied.

mod apply;
pub(crate) mod emergency;
mod start;
mod tell;
mod watch;

pub(crate) use tell::cost as cost_told;

use crate::index::{Shelf, Shelves};
use crate::plan::Sheet;
use crate::suite::several::Move;
use ::theatre::{Cost, Plan};
use parking_lot::Mutex;
use service::{Route, RouteCtx};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use store::Result;
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

/// The moves of a job's proposal as it is now, with the versions of the bookings that the search saw.
///
/// # Errors
/// For a job that is not there, or another's.
pub(crate) fn proposal(cx: &RouteCtx, shelf: &Shelf, id: &str) -> Result<Vec<(Move, Option<u64>)>> {
    let job = watch::job(cx, shelf, id, false)?;
    let moves = tell::moves(&job.sheet, &job.progress.lock().best);
    let version = |one: &Move| {
        let mut seen = job.sheet.items.iter().filter_map(|item| item.booking.as_ref());
        seen.find(|b| Some(&b.id) == one.booking.as_ref()).map(|b| b.version)
    };
    Ok(moves.into_iter().map(|one| (one.clone(), version(&one))).collect())
}

pub(crate) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let mut routes = vec![start::route(shelves.clone())];
    routes.extend(watch::routes(shelves));
    routes.extend(apply::routes(shelves));
    routes.push(emergency::route(shelves.clone()));
    routes
}
