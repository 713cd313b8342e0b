//! The patient records: who the patients are and what is known of their health.

mod access_list;
mod consent;
mod find;
mod merge;
mod note;
mod order;
mod person;
mod photo;
mod record_number;
mod registration;
mod result;
mod rights;
mod summary;
mod terms;

use fhir::ResourceType;
use service::{Reaction, Route, Service};
use std::sync::Arc;
use store::Rule;

/// The service of the patient records.
pub struct Records;

const OWNS: [ResourceType; 16] = [
    ResourceType::PATIENT,
    ResourceType::RELATED_PERSON,
    ResourceType::CONSENT,
    ResourceType::CONDITION,
    ResourceType::ALLERGY_INTOLERANCE,
    ResourceType::MEDICATION_STATEMENT,
    ResourceType::IMMUNIZATION,
    ResourceType::OBSERVATION,
    ResourceType::FAMILY_MEMBER_HISTORY,
    ResourceType::ENCOUNTER,
    ResourceType::COMPOSITION,
    ResourceType::DIAGNOSTIC_REPORT,
    ResourceType::SPECIMEN,
    ResourceType::EPISODE_OF_CARE,
    ResourceType::CARE_PLAN,
    ResourceType::PROVENANCE,
];

impl Service for Records {
    fn name(&self) -> &'static str {
        "records"
    }

    fn owns(&self) -> &[ResourceType] {
        &OWNS
    }

    fn rules(&self) -> Vec<Arc<dyn Rule>> {
        vec![
            Arc::new(record_number::UniqueRecordNumber),
            Arc::new(registration::OneRecord),
            Arc::new(photo::PhotoRule),
            Arc::new(consent::ConsentRules),
            Arc::new(note::NoteRules),
            Arc::new(note::ProofRules),
        ]
    }

    fn reactions(&self) -> Vec<Arc<dyn Reaction>> {
        let mut reactions: Vec<Arc<dyn Reaction>> =
            vec![Arc::new(merge::PatientMerge), Arc::new(photo::PhotoWithdrawal)];
        reactions.extend(result::reactions());
        reactions
    }

    fn routes(&self) -> Vec<Route> {
        let mut routes = consent::routes();
        routes.extend(registration::routes());
        routes.extend(merge::routes());
        routes.extend(photo::routes());
        routes.extend(rights::routes());
        routes.extend(find::routes());
        routes.extend(order::routes());
        routes.extend(result::routes());
        routes.extend(note::routes());
        routes.extend(summary::routes());
        routes.extend(terms::routes());
        routes.push(access_list::route());
        routes
    }
}
