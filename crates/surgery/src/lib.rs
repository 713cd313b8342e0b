//! The surgical case: from the request to the end of recovery.

mod anaesthesia;
mod case;
mod checklist;
mod implant;
mod indicators;
mod milestone;
mod perioperative;
mod recovery;
mod report;
mod status;
mod stock;
#[cfg(test)]
mod tests;

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
        vec![
            Arc::new(status::rule::CaseInOrder),
            Arc::new(checklist::rule::EntriesStay),
            Arc::new(checklist::rule::VersionsStay),
            Arc::new(implant::ImplantRules),
        ]
    }

    fn reactions(&self) -> Vec<Arc<dyn Reaction>> {
        vec![Arc::new(implant::CarrierFlags)]
    }

    fn routes(&self) -> Vec<Route> {
        // Paths of words (`surgeries/day`) stand before those with an id in them (`surgeries/{id}`).
        let mut routes = milestone::routes();
        routes.extend(indicators::routes());
        routes.extend(checklist::routes());
        routes.extend(case::routes());
        routes.extend(perioperative::routes());
        routes.extend(anaesthesia::routes());
        routes.extend(recovery::routes());
        routes.extend(report::routes());
        routes.extend(implant::routes());
        routes.extend(stock::routes());
        routes
    }
}
