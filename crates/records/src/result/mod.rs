//! Results that somebody must look at. A reaction makes one Task for each DiagnosticReport (`review.rs` tells its
//! shape); the inbox shows the Tasks with what was found, and whoever takes a result into account completes its
//! Task. `Task` is the workflows' type: this room writes such Tasks and puts no rule on the type.

mod acknowledge;
mod assign;
mod comment;
mod correction;
mod deadline;
mod flag;
mod forward;
mod inbox;
mod item;
mod limits;
mod open;
mod reaction;
mod review;
#[cfg(test)]
mod tests;
mod value;

use service::{Reaction, Route};
use std::sync::Arc;

pub(crate) fn routes() -> Vec<Route> {
    vec![inbox::route(), acknowledge::route(), comment::route(), forward::route()]
}

pub(crate) fn reactions() -> Vec<Arc<dyn Reaction>> {
    vec![Arc::new(reaction::ResultReview), Arc::new(correction::ResultCorrection)]
}
