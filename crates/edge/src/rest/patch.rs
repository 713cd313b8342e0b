//! patch and conditional patch (<https://hl7.org/fhir/R4/http.html#patch>): FHIRPath Patch as
//! `application/fhir+json`, JSON Patch as `application/json-patch+json`.

use super::create::{answer, not_empty};
use super::dispatch::Call;
use super::page::View;
use super::update;
use crate::failure::{Answer, Failure};
use crate::text;
use crate::wire::{etag, media};
use axum::body::Body;
use bytes::Bytes;
use fhir::ResourceType;
use fhir::json::patch::JsonPatch;
use http::{HeaderMap, HeaderName, HeaderValue, Response, header};
use store::patch::{JSON_PATCH, Patch, Which};
use tokio::runtime::Handle;

/// What `PATCH` takes, for the CapabilityStatement and for who sends something else.
pub const FORMATS: [&str; 2] = ["application/fhir+json", JSON_PATCH];

/// Checks that the body says to be a patch.
///
/// # Errors
/// 415 with `Accept-Patch` (RFC 5789) otherwise.
pub fn check(headers: &HeaderMap) -> Answer<()> {
    if is_json_patch(headers) {
        return Ok(());
    }
    let accept = HeaderValue::from_static("application/fhir+json, application/json-patch+json");
    let refused =
        |_| Failure::new(415, text::PATCH_FORMAT).with(HeaderName::from_static("accept-patch"), accept);
    media::check_json(headers).map_err(refused)
}

fn is_json_patch(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    kind.split(';').next().is_some_and(|name| name.trim().eq_ignore_ascii_case(JSON_PATCH))
}

pub async fn serve(call: &Call<'_>, rt: ResourceType, id: &str, body: Bytes) -> Answer<Response<Body>> {
    let view = View::of(call.parts.uri.query(), None)?;
    run(call, rt, (Some(id.to_string()), String::new()), body, &view).await
}

/// Patches the one resource that the condition finds; none is 404, several are 412.
pub async fn conditional(call: &Call<'_>, rt: ResourceType, body: Bytes) -> Answer<Response<Body>> {
    let query = update::query(call)?;
    run(call, rt, (None, query), body, &View::default()).await
}

async fn run(
    call: &Call<'_>,
    rt: ResourceType,
    (id, query): (Option<String>, String),
    body: Bytes,
    view: &View,
) -> Answer<Response<Body>> {
    let headers = &call.parts.headers;
    media::accepted(headers, view.format.as_deref())?;
    let if_match = etag::if_match(headers.get(header::IF_MATCH))?;
    let patch = read(headers, &not_empty(body)?)?;
    // Paths may take the processor for long: they must not hold up the threads that serve the sockets.
    let (tenant, ctx, runtime) = (call.tenant.clone(), call.ctx.clone(), Handle::current());
    let work = tokio::task::spawn_blocking(move || {
        let which = id.as_deref().map_or(Which::Where(&query), Which::Id);
        runtime.block_on(tenant.patch(&ctx, rt, which, &patch, if_match))
    });
    let done = work.await.map_err(|_| Failure::new(500, text::INTERNAL))??;
    answer(call, done, view).await
}

fn read(headers: &HeaderMap, body: &[u8]) -> Answer<Patch> {
    let json = fhir::json::parse(body).map_err(|error| Failure::of(400, error.issue()))?;
    Ok(match is_json_patch(headers) {
        true => Patch::Json(JsonPatch::read(&json)?),
        false => Patch::Fhirpath(fhirpath::Patch::read(&json)?),
    })
}
