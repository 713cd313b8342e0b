//! Who asks: a bearer token, or the web app's session cookie. Everything is denied until this has said who.

use crate::app::App;
use crate::cx::Cx;
use crate::failure::{Answer, Failure};
use crate::wire::address;
use crate::{rate, session, text};
use http::{HeaderMap, HeaderValue, Method, header};
use std::sync::atomic::Ordering;
use store::{Caller, Ctx, Error};

/// The caller of a request.
///
/// # Errors
/// 401 without a valid token, 403 for a cookie that another site makes the browser send, 429 after too many
/// requests or too many wrong tokens.
pub async fn caller(app: &App, method: &Method, headers: &HeaderMap, cx: &Cx) -> Answer<Caller> {
    let from_cookie;
    let token = match headers.get(header::AUTHORIZATION) {
        Some(value) => bearer(value).ok_or_else(unauthorized)?,
        None => {
            let secure = address::secure(headers, cx.peer, &app.config);
            let key = session::cookie(headers, secure).ok_or_else(unauthorized)?;
            same_site(method, headers)?;
            from_cookie = app.sessions.token(key).ok_or_else(unauthorized)?;
            &from_cookie
        }
    };
    let caller = authenticate(app, token, cx).await?;
    let free = app.config.rates.loopback_free && cx.address.is_loopback();
    if !free {
        app.buckets.caller.take(caller.actor.id).map_err(|wait| throttled(app, wait))?;
    }
    Ok(caller)
}

/// The caller of a token; wrong ones are counted against the address.
///
/// # Errors
/// 401 or 429.
pub async fn authenticate(app: &App, token: &str, cx: &Cx) -> Answer<Caller> {
    match app.hub.authenticate(token).await {
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

/// Too many requests; `wait` in seconds.
pub fn throttled(app: &App, wait: u64) -> Failure {
    app.metrics.throttled.fetch_add(1, Ordering::Relaxed);
    Failure::new(429, text::THROTTLED).arg("seconds", wait).retry_after(wait)
}
