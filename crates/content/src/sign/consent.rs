//! What a patient decided on an operation, as a Consent (<https://hl7.org/fhir/R4/consent.html>): one a document,
//! whose versions are its history.

use crate::document::{self, Document, fact};
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
    let about = about(document);
    let json = Json::object([
        ("resourceType", Json::string("Consent")),
        ("id", text(&*id)),
        ("extension", Json::Array(planned(document))),
        ("status", Json::string(status)),
        ("scope", codeable_concept(SCOPE, "treatment", None)),
        ("category", Json::array([codeable_concept(LOINC, "59284-0", None)])),
        ("patient", patient.clone()),
        ("dateTime", instant(cx.ctx.clock.now_ms())),
        ("performer", Json::array([patient])),
        ("sourceReference", reference(ResourceType::DOCUMENT_REFERENCE, &document.id)),
        ("policyRule", Json::object([("text", Json::string(LAW))])),
        ("provision", Json::object([("type", Json::string("permit")), ("data", Json::Array(about))])),
    ]);
    Ok(Some(Write::Update {
        rt: ResourceType::CONSENT,
        id,
        body: Bytes::from(json.to_vec()),
        if_match: before,
        if_none_match: before.is_none(),
    }))
}

/// The case that it is about: whoever plans it finds the decision by it.
fn about(document: &Document) -> Vec<Json<'static>> {
    let case = document::case(&document.json).map(|case| reference(ResourceType::SERVICE_REQUEST, case));
    let related = |case| Json::object([("meaning", Json::string("related")), ("reference", case)]);
    case.map(related).into_iter().collect()
}

/// What was planned when it was decided: a case that says something else now is not consented to.
fn planned(document: &Document) -> Vec<Json<'static>> {
    let word = |name: &str| fact(&document.json, name).and_then(|value| value.as_str()).map(String::from);
    let part = |url: &'static str, name: &'static str, value: Option<String>| {
        value.map(|value| Json::object([("url", Json::string(url)), (name, text(value))]))
    };
    let act = part("urn:medhub:consent:act", "valueString", word("act"));
    act.into_iter().chain(part("urn:medhub:consent:side", "valueCode", word("side"))).collect()
}
