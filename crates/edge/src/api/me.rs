//! `GET /api/v1/me`: who is signed in. `GET /api/v1/version`: what the program is.

use super::{Call, carry, json};
use crate::app::App;
use crate::auth;
use crate::failure::Answer;
use axum::body::Body;
use axum::extract::{Extension, State};
use fhir::Json;
use http::{HeaderMap, Method, Response};
use std::sync::Arc;
use store::Caller;

pub async fn me(
    State(app): State<Arc<App>>,
    Extension(call): Extension<Call>,
    headers: HeaderMap,
) -> Response<Body> {
    carry(answer(&app, &call, &headers).await)
}

async fn answer(app: &App, call: &Call, headers: &HeaderMap) -> Answer<Response<Body>> {
    let caller = auth::caller(app, &Method::GET, headers, &call.cx).await?;
    Ok(json(200, &profile(app, &caller).await?))
}

/// What the app shows of the person who is signed in.
pub async fn profile(app: &App, caller: &Caller) -> Answer<Json<'static>> {
    let user = caller.actor.name.clone();
    let demo = app.demo.as_ref().filter(|demo| *demo.tenant == *caller.tenant);
    let account = demo.and_then(|demo| demo.accounts.iter().find(|a| a.user == user));
    let tenants = app.hub.tenants().await?;
    let title = tenants.into_iter().find(|t| *t.name == *caller.tenant).map(|t| t.title);
    let roles = caller.actor.roles.iter().map(|role| Json::string(role.as_str()));
    let text = |value: Option<String>| value.map_or(Json::Null, Json::string);
    Ok(Json::object([
        ("user", Json::string(user.clone())),
        ("name", Json::string(account.map_or(user, |a| a.name.clone()))),
        ("title", text(account.map(|a| a.title.clone()))),
        ("tenant", Json::string(caller.tenant.to_string())),
        ("tenant_title", text(title)),
        ("roles", Json::array(roles)),
        ("practitioner", text(caller.actor.person.as_deref().map(String::from))),
        ("purpose", Json::string(caller.purpose.as_str())),
        ("demo", Json::Bool(demo.is_some())),
        ("version", Json::string(app.config.version.number.clone())),
    ]))
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
