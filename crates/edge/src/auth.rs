//! Who asks: a bearer token, or the web app's session cookie. Everything is denied until this has said who.

use crate::app::App;
use crate::cx::Cx;
use crate::failure::{Answer, Failure};
use crate::wire::address;
use crate::{rate, session, text};
use http::{HeaderMap, HeaderValue, Method, header};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use store::{Actor, Caller, Ctx, Error, Purpose, TokenKey, TokenKind};

/// Plain scope of a session that may do nothing but enrol a second factor (its owner must have one).
const ENROL: &str = "enrol";

/// The caller of a request.
///
/// # Errors
/// 401 without a valid token, 403 for a cookie that another site makes the browser send and for a session that
/// lacks the second factor that its owner must have, 429 after too many requests or too many wrong tokens.
pub async fn caller(app: &App, method: &Method, headers: &HeaderMap, cx: &Cx) -> Answer<Caller> {
    let caller = presented(app, method, headers, cx).await?;
    if caller.grant.client.is_none() && caller.grant.plain_scopes == ENROL {
        return Err(Failure::new(403, text::ENROL));
    }
    Ok(caller)
}

/// The caller of a request, be it with a session that may only enrol a second factor.
///
/// # Errors
/// As [`caller`], but for that.
pub async fn presented(app: &App, method: &Method, headers: &HeaderMap, cx: &Cx) -> Answer<Caller> {
    let (token, wanted) = token(app, method, headers, cx)?;
    let found = app.hub.authenticate(token).await;
    admitted(app, found, wanted, cx)
}

/// The caller of a stream that stays open, and what its session is looked at by later. Neither opening it nor
/// looking counts as a use of the session: a screen that nobody sits at goes idle.
///
/// # Errors
/// As [`caller`]; 403 for an app's token.
pub async fn watching(
    app: &App,
    method: &Method,
    headers: &HeaderMap,
    cx: &Cx,
) -> Answer<(TokenKey, Caller)> {
    let (token, wanted) = token(app, method, headers, cx)?;
    let key = TokenKey::of(token);
    let found = app.hub.peek(&key).await;
    let caller = admitted(app, found, wanted, cx)?;
    match (&caller.grant.client, caller.grant.plain_scopes.as_str()) {
        (Some(_), _) => Err(Failure::new(403, text::CLIENT)),
        (None, ENROL) => Err(Failure::new(403, text::ENROL)),
        _ => Ok((key, caller)),
    }
}

/// What the request presents, and what kind of token that must be.
fn token<'h>(app: &App, method: &Method, headers: &'h HeaderMap, cx: &Cx) -> Answer<(&'h str, TokenKind)> {
    match headers.get(header::AUTHORIZATION) {
        Some(value) => Ok((bearer(value).ok_or_else(unauthorized)?, TokenKind::Access)),
        None => {
            let secure = address::secure(headers, cx.peer, &app.config);
            let token = session::cookie(headers, secure).ok_or_else(unauthorized)?;
            same_site(method, headers)?;
            Ok((token, TokenKind::Session))
        }
    }
}

fn admitted(app: &App, found: store::Result<Caller>, wanted: TokenKind, cx: &Cx) -> Answer<Caller> {
    let caller = known(app, found, cx).map_err(|failure| match (failure.status, wanted) {
        (401, TokenKind::Access) => invalid_token(),
        _ => failure,
    })?;
    // A cookie's token is no bearer token, and the other way round: what leaks in one place is of no use in
    // the other.
    if caller.kind != wanted {
        return Err(invalid_token());
    }
    if !cx.is_free(&app.config) {
        app.buckets.caller.take(caller.actor.id).map_err(|wait| throttled(app, wait))?;
    }
    Ok(caller)
}

/// The caller of a token; wrong ones are counted against the address.
///
/// # Errors
/// 401 or 429.
pub async fn authenticate(app: &App, token: &str, cx: &Cx) -> Answer<Caller> {
    known(app, app.hub.authenticate(token).await, cx)
}

fn known(app: &App, found: store::Result<Caller>, cx: &Cx) -> Answer<Caller> {
    match found {
        Ok(caller) => Ok(caller),
        Err(Error::Denied | Error::NotFound) => {
            let key = rate::subscriber(cx.address);
            app.buckets.refused.take(key).map_err(|wait| throttled(app, wait))?;
            Err(unauthorized())
        }
        Err(other) => Err(other.into()),
    }
}

/// The store's context of a request.
pub fn ctx(app: &App, caller: &Caller, cx: &Cx) -> Ctx {
    Ctx {
        actor: caller.actor.clone(),
        purpose: caller.purpose,
        grant: caller.grant.clone(),
        request: cx.id,
        cause: None,
        lang: cx.lang,
        clock: app.hub.clock().clone(),
        ids: app.hub.ids().clone(),
    }
}

/// The context of a request without a caller: an actor without roles.
pub fn nobody(app: &App, cx: &Cx) -> Ctx {
    let actor = Actor {
        id: uuid::Uuid::nil(),
        name: "anonymous".into(),
        roles: Vec::new(),
        person: None,
        system: false,
    };
    Ctx {
        actor: Arc::new(actor),
        purpose: Purpose::Operations,
        grant: Arc::default(),
        request: cx.id,
        cause: None,
        lang: cx.lang,
        clock: app.hub.clock().clone(),
        ids: app.hub.ids().clone(),
    }
}

/// A cookie counts only for requests that our own page makes: the browser says so by `Sec-Fetch-Site`, and a
/// header that no form and no link can set must stand on everything that changes something.
///
/// # Errors
/// 403.
pub fn same_site(method: &Method, headers: &HeaderMap) -> Answer<()> {
    let site = headers.get("sec-fetch-site").map(|v| v.as_bytes());
    let own = matches!(site, None | Some(b"same-origin" | b"none"));
    let reads = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    let marked = headers.get("x-medhub").is_some_and(|v| v.as_bytes() == b"1");
    if own && (reads || marked) { Ok(()) } else { Err(Failure::new(403, text::CSRF)) }
}

fn bearer(value: &HeaderValue) -> Option<&str> {
    let text = value.to_str().ok()?;
    let (scheme, token) = text.split_once(' ')?;
    let token = token.trim();
    let fits = scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && token.len() <= 512;
    fits.then_some(token)
}

pub fn unauthorized() -> Failure {
    let challenge = HeaderValue::from_static("Bearer realm=\"medhub\"");
    Failure::new(401, text::LOGIN).with(header::WWW_AUTHENTICATE, challenge)
}

/// For who did present a token (RFC 6750 §3.1): an app gets itself a new one.
fn invalid_token() -> Failure {
    let challenge = HeaderValue::from_static("Bearer realm=\"medhub\", error=\"invalid_token\"");
    Failure::new(401, text::LOGIN).with(header::WWW_AUTHENTICATE, challenge)
}

/// Too many requests; `wait` in seconds.
pub fn throttled(app: &App, wait: u64) -> Failure {
    app.metrics.throttled.fetch_add(1, Ordering::Relaxed);
    Failure::new(429, text::THROTTLED).arg("seconds", wait).retry_after(wait)
}
