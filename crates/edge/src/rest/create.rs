//! create and conditional create (<https://hl7.org/fhir/R4/http.html#create>), and how a write is answered.

use super::dispatch::Call;
use super::page::View;
use super::{condition, present};
use crate::failure::{Answer, Failure};
use crate::outcome;
use crate::text;
use crate::wire::media;
use crate::wire::prefer::Prefer;
use axum::body::Body;
use bytes::Bytes;
use fhir::{Code, Issue, ResourceType, Severity};
use http::{HeaderValue, Response, StatusCode, header};
use store::{Outcome, Status, Write, bundle};

pub async fn serve(call: &Call<'_>, rt: ResourceType, body: Bytes) -> Answer<Response<Body>> {
    let view = View::of(call.parts.uri.query(), None)?;
    let if_none_exist = condition::if_none_exist(&call.parts.headers)?;
    let body = not_empty(body)?;
    commit(call, Write::Create { rt, id: None, body, if_none_exist }, &view).await
}

/// # Errors
/// 400 for an empty body.
pub fn not_empty(body: Bytes) -> Answer<Bytes> {
    if body.is_empty() { Err(Failure::new(400, text::BODY_EMPTY)) } else { Ok(body) }
}

/// Does one write and answers it as `Prefer` says: the resource by default.
pub async fn commit(call: &Call<'_>, write: Write, view: &View) -> Answer<Response<Body>> {
    media::accepted(&call.parts.headers, view.format.as_deref())?;
    let mut outcomes = call.tenant.commit(&call.ctx, vec![write]).await?;
    let done = outcomes.pop().ok_or_else(|| Failure::new(500, text::INTERNAL))?;
    answer(call, done, view).await
}

/// What a write did, as the caller prefers to be told.
///
/// # Errors
/// 406 when the caller wants another format than JSON: ask before the write.
pub async fn answer(call: &Call<'_>, done: Outcome, view: &View) -> Answer<Response<Body>> {
    let headers = &call.parts.headers;
    let kind = media::accepted(headers, view.format.as_deref())?;
    let status = if done.status == Status::Created { StatusCode::CREATED } else { StatusCode::OK };
    let body = match Prefer::of(headers).back {
        Some(bundle::Prefer::Minimal) => Bytes::new(),
        Some(bundle::Prefer::OperationOutcome) => told(call, &done, view),
        Some(bundle::Prefer::Representation) | None => present::shape(done.body.clone(), done.rt, view)?,
    };
    let mut response = present::reply(headers, status, body, kind).await;
    present::stamp(&mut response, done.version, done.at);
    let place = format!("{}/{}/{}/_history/{}", call.base(), done.rt.name(), done.id, done.version);
    if let Ok(place) = HeaderValue::from_str(&place) {
        let name = if done.status == Status::Created { header::LOCATION } else { header::CONTENT_LOCATION };
        response.headers_mut().insert(name, place);
    }
    Ok(response)
}

/// The warnings of a write, or that all is well.
fn told(call: &Call<'_>, done: &Outcome, view: &View) -> Bytes {
    let fine = Issue { severity: Severity::Information, ..Issue::error(Code::Informational, text::DONE) };
    let issues = if done.issues.is_empty() { std::slice::from_ref(&fine) } else { &done.issues };
    present::write(&outcome::operation_outcome(issues, call.cx.lang, call.cx.id), view.pretty)
}
