//! The end of every answer: common headers, HEAD, and a panic that becomes an answer.

use crate::app::App;
use crate::cx::Cx;
use crate::failure::{Answer, Failure};
use crate::text;
use crate::wire::address::secure_peer;
use axum::body::{Body, HttpBody};
use http::{HeaderMap, HeaderValue, Method, Response, header};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;

/// The work of one request.
pub type Work<'r> = Pin<Box<dyn Future<Output = Answer<Response<Body>>> + Send + 'r>>;

/// Runs a request; a panic in it is a fault of ours that only this request notices. What it held is dropped
/// with it: the store's transactions roll back when they are dropped.
pub async fn guarded(mut work: Work<'_>) -> Answer<Response<Body>> {
    std::future::poll_fn(move |task| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(task))) {
        Ok(poll) => poll,
        Err(_) => {
            tracing::error!("a request panicked");
            Poll::Ready(Err(Failure::new(500, text::INTERNAL)))
        }
    })
    .await
}

/// The caller's own number of the request, given back as `X-Correlation-Id`. Ours stays ours: the audit log
/// must not hold numbers that a caller chose (<https://hl7.org/fhir/R4/http.html#custom>).
pub fn correlation(headers: &HeaderMap) -> Option<HeaderValue> {
    let id = headers.get("x-request-id")?;
    let fits = id.len() <= 128 && id.as_bytes().iter().all(u8::is_ascii_graphic);
    fits.then(|| id.clone())
}

const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");
const NO_REFERRER: HeaderValue = HeaderValue::from_static("no-referrer");
const NO_CONTENT: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// Puts the headers on that every answer has, and takes the body off an answer to HEAD.
pub fn finish(
    app: &App,
    response: &mut Response<Body>,
    method: &Method,
    cx: &Cx,
    origin: Option<HeaderValue>,
) {
    let length = response.body().size_hint().exact();
    let headers = response.headers_mut();
    let mut id = [0u8; 36];
    cx.id.hyphenated().encode_lower(&mut id);
    if let Ok(value) = HeaderValue::from_bytes(&id) {
        headers.insert("x-request-id", value);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, NOSNIFF);
    headers.insert(header::REFERRER_POLICY, NO_REFERRER);
    // What is no page of ours runs nothing and stands in nobody's frame.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(NO_CONTENT);
    if secure_peer(cx.peer, &app.config) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    if let Some(origin) = origin {
        crate::cors::mark(headers, origin);
    }
    if *method == Method::HEAD {
        if let Some(length) = length {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        *response.body_mut() = Body::empty();
    }
}
