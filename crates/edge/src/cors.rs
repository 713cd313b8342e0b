//! Which other web origins a browser may call us from (<https://fetch.spec.whatwg.org/#http-cors-protocol>).
//! None, unless the configuration lists it. Cookies never cross origins: a listed one sends a bearer token.

use crate::config::Config;
use axum::body::Body;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};

/// The request's origin, if it is a listed one.
pub fn allowed(config: &Config, headers: &HeaderMap) -> Option<HeaderValue> {
    if config.cors_origins.is_empty() {
        return None;
    }
    let origin = headers.get(header::ORIGIN)?;
    config.cors_origins.iter().any(|o| o.as_bytes() == origin.as_bytes()).then(|| origin.clone())
}

/// The answer to OPTIONS; [`mark`] lets a listed origin use it.
pub fn preflight(headers: &HeaderMap) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let out = response.headers_mut();
    out.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST, PUT, DELETE, OPTIONS"));
    if headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD) {
        out.insert(
            header::ACCESS_CONTROL_ALLOW_METHODS,
            HeaderValue::from_static("GET, HEAD, POST, PUT, DELETE"),
        );
        out.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static(
                "authorization, content-type, accept, accept-language, if-match, if-none-match, \
                 if-modified-since, if-none-exist, prefer, idempotency-key, x-request-id",
            ),
        );
        out.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
    response
}

/// Lets a listed origin read the answer.
pub fn mark(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static(
            "etag, last-modified, location, content-location, x-request-id, retry-after",
        ),
    );
    headers.append(header::VARY, HeaderValue::from_static("origin"));
}
