//! read and vread (<https://hl7.org/fhir/R4/http.html#read>).

use super::dispatch::Call;
use super::page::View;
use super::{condition, present};
use crate::failure::Answer;
use crate::wire::media;
use axum::body::Body;
use fhir::ResourceType;
use http::{Response, StatusCode};
use store::Visible;

pub async fn read(call: &Call<'_>, rt: ResourceType, id: &str, view: &View) -> Answer<Response<Body>> {
    let kind = media::accepted(&call.parts.headers, view.format.as_deref())?;
    let found = call.tenant.read(&call.ctx, rt, id).await?;
    show(call, found, view, kind).await
}

pub async fn vread(
    call: &Call<'_>,
    rt: ResourceType,
    id: &str,
    version: u64,
    view: &View,
) -> Answer<Response<Body>> {
    let kind = media::accepted(&call.parts.headers, view.format.as_deref())?;
    let found = call.tenant.vread(&call.ctx, rt, id, version).await?;
    show(call, found, view, kind).await
}

async fn show(
    call: &Call<'_>,
    found: Visible,
    view: &View,
    kind: http::HeaderValue,
) -> Answer<Response<Body>> {
    if condition::unchanged(&call.parts.headers, &found) {
        return Ok(present::not_modified(&found));
    }
    let body = present::shape(found.body.clone(), found.rt, view)?;
    let mut response = present::reply(&call.parts.headers, StatusCode::OK, body, kind).await;
    present::stamp(&mut response, found.version, found.at);
    Ok(response)
}
