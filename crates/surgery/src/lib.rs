//! The surgical case: from the request to the end of recovery.

mod case;
mod checklist;
mod milestone;
mod status;
#[cfg(test)]
mod tests;

use fhir::ResourceType;
use service::{Route, Service};
use std::sync::Arc;
use store::Rule;

/// The service of surgery.
pub struct Surgery;

const OWNS: [ResourceType; 9] = [
    ResourceType::SERVICE_REQUEST,
    ResourceType::PROCEDURE,
    ResourceType::QUESTIONNAIRE,
    ResourceType::QUESTIONNAIRE_RESPONSE,
    ResourceType::DEVICE,
    ResourceType::DEVICE_DEFINITION,
    ResourceType::DEVICE_USE_STATEMENT,
    ResourceType::SUPPLY_DELIVERY,
    ResourceType::MEDICATION_ADMINISTRATION,
];

impl Service for Surgery {
    fn name(&self) -> &'static str {
        "surgery"
    }

    fn owns(&self) -> &[ResourceType] {
        &OWNS
    }

    fn rules(&self) -> Vec<Arc<dyn Rule>> {
        vec![Arc::new(status::rule::CaseInOrder), Arc::new(checklist::rule::EntriesStay)]
    }

    fn routes(&self) -> Vec<Route> {
        // Paths of words (`surgeries/day`) stand before those with an id in them (`surgeries/{id}`).
        let mut routes = milestone::routes();
        routes.extend(checklist::routes());
        routes.extend(case::routes());
        routes
    }
}
