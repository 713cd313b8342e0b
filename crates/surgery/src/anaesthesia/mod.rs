//! The record of anaesthesia: one time axis with vital signs, drugs, fluids, ventilation and events.

pub(crate) mod balance;
mod catalogue;
mod consultation;
mod drug;
mod drugs;
mod get;
mod kinds;
mod message;
#[cfg(test)]
mod tests;

pub(crate) use consultation::Consultation;
pub(crate) use drug::{
    DRUG, check as drug_check, complete as drug_complete, json as drug_json, read as drug_read,
};
pub(crate) use kinds::SHEET;

use crate::perioperative::{AddEntries, CorrectEntry};
use service::{Access, Method, Route};
use std::sync::Arc;

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![
        get::route(),
        drugs::route(),
        Route {
            method: Method::Post,
            path: "surgeries/{id}/anaesthesia",
            summary: "Adds entries to the record of anaesthesia; sent again, they change nothing",
            access: Access::SignedIn,
            handler: Arc::new(AddEntries(&SHEET)),
        },
        Route {
            method: Method::Post,
            path: "surgeries/{id}/anaesthesia/{entry}/correct",
            summary: "Corrects or strikes an entry of the record of anaesthesia, or ends an infusion",
            access: Access::SignedIn,
            handler: Arc::new(CorrectEntry(&SHEET)),
        },
    ];
    routes.extend(consultation::routes());
    routes
}
