//! Orders to the laboratory and to imaging: ServiceRequests of those two categories
//! (<https://hl7.org/fhir/R4/servicerequest.html>). Other categories (surgery, referrals) are others' affair, so
//! this room puts no rule on the type.

mod cancel;
mod catalog;
mod create;
mod list;
mod sets;
mod shape;
#[cfg(test)]
mod tests;

use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    vec![sets::route(), create::route(), list::route(), cancel::route()]
}
