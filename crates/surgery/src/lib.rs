//! The surgical case: from the request to the end of recovery.

mod anaesthesia;
mod perioperative;

use fhir::ResourceType;
use service::{Route, Service};

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

    fn routes(&self) -> Vec<Route> {
        let mut routes = perioperative::routes();
        routes.extend(anaesthesia::routes());
        routes
    }
}
