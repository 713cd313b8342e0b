//! What-if plans: moves that are kept beside the plan and tried on a copy of it, by the same check as everything else.
//! Nothing is booked, nobody is told and no feed shows anything until a scenario is applied, whole or not at all.

mod apply;
mod change;
mod figures;
mod kept;
mod list;
mod overlay;
mod show;
#[cfg(test)]
mod tests;

pub(crate) use change::{Subject, ask};
pub(crate) use overlay::{World, open};

use crate::index::Shelves;
use service::Route;
use std::sync::Arc;

/// Scenarios of a tenant.
const KEPT: usize = 30;
/// Moves of one scenario.
const MOVES_MAX: usize = 300;
/// Days of one scenario.
const DAYS_MAX: i64 = 42;

pub(crate) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let mut routes = list::routes(shelves);
    routes.push(show::route(shelves.clone()));
    routes.extend(change::routes(shelves));
    routes.push(apply::route(shelves.clone()));
    routes
}
