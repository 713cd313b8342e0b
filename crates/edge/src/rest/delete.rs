//! delete and conditional delete (<https://hl7.org/fhir/R4/http.html#delete>).

use super::dispatch::Call;
use super::{present, update};
use crate::failure::Answer;
use crate::outcome;
use crate::text;
use crate::wire::prefer::Prefer;
use crate::wire::{date, etag, media};
use axum::body::Body;
use bytes::Bytes;
use fhir::{Code, Issue, ResourceType, Severity};
use http::{Response, StatusCode, header};
use store::{Write, bundle};

pub async fn serve(call: &Call<'_>, rt: ResourceType, id: &str) -> Answer<Response<Body>> {
    let if_match = etag::if_match(call.parts.headers.get(header::IF_MATCH))?;
    commit(call, Write::Delete { rt, id: id.to_string(), if_match }).await
}

/// Deletes the one resource that the condition finds; several are refused.
pub async fn conditional(call: &Call<'_>, rt: ResourceType) -> Answer<Response<Body>> {
    let query = update::query(call)?;
    commit(call, Write::DeleteWhere { rt, query, multiple: false }).await
}

async fn commit(call: &Call<'_>, write: Write) -> Answer<Response<Body>> {
    let outcomes = call.tenant.commit(&call.ctx, vec![write]).await?;
    let headers = &call.parts.headers;
    let mut response = if Prefer::of(headers).back == Some(bundle::Prefer::OperationOutcome) {
        let done = Issue { severity: Severity::Information, ..Issue::error(Code::Informational, text::DONE) };
        let told = outcome::operation_outcome(&[done], call.cx.lang, call.cx.id).to_vec();
        present::reply(headers, StatusCode::OK, Bytes::from(told), media::FHIR_JSON).await
    } else {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NO_CONTENT;
        response
    };
    if let Some(done) = outcomes.last().filter(|done| done.version > 0) {
        let out = response.headers_mut();
        out.insert(header::ETAG, etag::header(done.version));
        out.insert(header::LAST_MODIFIED, date::header(done.at));
    }
    Ok(response)
}
