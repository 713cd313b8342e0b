//! Sessions of the web app: a valid access token becomes a cookie, and a cookie ends.

use super::{Call, carry, json, me, member};
use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::wire::address;
use crate::{auth, session, text};
use axum::body::Body;
use axum::extract::{Extension, State};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use std::sync::Arc;

/// `POST /api/v1/auth/token-session {"token"}`
pub async fn token_session(
    State(app): State<Arc<App>>,
    Extension(call): Extension<Call>,
    headers: HeaderMap,
) -> Response<Body> {
    carry(open(&app, &call, &headers).await)
}

async fn open(app: &App, call: &Call, headers: &HeaderMap) -> Answer<Response<Body>> {
    auth::same_site(&Method::POST, headers)?;
    let token = member(&call.body, "token")?;
    start(app, call, headers, token).await
}

/// Opens a session for a token and answers who that is.
///
/// # Errors
/// 401 when the token is not valid.
pub async fn start(app: &App, call: &Call, headers: &HeaderMap, token: String) -> Answer<Response<Body>> {
    let caller = auth::authenticate(app, &token, &call.cx).await?;
    let key = app.sessions.open(token).ok_or_else(|| Failure::new(503, text::UNAVAILABLE))?;
    let secure = address::secure(headers, call.cx.peer, &app.config);
    let mut response = json(200, &me::profile(app, &caller).await?);
    if let Ok(value) = HeaderValue::from_str(&session::set_cookie(Some(&key), secure)) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// `POST /api/v1/auth/logout`: ends the session; fine when there is none.
pub async fn logout(
    State(app): State<Arc<App>>,
    Extension(call): Extension<Call>,
    headers: HeaderMap,
) -> Response<Body> {
    if let Err(failure) = auth::same_site(&Method::POST, &headers) {
        return carry(Err(failure));
    }
    let secure = address::secure(&headers, call.cx.peer, &app.config);
    if let Some(key) = session::cookie(&headers, secure) {
        app.sessions.close(key);
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    if let Ok(value) = HeaderValue::from_str(&session::set_cookie(None, secure)) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}
