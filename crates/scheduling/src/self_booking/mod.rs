//! Patients take a consultation themselves: the desk makes a link for one patient and one kind of consultation, the
//! patient opens it without an account, proves the birth date, sees free times and nothing of anybody else, and books,
//! moves or cancels that one appointment. The same index and the same rule of the transaction as the agenda.

mod book;
mod bring;
mod desk;
mod invitation;
mod limit;
mod open;
mod rules;
mod settings;
mod slots;
#[cfg(test)]
mod tests;
mod venue;
mod visit;
mod words;

pub(crate) use limit::OpenLimit;

use crate::index::Shelves;
use service::Route;
use std::sync::Arc;

/// Drawers of the vault.
const INVITATIONS: &str = "self-booking-invitation";
const SETTINGS: &str = "self-booking-rules";
/// Header with the link's secret.
const TOKEN: &str = "x-medhub-booking";
/// Header with what the birth date opened.
const PASS: &str = "x-medhub-pass";
/// Extension of an Appointment that a patient took: how many of its type the patient may have to come.
const SELF: &str = "urn:medhub:booking:self";
const HOUR: i64 = 60 * crate::zone::MINUTE;

pub(crate) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let mut routes = settings::routes(shelves);
    routes.extend(desk::routes(shelves));
    routes.push(open::route(shelves));
    routes.push(visit::route(shelves));
    routes.push(slots::route(shelves));
    routes.extend(book::routes(shelves));
    routes
}
