//! What must be done for a patient, by whom and until when: courses of steps that begin by themselves, follow what
//! happens in the record, and wait for people where people decide.

mod element;
mod instance;
mod message;
mod reaction;
mod template;
#[cfg(test)]
mod tests;
mod verb;

use fhir::ResourceType;
use service::{Reaction, Route, Service};
use std::sync::Arc;
use store::Rule;

/// The service of courses and their tasks.
pub struct Workflow;

const OWNS: [ResourceType; 3] =
    [ResourceType::PLAN_DEFINITION, ResourceType::REQUEST_GROUP, ResourceType::TASK];

impl Service for Workflow {
    fn name(&self) -> &'static str {
        "workflow"
    }

    fn owns(&self) -> &[ResourceType] {
        &OWNS
    }

    fn rules(&self) -> Vec<Arc<dyn Rule>> {
        vec![Arc::new(template::rule::TemplateHolds), Arc::new(instance::rule::OnlyByItsVerbs)]
    }

    fn reactions(&self) -> Vec<Arc<dyn Reaction>> {
        vec![Arc::new(reaction::CaseFollowed)]
    }

    fn routes(&self) -> Vec<Route> {
        verb::routes()
    }
}
