//! A surgical case: a ServiceRequest for surgery, asked for, changed, stopped and told.

pub(crate) mod acts;
pub(crate) mod anaesthesia;
mod change;
mod checks;
pub(crate) mod element;
mod form;
mod get;
mod history;
mod list;
mod message;
mod reasons;
mod request;
pub(crate) mod schedule_part;
mod stop;
pub(crate) mod tell;
pub(crate) mod whole;
pub(crate) mod zone;

use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    // Paths of words stand before those with an id in them.
    let mut routes = vec![acts::route(), reasons::route()];
    routes.extend(request::routes());
    routes.extend(list::routes());
    routes.extend([get::route(), change::route(), history::route(), checks::route()]);
    routes.extend(stop::routes());
    routes
}
