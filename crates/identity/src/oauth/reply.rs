//! Answers in JSON, and the JSON that people's apps send.

use bytes::Bytes;
use fhir::{Code, Issue, Text};
use serde::de::DeserializeOwned;
use serde_json::Value;
use service::{RouteReply, RouteRequest};
use store::{Error, Result};

/// `application/json`, never cached (the edge sees to both).
pub(crate) fn json(status: u16, body: &Value) -> RouteReply {
    RouteReply { body: Bytes::from(body.to_string()), ..RouteReply::empty(status) }
}

/// The body as what the verb expects.
///
/// # Errors
/// `Refused` when it is something else.
pub(crate) fn body<T: DeserializeOwned>(request: &RouteRequest) -> Result<T> {
    const TEXT: Text = Text {
        key: "body.unreadable",
        fr: "Le corps de la demande n'a pas la forme attendue : {why}.",
        en: "The body of the request does not have the expected form: {why}.",
        de: "Der Inhalt der Anfrage hat nicht die erwartete Form: {why}.",
    };
    // Only the kind of the fault is told: its text may repeat what was sent.
    let why = |error: serde_json::Error| match error.classify() {
        serde_json::error::Category::Data => "JSON, other members expected",
        _ => "no JSON",
    };
    serde_json::from_slice(&request.body).map_err(|e| Issue::error(Code::Structure, TEXT).arg("why", why(e)).into())
}

/// Reads what we wrote into the vault.
///
/// # Errors
/// `Corrupt`.
pub(crate) fn stored<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|_| Error::Corrupt("an entry of the vault".into()))
}

/// What goes into the vault.
///
/// # Errors
/// `Corrupt`: it cannot be written, which does not happen with our types.
pub(crate) fn to_store(value: &impl serde::Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|_| Error::Corrupt("an entry for the vault".into()))
}
