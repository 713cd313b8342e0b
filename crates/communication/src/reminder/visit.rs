//! What a reminder needs to know of an Appointment.

use crate::element::{APPOINTMENT_KIND, coded, id_of, moment, refers};
use fhir::{Json, ResourceType};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Consultation,
    /// A stay for an operation: the hour of the plan is the theatre's, not that of arrival.
    Stay,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Visit {
    /// Id of the Appointment.
    pub id: String,
    /// Id of the Patient.
    pub patient: String,
    /// ms since epoch
    pub start: i64,
    pub kind: Kind,
}

impl Visit {
    /// `None` for what no patient is to be reminded of: not booked (any more), without a patient or an hour.
    pub fn of(appointment: &Json<'_>) -> Option<Visit> {
        if appointment.get_str("status") != Some("booked") {
            return None;
        }
        let actors = appointment.each("participant").filter_map(|one| refers(one, "actor"));
        let patient = actors.filter_map(|one| id_of(one, ResourceType::PATIENT)).next()?;
        let kind = match coded(appointment, "serviceCategory", APPOINTMENT_KIND) {
            Some("consultation") => Kind::Consultation,
            Some(_) => Kind::Stay,
            // Of plain FHIR: an operation names its request.
            None if appointment.get("basedOn").is_some() => Kind::Stay,
            None => Kind::Consultation,
        };
        Some(Visit {
            id: appointment.get_str("id")?.to_string(),
            patient: patient.to_string(),
            start: moment(appointment, "start")?,
            kind,
        })
    }
}
