//! Who people are: accounts, sign-in, professionals, clients, and what ties them to patients.

pub mod account;
mod parts;
pub mod sign_in;
mod ties;
pub mod verb;

pub use parts::{Parts, Sample};
pub use ties::Ties;

use fhir::ResourceType;
use service::{Route, Service};
use sign_in::Desk;
use std::sync::Arc;

/// The service.
pub struct Identity {
    desk: Arc<Desk>,
}

impl Identity {
    pub fn new(parts: Parts) -> Identity {
        Identity { desk: Arc::new(Desk::new(parts)) }
    }
}

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

    fn routes(&self) -> Vec<Route> {
        let mut routes = sign_in::routes(&self.desk);
        routes.extend(account::routes(&self.desk));
        routes.extend(ties::routes(&self.desk));
        routes
    }
}
