//! The verbs of medical alerts.

mod answer;
mod count;
mod list;
mod send;
mod tell;

use crate::due::Due;
use service::Route;
use std::sync::Arc;

pub(super) fn routes(due: &Arc<Due>) -> Vec<Route> {
    let mut routes = vec![send::route(due), list::route(), count::route(due)];
    routes.extend(answer::routes(due));
    routes
}
