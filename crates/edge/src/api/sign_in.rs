//! Sessions of the web app: a valid access token becomes a cookie, and a cookie ends.

use super::{Call, carry, me, member};
use crate::app::App;
use crate::failure::Answer;
use crate::wire::address;
use crate::{auth, session};
use axum::body::Body;
use axum::extract::{Extension, State};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use std::sync::Arc;
use store::{Grant, NewToken, TokenKind};

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

/// Opens a session for who holds a token, and answers who that is.
///
/// # Errors
/// 401 when the token is not valid.
pub async fn start(app: &App, call: &Call, headers: &HeaderMap, token: String) -> Answer<Response<Body>> {
    let caller = auth::authenticate(app, &token, &call.cx).await?;
    // An app's token stays an app's: a session of our own page, with a factor given just now, is for people.
    if caller.kind != TokenKind::Access || caller.grant.client.is_some() {
        return Err(auth::unauthorized());
    }
    let left = (caller.expires - app.hub.clock().now_ms()).max(0) / 1000;
    let mut grant = Grant::clone(&caller.grant);
    // The token was given just now: that is as good as a factor.
    grant.factor_at = Some(app.hub.clock().now_ms());
    grant.amr = vec!["token".to_string()];
    grant.address = call.cx.address.to_string();
    grant.device = device(headers);
    let new = NewToken {
        tenant: caller.tenant.to_string(),
        account: caller.actor.id,
        kind: TokenKind::Session,
        purpose: caller.purpose,
        ttl_s: session::ABSOLUTE_S.min(u64::try_from(left).unwrap_or(0)),
        idle_s: Some(session::IDLE_S),
        // Who ends the token ends its session.
        family: caller.family,
        grant,
    };
    let (key, _) = app.hub.token_issue_new(new).await?;
    let secure = address::secure(headers, call.cx.peer, &app.config);
    let signed_in = app.hub.authenticate(&key).await?;
    let tenant = app.hub.tenant(&caller.tenant).await?;
    tenant.audit_sign_in(&auth::ctx(app, &caller, &call.cx), "login token", true).await?;
    let mut response = me::answer(app, call, headers, signed_in).await?;
    if let Ok(value) = HeaderValue::from_str(&session::set_cookie(Some(&key), secure)) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// What the browser says of itself, cut.
fn device(headers: &HeaderMap) -> String {
    let said = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or("");
    said.chars().take(200).collect()
}

/// `POST /api/v1/auth/logout`: ends the session; fine when there is none.
pub async fn logout(
    State(app): State<Arc<App>>,
    Extension(call): Extension<Call>,
    headers: HeaderMap,
) -> Response<Body> {
    carry(closed(&app, &call, &headers).await)
}

async fn closed(app: &App, call: &Call, headers: &HeaderMap) -> Answer<Response<Body>> {
    auth::same_site(&Method::POST, headers)?;
    let secure = address::secure(headers, call.cx.peer, &app.config);
    if let Some(token) = session::cookie(headers, secure) {
        if let Ok(caller) = app.hub.authenticate(token).await {
            let tenant = app.hub.tenant(&caller.tenant).await?;
            tenant.audit_sign_in(&auth::ctx(app, &caller, &call.cx), "logout", true).await?;
        }
        app.hub.token_revoke(token).await?;
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    if let Ok(value) = HeaderValue::from_str(&session::set_cookie(None, secure)) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    Ok(response)
}
