//! The pre-anaesthetic consultation of a case: one QuestionnaireResponse
//! (<https://hl7.org/fhir/R4/questionnaireresponse.html>), a draft until an anaesthetist completes it, at least two
//! days before an operation that can wait.

mod delay;
mod fields;
mod get;
mod message;
mod put;
mod response;
#[cfg(test)]
mod tests;

pub(crate) use response::Consultation;

use service::Route;

pub(super) fn routes() -> Vec<Route> {
    vec![get::route(), put::route()]
}
