//! Who people are: accounts, sign-in, professionals, clients, and what ties them to patients.

pub mod watch;

use fhir::ResourceType;
use service::Service;

/// The service.
pub struct Identity;

const OWNS: [ResourceType; 5] = [
    ResourceType::ORGANIZATION,
    ResourceType::HEALTHCARE_SERVICE,
    ResourceType::PERSON,
    ResourceType::PRACTITIONER,
    ResourceType::PRACTITIONER_ROLE,
];

impl Service for Identity {
    fn name(&self) -> &'static str {
        "identity"
    }

    fn owns(&self) -> &[ResourceType] {
        &OWNS
    }
}
