//! The feed rows that a reaction could not handle, for the tenant's administrator.

use super::{Call, carry, json};
use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::{auth, text};
use axum::body::Body;
use axum::extract::{Extension, State};
use fhir::{Json, ResourceType};
use http::{HeaderMap, Method, Response, StatusCode};
use std::sync::Arc;

/// `GET /api/v1/admin/parked`
pub async fn list(
    State(app): State<Arc<App>>,
    Extension(call): Extension<Call>,
    headers: HeaderMap,
) -> Response<Body> {
    carry(listed(&app, &call, &headers).await)
}

async fn listed(app: &App, call: &Call, headers: &HeaderMap) -> Answer<Response<Body>> {
    let caller = auth::caller(app, &Method::GET, headers, &call.cx).await?;
    let parked = app.runner.parked(&auth::ctx(app, &caller, &call.cx), &caller.tenant).await?;
    let tenant = app.hub.tenant(&caller.tenant).await?;
    let mut rows = Vec::with_capacity(parked.len());
    for row in parked {
        let mut out = vec![
            ("reaction", Json::string(row.reaction)),
            ("vid", Json::integer(row.vid)),
            ("attempts", Json::integer(i64::from(row.attempts))),
            ("reason", Json::string(row.reason)),
            ("at", Json::string(fhir::date::instant_format(row.at))),
        ];
        if let Some(event) = tenant.feed(row.vid - 1, 1).await?.into_iter().find(|e| e.vid == row.vid) {
            let kind = ResourceType::from_number(event.kind).map_or("", ResourceType::name);
            out.push(("type", Json::string(kind)));
            out.push(("id", Json::string(event.id)));
            out.push(("version", Json::integer(event.version as i64)));
        }
        rows.push(Json::object(out));
    }
    Ok(json(200, &Json::object([("rows", Json::Array(rows))])))
}

/// `POST /api/v1/admin/parked/retry {"reaction", "vid"}`
pub async fn retry(
    State(app): State<Arc<App>>,
    Extension(call): Extension<Call>,
    headers: HeaderMap,
) -> Response<Body> {
    carry(retried(&app, &call, &headers).await)
}

async fn retried(app: &App, call: &Call, headers: &HeaderMap) -> Answer<Response<Body>> {
    let caller = auth::caller(app, &Method::POST, headers, &call.cx).await?;
    let bad = || Failure::new(400, text::BAD_JSON).arg("expected", "{\"reaction\": \"…\", \"vid\": 1}");
    let body = fhir::json::parse(&call.body).map_err(|_| bad())?;
    let reaction = body.get_str("reaction").ok_or_else(bad)?;
    let vid = body.get("vid").and_then(Json::as_number).and_then(|n| n.parse().ok()).ok_or_else(bad)?;
    let ctx = auth::ctx(app, &caller, &call.cx);
    app.runner.retry(&ctx, &caller.tenant, reaction, vid).await?;
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    Ok(response)
}
