//! update, update as create, conditional update (<https://hl7.org/fhir/R4/http.html#update>).

use super::condition;
use super::create::{commit, not_empty};
use super::dispatch::Call;
use super::page::View;
use crate::failure::{Answer, Failure};
use crate::text;
use crate::wire::etag;
use axum::body::Body;
use bytes::Bytes;
use fhir::ResourceType;
use http::{Response, header};
use store::Write;

pub async fn serve(call: &Call<'_>, rt: ResourceType, id: &str, body: Bytes) -> Answer<Response<Body>> {
    let view = View::of(call.parts.uri.query(), None)?;
    let headers = &call.parts.headers;
    let write = Write::Update {
        rt,
        id: id.to_string(),
        body: not_empty(body)?,
        if_match: etag::if_match(headers.get(header::IF_MATCH))?,
        if_none_match: condition::must_be_new(headers)?,
    };
    commit(call, write, &view).await
}

pub async fn conditional(call: &Call<'_>, rt: ResourceType, body: Bytes) -> Answer<Response<Body>> {
    let query = query(call)?;
    let if_match = etag::if_match(call.parts.headers.get(header::IF_MATCH))?;
    let write = Write::UpdateWhere { rt, query, body: not_empty(body)?, if_match };
    commit(call, write, &View::default()).await
}

/// The condition in the address.
///
/// # Errors
/// 400 when there is none: a write to all of a type is never meant.
pub fn query(call: &Call<'_>) -> Answer<String> {
    let query = call.parts.uri.query().unwrap_or("");
    let condition = query.split('&').filter(|part| {
        let name = part.split('=').next().unwrap_or("");
        !matches!(name, "" | "_format" | "_pretty" | "_summary" | "_elements")
    });
    let condition = condition.collect::<Vec<_>>().join("&");
    if condition.is_empty() { Err(Failure::new(400, text::NEEDS_CONDITION)) } else { Ok(condition) }
}
