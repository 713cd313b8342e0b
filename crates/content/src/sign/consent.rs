//! What a patient decided on an operation, as a Consent (<https://hl7.org/fhir/R4/consent.html>): one a document,
//! whose versions are its history.

use crate::document::Document;
use crate::kind::LOINC;
use crate::words::text;
use bytes::Bytes;
use fhir::edit::{codeable_concept, instant, reference};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::{Result, Write};
use uuid::Uuid;

const SCOPE: &str = "http://terminology.hl7.org/CodeSystem/consentscope";
/// The article that the consent to an act rests on.
const LAW: &str = "Code de la santé publique, article L.1111-4";

/// The write of a decision; none for documents that are no consent. `status`: `active`, `rejected`, `inactive`.
pub(super) async fn write(cx: &RouteCtx, document: &Document, status: &'static str) -> Result<Option<Write>> {
    if document.kind.code != "consent" {
        return Ok(None);
    }
    let name = format!("urn:medhub:consent:{}", document.id);
    let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()).to_string();
    let before = crate::read::one(cx, ResourceType::CONSENT, &id).await?.map(|found| found.version);
    let patient = reference(ResourceType::PATIENT, document.patient());
    let json = Json::object([
        ("resourceType", Json::string("Consent")),
        ("id", text(&*id)),
        ("status", Json::string(status)),
        ("scope", codeable_concept(SCOPE, "treatment", None)),
        ("category", Json::array([codeable_concept(LOINC, "59284-0", None)])),
        ("patient", patient.clone()),
        ("dateTime", instant(cx.ctx.clock.now_ms())),
        ("performer", Json::array([patient])),
        ("sourceReference", reference(ResourceType::DOCUMENT_REFERENCE, &document.id)),
        ("policyRule", Json::object([("text", Json::string(LAW))])),
    ]);
    Ok(Some(Write::Update {
        rt: ResourceType::CONSENT,
        id,
        body: Bytes::from(json.to_vec()),
        if_match: before,
        if_none_match: before.is_none(),
    }))
}
