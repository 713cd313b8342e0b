//! How a resource goes out: whole or in part, plain or indented, compressed when asked.

use super::page::View;
use super::subset;
use crate::failure::{Answer, Failure};
use crate::text;
use crate::wire::{compress, date, etag};
use axum::body::Body;
use bytes::Bytes;
use fhir::{Json, ResourceType};
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use store::Visible;

/// Larger bodies are compressed away from the threads that serve sockets.
const LARGE: usize = 256 * 1024;

/// The resource as the view wants it. The common case passes the bytes through.
pub fn shape(body: Bytes, rt: ResourceType, view: &View) -> Answer<Bytes> {
    if view.whole() && !view.pretty {
        return Ok(body);
    }
    let mut json = fhir::json::parse(&body).map_err(|_| Failure::new(500, text::INTERNAL))?;
    subset::apply(&mut json, rt, view);
    Ok(write(&json, view.pretty))
}

/// JSON text, indented if asked.
pub fn write(json: &Json<'_>, pretty: bool) -> Bytes {
    if !pretty {
        return Bytes::from(json.to_vec());
    }
    let mut out = Vec::with_capacity(4096);
    json.write_pretty(0, &mut out);
    out.push(b'\n');
    Bytes::from(out)
}

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
const VARY: HeaderValue = HeaderValue::from_static("accept, accept-encoding");

/// An answer with a body.
pub async fn reply(
    headers: &HeaderMap,
    status: StatusCode,
    body: Bytes,
    kind: HeaderValue,
) -> Response<Body> {
    let packed = if body.len() < compress::WORTH_IT || !compress::accepts_gzip(headers) {
        None
    } else if body.len() < LARGE {
        compress::gzip(&body)
    } else {
        let body = body.clone();
        tokio::task::spawn_blocking(move || compress::gzip(&body)).await.ok().flatten()
    };
    let zipped = packed.is_some();
    let mut response = Response::new(Body::from(packed.unwrap_or(body)));
    *response.status_mut() = status;
    let out = response.headers_mut();
    out.reserve(12);
    out.insert(header::CONTENT_TYPE, kind);
    out.insert(header::CACHE_CONTROL, NO_STORE);
    out.insert(header::VARY, VARY);
    if zipped {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

/// Puts the version and its time on an answer.
pub fn stamp(response: &mut Response<Body>, version: u64, at: i64) {
    let headers = response.headers_mut();
    headers.insert(header::ETAG, etag::header(version));
    headers.insert(header::LAST_MODIFIED, date::header(at));
}

/// The caller has this version already.
pub fn not_modified(found: &Visible) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    stamp(&mut response, found.version, found.at);
    response
}
