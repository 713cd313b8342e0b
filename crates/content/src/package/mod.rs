//! The documents of a surgery: what there is, what is missing, unsigned or no longer right; made together, and handed
//! over together.

mod consents;
mod get;
mod pdf;
mod post;
mod state;
mod zip;

use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    vec![consents::route(), get::route(), post::route(), pdf::route(), zip::route()]
}
