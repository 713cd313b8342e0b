//! The surgical case: from the request to the end of recovery.

mod anaesthesia;
mod implant;
mod perioperative;
mod recovery;
mod report;
mod stock;

use fhir::ResourceType;
use service::{Reaction, Route, Service};
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
        vec![Arc::new(implant::ImplantRules)]
    }

    fn reactions(&self) -> Vec<Arc<dyn Reaction>> {
        vec![Arc::new(implant::CarrierFlags)]
    }

    fn routes(&self) -> Vec<Route> {
        let mut routes = perioperative::routes();
        routes.extend(anaesthesia::routes());
        routes.extend(recovery::routes());
        routes.extend(report::routes());
        routes.extend(implant::routes());
        routes.extend(stock::routes());
        routes
    }
}
