//! The theatre of the sample: vacations, equipment, closures, cases that wait, and a full day today.

mod case;
mod checklist;
mod course;
mod emergencies;
mod fixtures;
mod programme;
mod recent;

pub use case::{Case, Theatre, around, as_case, kind, member, of_booking, site_of};
pub use checklist::derived;
pub use course::{Course, DAYS_BACK, course};
pub use emergencies::keep;
pub use fixtures::{fixtures, of_place};
