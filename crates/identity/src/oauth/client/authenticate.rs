//! Which client speaks: by `Authorization: Basic`, by a signed assertion (RFC 7523, SMART's asymmetric
//! authentication), or, when it is public, by its name alone.

use super::check::key_set;
use super::{Auth, Client, KeySets};
use crate::oauth::fault::Fault;
use crate::oauth::{Form, encode, jwt};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::Algorithm;
use service::{RouteCtx, RouteRequest};
use std::sync::Arc;
use store::search::SearchRequest;

const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// An assertion lasts at most five minutes.
const ASSERTION_S: i64 = 300;
const JTI_DRAWER: &str = "oauth-jti";

/// The client that sends the form.
///
/// # Errors
/// `invalid_client`, the same for every cause; `invalid_request` for two proofs at once.
pub(crate) async fn authenticate(
    cx: &RouteCtx,
    request: &RouteRequest,
    form: &Form,
    key_sets: &KeySets,
) -> Result<Client, Fault> {
    let basic = request
        .header("authorization")
        .filter(|v| v.get(..6).is_some_and(|s| s.eq_ignore_ascii_case("basic ")));
    let assertion = form.get("client_assertion");
    if form.get("client_secret").is_some() {
        return Err(Fault::invalid_request("send the secret by Authorization: Basic"));
    }
    let (id, secret) = match (basic, assertion) {
        (Some(_), Some(_)) => return Err(Fault::invalid_request("one proof of the client is enough")),
        (Some(value), None) => by_basic(value).ok_or_else(Fault::invalid_client)?,
        (None, Some(token)) => return by_assertion(cx, form, token, key_sets).await,
        (None, None) => (form.need("client_id")?.to_string(), None),
    };
    if form.get("client_id").is_some_and(|named| named != id) {
        return Err(Fault::invalid_client());
    }
    let client = find(cx, &id).await?;
    let proven = match (client.told.auth, &client.secret, secret) {
        (Auth::None, _, None) => true,
        (Auth::Secret, Some(hash), Some(secret)) => encode::same(hash, &encode::s256(&secret)),
        _ => false,
    };
    if proven { Ok(client) } else { Err(Fault::invalid_client()) }
}

async fn find(cx: &RouteCtx, id: &str) -> Result<Client, Fault> {
    if id.len() > 200 {
        return Err(Fault::invalid_client());
    }
    Client::find(&cx.hub, cx.tenant.name(), id).await?.ok_or_else(Fault::invalid_client)
}

/// `Basic`: both halves are form-encoded (RFC 6749 §2.3.1).
fn by_basic(value: &str) -> Option<(String, Option<String>)> {
    let plain = STANDARD.decode(value.get(6..)?.trim()).ok().filter(|plain| plain.len() <= 1_000)?;
    let plain = String::from_utf8(plain).ok()?;
    let (id, secret) = plain.split_once(':')?;
    let decoded = SearchRequest::from_query(None, &format!("i={id}&s={secret}")).ok()?.params;
    match decoded.as_slice() {
        [(_, id), (_, secret)] => Some((id.clone(), Some(secret.clone()))),
        _ => None,
    }
}

async fn by_assertion(cx: &RouteCtx, form: &Form, token: &str, sets: &KeySets) -> Result<Client, Fault> {
    if form.get("client_assertion_type") != Some(ASSERTION) {
        return Err(Fault::invalid_request(format!("client_assertion_type must be {ASSERTION}")));
    }
    // Who it says it is; believed only after the signature by that client's key.
    let said = jsonwebtoken::dangerous::insecure_decode_claims::<serde_json::Value>(token).ok();
    let said = said.as_ref().and_then(|claims| claims.get("iss")?.as_str()).map(str::to_string);
    let client = find(cx, &said.ok_or_else(Fault::invalid_client)?).await?;
    if form.get("client_id").is_some_and(|named| named != client.id) || client.told.auth != Auth::Key {
        return Err(Fault::invalid_client());
    }
    let now = cx.hub.clock().now_ms();
    let keys = keys_of(&client, token, sets, now).await.ok_or_else(Fault::invalid_client)?;
    let jwt = jwt::verified(token, &keys, &[Algorithm::RS384, Algorithm::ES384])
        .ok_or_else(Fault::invalid_client)?;
    if !sets.believes(cx).await? {
        return Err(Fault::new(
            400,
            "invalid_request",
            "the operator must set public_url, or call the tenant's own host",
        ));
    }
    let endpoint = format!("{}/auth/token", cx.base);
    let own = jwt.text("iss") == Some(&client.id) && jwt.text("sub") == Some(&client.id);
    let jti = jwt.text("jti").filter(|jti| (1..=200).contains(&jti.len()));
    let (true, true, true, Some(jti)) =
        (own, jwt.is_for(&[&endpoint, &cx.base]), jwt.is_timely(now / 1000, ASSERTION_S), jti)
    else {
        return Err(Fault::invalid_client());
    };
    // Good for one use: remembered until it would be too old anyway.
    let name = format!("{}|{jti}", client.id);
    let end = now + (ASSERTION_S + 3 * jwt::SKEW_S) * 1000;
    if !cx.hub.vault_add(cx.tenant.name(), JTI_DRAWER, &name, Some(end), b"").await? {
        return Err(Fault::invalid_client());
    }
    Ok(client)
}

async fn keys_of(
    client: &Client,
    token: &str,
    sets: &KeySets,
    now: i64,
) -> Option<Arc<Vec<jsonwebtoken::jwk::Jwk>>> {
    let header = jwt::header(token)?;
    // `jku` may name the registered address, and no other.
    if header.jku.is_some() && header.jku != client.told.jwks_uri {
        return None;
    }
    if let Some(set) = &client.told.jwks {
        return key_set(set).map(Arc::new);
    }
    let url = client.told.jwks_uri.as_deref()?;
    Some(sets.keys(url, header.kid.as_deref(), now).await)
}
