//! `GET /api/v1/version`: what the program is; and who has just been signed in, as the service says it.

use super::{Call, json};
use crate::app::App;
use crate::auth;
use crate::failure::Answer;
use crate::wire::address;
use axum::body::Body;
use axum::extract::State;
use fhir::Json;
use http::{HeaderMap, Response, Uri};
use service::{RouteCtx, RouteRequest};
use std::sync::Arc;
use store::Caller;

/// The answer of `GET me` to this caller, who is signed in with this very request.
///
/// # Errors
/// Those of the verb.
pub async fn answer(app: &App, call: &Call, headers: &HeaderMap, caller: Caller) -> Answer<Response<Body>> {
    let Some(handler) = &app.me else {
        return Ok(json(200, &Json::object([("user", Json::string(caller.actor.name.clone()))])));
    };
    let cx = RouteCtx {
        hub: app.hub.clone(),
        tenant: app.hub.tenant(&caller.tenant).await?,
        ctx: auth::ctx(app, &caller, &call.cx),
        address: call.cx.address,
        base: address::origin(headers, &Uri::default(), call.cx.peer, &app.config),
        caller: Some(caller),
    };
    let reply = handler.handle(cx, RouteRequest::default()).await?;
    let mut response = Response::new(Body::from(reply.body));
    response.headers_mut().insert(http::header::CONTENT_TYPE, crate::wire::media::JSON);
    Ok(response)
}

/// Needs no sign-in: it tells nothing of any tenant.
pub async fn version(State(app): State<Arc<App>>) -> Response<Body> {
    let version = &app.config.version;
    json(
        200,
        &Json::object([
            ("version", Json::string(version.number.clone())),
            ("commit", Json::string(version.commit.clone())),
            ("fhir", Json::string("4.0.1")),
            ("demo", Json::Bool(app.demo.is_some())),
        ]),
    )
}
