//! The theatre of the sample: vacations, equipment, closures, cases that wait, and a full day today.

mod case;
mod fixtures;
mod programme;

pub use case::{Case, Theatre, around, as_case, kind, member, of_booking};
pub use fixtures::{fixtures, of_place};
