//! The surgical case: from the request to the end of recovery.

use fhir::ResourceType;
use service::Service;

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
}
