//! The watch over the audit log: sign-ins that fail, accesses that are denied, unusual volume, records of people
//! in the public eye and of colleagues, exports. What stands out becomes an alert to the privacy officer; an
//! alert may become an incident, with the clock of 72 hours of RGPD article 33.
//!
//! Alerts are Communications and incidents are Tasks, tagged `urn:medhub:watch` and labelled restricted, about no
//! patient: versioned, sealed and audited like all else (decision 0012).

mod alert;
mod close;
mod count;
mod incident;
mod list;
mod open;
mod proof;
mod reaction;
mod read;
#[cfg(test)]
mod tests;
mod update;

pub use reaction::BreachWatch;

use service::Route;

/// The verbs of the privacy officer.
pub fn routes() -> Vec<Route> {
    vec![list::alerts(), list::incidents(), open::route(), close::route(), update::route(), proof::route()]
}
