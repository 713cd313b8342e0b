//! Bodies of requests and answers.

use super::text;
use bytes::Bytes;
use fhir::{Code, Issue};
use serde::de::DeserializeOwned;
use serde_json::Value;
use service::{RouteReply, RouteRequest};
use store::{Error, Result};

/// Bodies of these verbs are small; a passkey's attestation is the largest.
const BODY_MAX: usize = 64 * 1024;

/// The body as the verb expects it.
///
/// # Errors
/// `Refused` (400) when it is something else. The sentence never repeats what was sent.
pub fn read<T: DeserializeOwned>(request: &RouteRequest) -> Result<T> {
    let bad = |place: String| Error::from(Issue::error(Code::Structure, text::BAD_BODY).arg("place", place));
    if request.body.len() > BODY_MAX {
        return Err(bad("64 kB".into()));
    }
    serde_json::from_slice(&request.body).map_err(|e| bad(format!("{}:{}", e.line(), e.column())))
}

pub fn reply(status: u16, body: &Value) -> RouteReply {
    RouteReply { body: Bytes::from(body.to_string()), ..RouteReply::empty(status) }
}

/// A time as RFC 3339.
pub fn instant(ms: i64) -> Value {
    Value::String(fhir::date::instant_format(ms))
}
