//! The nurses' record of an operation: counts, positioning, tourniquet, drains, specimens, incidents. What the
//! record of anaesthesia and the recovery room have in common with it stands here too: the case, entries that a
//! tablet without a network may send twice, corrections that keep what stood before.

mod add;
pub(crate) mod booking;
pub(crate) mod case;
mod correct;
mod count;
pub(crate) mod entry;
pub(crate) mod field;
mod get;
mod kinds;
mod list;
pub(crate) mod message;
pub(crate) mod observation;
pub(crate) mod person;
pub(crate) mod specimen;
#[cfg(test)]
pub(crate) mod tests;
mod tourniquet;

pub(crate) use add::AddEntries;
pub(crate) use correct::CorrectEntry;
pub(crate) use get::head;
pub(crate) use kinds::SHEET;
pub(crate) use list::entries;

use service::{Access, Method, Route};
use std::sync::Arc;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get::route(),
        Route {
            method: Method::Post,
            path: "surgeries/{id}/perioperative",
            summary: "Adds entries to the nurses' record of an operation; sent again, they change nothing",
            access: Access::SignedIn,
            handler: Arc::new(AddEntries(&SHEET)),
        },
        Route {
            method: Method::Post,
            path: "surgeries/{id}/perioperative/{entry}/correct",
            summary: "Corrects or strikes an entry of the nurses' record, with the reason",
            access: Access::SignedIn,
            handler: Arc::new(CorrectEntry(&SHEET)),
        },
    ]
}
