//! From the index to a problem of the engine and back: the same engine offers, optimises and inserts emergencies.

mod item;
pub(crate) mod offers;
mod sheet;

pub(crate) use item::{Item, facility_of, minutes};
pub(crate) use sheet::{Scope, Sheet};

/// Milliseconds of one slot of the engine.
pub(crate) const SLOT: i64 = 5 * crate::zone::MINUTE;
