//! The theatre of the sample: vacations, equipment, closures, cases that wait, and a full day today.

mod case;
mod fixtures;
mod programme;

pub use case::{Case, Theatre, around, as_case, kind, member, of_booking};
pub use fixtures::{fixtures, of_place};

use crate::calendar::Moment;

/// One operation of today, for whoever writes how it goes on.
#[derive(Clone, Debug)]
pub struct Planned {
    /// `ServiceRequest/…`.
    pub order: String,
    /// `Appointment/…`.
    pub booking: String,
    /// `Patient/…`.
    pub patient: String,
    /// CCAM code.
    pub act: String,
    /// Keys of staff and room.
    pub surgeon: String,
    pub anaesthetist: String,
    pub room: String,
    pub start: Moment,
    pub minutes: u16,
}
