//! Whether the program lives (`/livez`, no input or output), and whether it can serve (`/readyz`, `/health/`:
//! a write to each open database, the audit logs, the keys, room on the disk).

use crate::app::App;
use crate::failure::Answer;
use axum::body::Body;
use fhir::Json;
use http::{HeaderValue, Response, StatusCode, header};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// A database that does not answer in this time is not ready.
const PATIENCE: Duration = Duration::from_secs(5);

pub async fn serve(app: &App, name: &str) -> Answer<Response<Body>> {
    if name == "/livez" {
        return Ok(reply(true, &Json::object([("status", Json::string("ok"))])));
    }
    let draining = app.draining.load(Ordering::Relaxed);
    let health = tokio::time::timeout(PATIENCE, app.hub.health()).await.ok();
    let ready = !draining && health.as_ref().is_some_and(|h| h.ready());
    let check = |holds: bool| Json::string(if holds { "ok" } else { "failing" });
    let checks = match health {
        Some(health) => Json::object([
            ("database", check(health.database)),
            ("audit", check(health.audit)),
            ("keys", check(health.keys)),
            ("disk", check(health.disk_free.is_none_or(|free| free > store::Health::DISK_FREE_MIN))),
        ]),
        None => Json::object([("database", check(false))]),
    };
    let status = match (ready, draining) {
        (true, _) => "ok",
        (false, true) => "draining",
        (false, false) => "failing",
    };
    Ok(reply(ready, &Json::object([("status", Json::string(status)), ("checks", checks)])))
}

fn reply(fine: bool, body: &Json<'_>) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_vec()));
    if !fine {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
