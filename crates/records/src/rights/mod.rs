//! The rights of the patient over their data: a copy (RGPD articles 15 and 20), rectification by an annotated
//! addition (16), erasure and restriction (17, 18) with their legal limits.

mod ask;
mod copy;
mod decide;
mod list;
mod retention;
mod task;
#[cfg(test)]
mod tests;

use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    vec![copy::route(), ask::route(), list::route(), decide::route()]
}
