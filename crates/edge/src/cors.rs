//! Which other web origins a browser may call us from (<https://fetch.spec.whatwg.org/#http-cors-protocol>).
//! None, unless the configuration lists it; but every one may call the endpoints of OAuth that an app in a
//! browser needs, which know no cookie. Cookies never cross origins: an app sends a bearer token.

use crate::config::Config;
use axum::body::Body;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};

/// The request's origin, if it is a listed one; `*` where all may call.
pub fn allowed(config: &Config, path: &str, headers: &HeaderMap) -> Option<HeaderValue> {
    if headers.contains_key(header::ORIGIN) && is_for_all(path) {
        return Some(HeaderValue::from_static("*"));
    }
    if config.cors_origins.is_empty() {
        return None;
    }
    let origin = headers.get(header::ORIGIN)?;
    config.cors_origins.iter().any(|o| o.as_bytes() == origin.as_bytes()).then(|| origin.clone())
}

/// Where an app in any browser may ask: what the server can do, and the verbs that sell and end tokens for what
/// the app itself holds (<https://hl7.org/fhir/smart-app-launch/app-launch.html#considerations-for-cross-origin-resource-sharing-cors-support>).
fn is_for_all(path: &str) -> bool {
    const PATHS: [&str; 6] =
        ["/auth/token", "/auth/introspect", "/auth/revoke", "/auth/userinfo", "/auth/jwks", "/fhir/metadata"];
    let below = match path.strip_prefix("/t/").and_then(|rest| rest.find('/').map(|at| &rest[at..])) {
        Some(below) => below,
        None => path,
    };
    PATHS.contains(&below) || below.strip_prefix("/fhir").unwrap_or(below).starts_with("/.well-known/")
}

/// The answer to OPTIONS; [`mark`] lets a listed origin use it.
pub fn preflight(headers: &HeaderMap) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let out = response.headers_mut();
    out.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
    if headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD) {
        out.insert(
            header::ACCESS_CONTROL_ALLOW_METHODS,
            HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_knows_no_cookie_is_for_all() {
        for path in [
            "/auth/token",
            "/t/a/auth/jwks",
            "/.well-known/smart-configuration",
            "/t/a/fhir/.well-known/smart-configuration",
        ] {
            assert!(is_for_all(path), "{path}");
        }
        for path in [
            "/auth/authorize",
            "/auth/logout",
            "/api/v1/me",
            "/fhir/Patient",
            "/t/a/fhir/Patient",
            "/auth/token/x",
        ] {
            assert!(!is_for_all(path), "{path}");
        }
    }
}
