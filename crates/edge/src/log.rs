//! One line for a request that failed or was slow, from a fixed list of fields: no address, no query, no id
//! of a resource, no name.

use crate::cx::Cx;
use crate::metrics::Endpoint;
use axum::body::Body;
use http::{Method, Response};
use std::time::Duration;

/// Slower requests are logged.
const SLOW: Duration = Duration::from_secs(1);

pub fn request(method: &Method, endpoint: Endpoint, response: &Response<Body>, cx: &Cx, took: Duration) {
    let status = response.status().as_u16();
    let micros = took.as_micros() as u64;
    if status >= 500 {
        tracing::error!(%method, route = ?endpoint, status, micros, request = %cx.id, "request failed");
    } else if status == 429 || took >= SLOW {
        tracing::warn!(%method, route = ?endpoint, status, micros, request = %cx.id, "request");
    } else {
        tracing::debug!(%method, route = ?endpoint, status, micros, request = %cx.id, "request");
    }
}
