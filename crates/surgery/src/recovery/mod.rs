//! The recovery room and the way home: scores with their items, criteria, and the decision that lets the patient go.

mod discharge;
mod get;
mod message;
mod record;
mod scale;
mod score;
#[cfg(test)]
mod tests;

use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    vec![get::route(), score::route(), discharge::route()]
}
