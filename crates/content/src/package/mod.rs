//! The documents of a surgery: what there is, what is missing, unsigned or no longer right; made together, and handed
//! over together.

mod get;
mod post;
mod state;
mod zip;

use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    vec![get::route(), post::route(), zip::route()]
}
