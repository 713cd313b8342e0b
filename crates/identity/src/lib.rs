//! Who people are: accounts, sign-in, professionals, clients, and what ties them to patients.

pub mod account;
pub mod oauth;
mod parts;
mod professional;
mod scim;
pub mod sign_in;
mod ties;
pub mod upstream;
pub mod verb;
pub mod watch;

pub use parts::{Parts, Sample};
pub use ties::Ties;

use fhir::ResourceType;
use service::{Reaction, Route, Service};
use sign_in::Desk;
use std::sync::Arc;
use store::Rule;

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

    fn rules(&self) -> Vec<Arc<dyn Rule>> {
        vec![Arc::new(professional::UniqueRpps)]
    }

    fn reactions(&self) -> Vec<Arc<dyn Reaction>> {
        vec![Arc::new(watch::BreachWatch::default())]
    }

    fn routes(&self) -> Vec<Route> {
        let mut routes = sign_in::routes(&self.desk);
        routes.extend(account::routes(&self.desk));
        routes.extend(oauth::routes(&self.desk));
        routes.extend(upstream::routes(&self.desk));
        routes.extend(scim::routes());
        routes.extend(professional::routes());
        routes.extend(watch::routes());
        routes.extend(ties::routes(&self.desk));
        routes
    }
}
