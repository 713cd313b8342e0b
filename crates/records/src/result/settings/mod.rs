//! What the clinic decides about results: limits beyond which a value is critical, and until when a result must be
//! looked at. It is data of the tenant, in the directory, which everyone reads and the administration writes:
//!
//! * one ObservationDefinition (<https://hl7.org/fhir/R4/observationdefinition.html>) for each analysis, with a
//!   `qualifiedInterval` of category `critical`; one that is there without interval switches our limit off;
//! * the ActivityDefinition `result-review` with the extension `urn:medhub:review-minutes`.

mod get;
mod put;
mod read;
#[cfg(test)]
mod tests;
mod write;

use super::deadline::Times;
use super::limits::Limits;
use service::Route;
use std::sync::Arc;

pub(super) fn routes() -> Vec<Route> {
    vec![get::route(), put::route()]
}

/// Namespace of the definitions' ids: one for each LOINC.
const PREFIX: &str = "critical-";
const REVIEW: &str = "result-review";
const MINUTES: &str = "urn:medhub:review-minutes";
const LOINC: &str = "http://loinc.org";
const UCUM: &str = "http://unitsofmeasure.org";
/// Analyses of one clinic that have limits.
const LIMITS_MAX: usize = 300;

/// As they stand now.
pub(crate) struct Settings {
    pub limits: Arc<Limits>,
    pub times: Times,
}
