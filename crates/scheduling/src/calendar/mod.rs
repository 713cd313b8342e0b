//! One's bookings in one's own calendar program: a secret address each, that can be taken back. What leaves the
//! clinic says when and where, never who or what.

mod feed;
mod ics;
mod import;
mod tokens;

pub(crate) use import::is_imported;

use crate::index::Shelves;
use service::Route;
use std::sync::Arc;

/// Drawer of the vault.
const DRAWER: &str = "calendar-feed";

pub(crate) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let mut routes = tokens::routes();
    routes.extend(import::routes(shelves));
    routes.push(feed::route(shelves.clone()));
    routes
}
