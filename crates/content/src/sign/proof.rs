//! The Provenance (<https://hl7.org/fhir/R4/provenance.html>) of a signature: who, when, on which pages.

use crate::document::{Document, Signature};
use crate::kind::Signer;
use crate::words::text;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use fhir::edit::{coding, reference};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::Write;

const TYPES: &str = "urn:iso-astm:E1762-95:2013";
const AUTHOR: &str = "1.2.840.10065.1.12.1.1";
const CONSENT: &str = "1.2.840.10065.1.12.1.7";
const PARTICIPANTS: &str = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

/// The proof of a signature, to be written with it.
pub(super) fn of(cx: &RouteCtx, document: &Document, signature: &Signature, more: Json<'static>) -> Write {
    let (kind, part) = match signature.signer {
        Signer::Professional => (AUTHOR, "author"),
        Signer::Patient => (CONSENT, "attester"),
    };
    let mut statement = vec![
        ("hash".to_string(), text(&*signature.hash)),
        ("decision".into(), text(&*signature.decision)),
        ("methods".into(), Json::array(signature.methods.iter().map(|m| text(m.clone())))),
        ("account".into(), text(cx.ctx.actor.id.to_string())),
    ];
    let members = more.as_object().into_iter().flat_map(|object| object.iter());
    statement.extend(members.map(|(name, value)| (name.to_string(), value.clone())));
    let data = STANDARD.encode(Json::object(statement).to_vec());
    let signed = Json::object([
        ("type", Json::array([coding(TYPES, kind, None)])),
        ("when", text(&*signature.at)),
        ("who", signature.who.clone()),
        ("sigFormat", Json::string("application/json")),
        ("data", text(data)),
    ]);
    let role = Json::object([("coding", Json::array([coding(PARTICIPANTS, part, None)]))]);
    let mut agent = vec![("type", role), ("who", signature.who.clone())];
    let collected = signature.collected_by.clone().filter(|by| by.get("reference").is_some());
    agent.extend(collected.map(|by| ("onBehalfOf", by)));
    let json = Json::object([
        ("resourceType", Json::string("Provenance")),
        (
            "target",
            Json::array([
                reference(ResourceType::DOCUMENT_REFERENCE, &document.id),
                // So that it belongs to the record: whoever erases the one erases the other.
                reference(ResourceType::PATIENT, document.patient()),
            ]),
        ),
        ("recorded", text(&*signature.at)),
        ("agent", Json::array([Json::object(agent)])),
        ("signature", Json::array([signed])),
    ]);
    Write::Create {
        rt: ResourceType::PROVENANCE,
        id: None,
        body: Bytes::from(json.to_vec()),
        if_none_exist: None,
    }
}
