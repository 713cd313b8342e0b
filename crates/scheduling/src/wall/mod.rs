//! The screen in the corridor: rooms, initials, numbers and hours. It runs under a token of its own that opens nothing
//! else and can be taken back; what hangs in a corridor must not depend on somebody's session.

mod show;
mod stations;
#[cfg(test)]
mod tests;

use crate::index::Shelves;
use service::Route;
use std::sync::Arc;

/// Drawer of the vault.
const DRAWER: &str = "theatre-wall";
/// Header of a screen.
const HEADER: &str = "x-medhub-wall";

pub(crate) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let mut routes = stations::routes();
    routes.push(show::route(shelves.clone()));
    routes
}
