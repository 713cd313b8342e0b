//! Medical alerts: somebody must come, and it is not over when nobody answers. One CommunicationRequest for each alert
//! holds its state, so that a restart, a second node or any FHIR client sees the same; the clock's round moves it on
//! (priorities after IEC 60601-1-8).

mod ladder;
mod record;
mod round;
mod state;

pub(crate) use ladder::{Priority, is_late};
pub(crate) use record::{Alert, RESERVED, Said};
pub(crate) use round::EscalationRound;
pub(crate) use state::{Answer, State, answer};
