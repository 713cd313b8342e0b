//! Implants: read from their label, recorded in the patient with lot and serial number, found again when a lot is
//! recalled.

mod asked;
mod carriers;
mod code;
pub(crate) mod device;
mod flag;
mod gs1;
mod hibc;
mod list;
mod message;
mod place;
pub(crate) mod recall;
mod recalls;
mod rule;
mod scan;
mod strike;
#[cfg(test)]
mod tests;

pub(crate) use asked::device as asked_device;
pub(crate) use code::Device as Label;
pub(crate) use flag::CarrierFlags;
pub(crate) use list::of_case;
pub(crate) use rule::ImplantRules;

use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![scan::route(), place::route(), list::route(), strike::route(), carriers::route()];
    routes.extend(recalls::routes());
    routes
}
