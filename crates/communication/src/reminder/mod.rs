//! Reminders of appointments: CommunicationRequests that follow from an Appointment as it stands
//! (<https://hl7.org/fhir/R4/communicationrequest.html>), said by the outbox when they fall due.

mod follow;
mod plan;
mod request;
mod rule;
mod visit;

pub(crate) use follow::{Followed, follow, known};
pub(crate) use request::{Request, State};
pub(crate) use rule::OnlyByTheHub;
pub(crate) use visit::{Kind, Visit};

/// The appointment moved, or was cancelled.
pub(crate) const MOVED: &str = "moved";
