//! The verbs: what runs, what waits for me, and doing it.

mod act;
mod active;
mod claim;
mod comment;
mod complete;
mod count;
mod create;
mod page;
mod people;
mod release;
mod search;
mod skip;
mod status;
mod step;
mod tasks;

use service::Route;

/// Paths of words stand before those with an id in them.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        active::route(),
        tasks::route(),
        count::route(),
        create::route(),
        status::route(),
        claim::route(),
        release::route(),
        complete::route(),
        skip::route(),
        comment::route(),
    ]
}
