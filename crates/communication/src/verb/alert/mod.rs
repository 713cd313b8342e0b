//! The verbs of medical alerts.

mod answer;
mod count;
mod list;
mod send;
mod tell;

use service::Route;

pub(super) fn routes() -> Vec<Route> {
    let mut routes = vec![send::route(), list::route(), count::route()];
    routes.extend(answer::routes());
    routes
}
