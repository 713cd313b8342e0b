//! Results that somebody must look at. A reaction makes one Task for each DiagnosticReport (`review.rs` tells its
//! shape); the inbox shows the Tasks with what was found, and whoever takes a result into account completes its
//! Task. `Task` is the workflows' type: this room writes such Tasks and puts no rule on the type.

mod acknowledge;
mod assign;
mod comment;
mod correction;
mod deadline;
mod escalation;
mod flag;
mod forward;
mod inbox;
mod item;
mod limits;
mod open;
mod reaction;
mod review;
mod settings;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use flag::Flag;
pub(crate) use limits::Limits;
use service::{Reaction, Route};
pub(crate) use settings::Settings;
use std::sync::Arc;

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![inbox::route(), acknowledge::route(), comment::route(), forward::route()];
    routes.extend(settings::routes());
    routes
}

pub(crate) fn reactions() -> Vec<Arc<dyn Reaction>> {
    vec![Arc::new(reaction::ResultReview), Arc::new(correction::ResultCorrection)]
}
