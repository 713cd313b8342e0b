//! How the theatre does: what was offered, what was used, what began late and what was cancelled, with the cases
//! behind every figure. Figures tell nothing about a patient: they are made of all cases of the clinic for whoever may
//! see its plan; the cases behind them are shown as far as the caller may open them.

mod asked;
mod cases;
mod csv;
mod facts;
mod figures;
mod gather;
mod get;
mod kinds;
mod measure;
#[cfg(test)]
mod tests;
mod weekly;

use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    vec![get::route(), cases::route()]
}
