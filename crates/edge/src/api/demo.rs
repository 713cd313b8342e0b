//! The sample clinic's sign-in: anyone may be any of its invented people. These routes exist only while the
//! program serves the sample clinic.

use super::{Call, carry, json, member, sign_in};
use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::{auth, text};
use axum::body::Body;
use axum::extract::{Extension, State};
use fhir::Json;
use http::{HeaderMap, Method, Response};
use std::sync::Arc;
use store::Purpose;

/// Seconds that a sample sign-in lasts.
const LASTS_S: u64 = 12 * 3600;

/// `GET /api/v1/demo/accounts`
pub async fn accounts(State(app): State<Arc<App>>) -> Response<Body> {
    let accounts = app.demo.iter().flat_map(|demo| &demo.accounts).map(|account| {
        Json::object([
            ("user", Json::string(account.user.clone())),
            ("name", Json::string(account.name.clone())),
            ("title", Json::string(account.title.clone())),
            ("roles", Json::array(account.roles.iter().map(|role| Json::string(role.clone())))),
        ])
    });
    json(200, &Json::object([("sample", Json::Bool(true)), ("accounts", Json::array(accounts))]))
}

/// `POST /api/v1/demo/login {"user"}`
pub async fn login(
    State(app): State<Arc<App>>,
    Extension(call): Extension<Call>,
    headers: HeaderMap,
) -> Response<Body> {
    carry(answer(&app, &call, &headers).await)
}

async fn answer(app: &App, call: &Call, headers: &HeaderMap) -> Answer<Response<Body>> {
    auth::same_site(&Method::POST, headers)?;
    let user = member(&call.body, "user")?;
    let demo = app.demo.as_ref().ok_or_else(|| Failure::new(404, text::NOT_FOUND))?;
    if !demo.accounts.iter().any(|account| account.user == user) {
        return Err(auth::unauthorized());
    }
    let token = app.hub.token_issue(&demo.tenant, &user, Purpose::Treatment, LASTS_S).await?;
    sign_in::start(app, call, headers, token).await
}
