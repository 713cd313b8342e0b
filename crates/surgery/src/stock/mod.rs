//! The stock of the theatre by lot, what is short of its threshold, preference cards, and what an operation used.
//!
//! A lot in stock is a Device without a patient, with its quantity; a product is a DeviceDefinition; a movement is a
//! SupplyDelivery; a preference card is a PlanDefinition.

mod card;
mod cards;
mod consumed;
mod line;
mod list;
mod message;
mod picklist;
mod product;
mod receive;
#[cfg(test)]
mod tests;
mod used;

pub(crate) use line::{Line, line, line_of, lines};
pub(crate) use product::product;

use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    vec![list::route(), receive::route(), cards::route(), picklist::route(), consumed::route()]
}
