//! Buying the ID token, and reading who it is of (OpenID Connect Core §3.1.3.7).

use super::Upstream;
use super::claims::{Person, person_of};
use super::discovery::Metadata;
use super::provider::Provider;
use super::start::Begun;
use crate::oauth::encode::percent;
use crate::oauth::{Jwt, verified};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::{Algorithm, decode_header};
use serde_json::{Map, Value};
use service::{HttpReply, HttpRequest};

const ALGORITHMS: [Algorithm; 5] =
    [Algorithm::RS256, Algorithm::RS384, Algorithm::PS256, Algorithm::ES256, Algorithm::ES384];
/// An ID token that lasts longer than this is not one.
const LONGEST_S: i64 = 24 * 3600;

/// The person that the code is of; `None` when anything does not hold.
pub async fn person(
    up: &Upstream,
    provider: &Provider,
    begun: &Begun,
    code: &str,
    now: i64,
) -> Option<Person> {
    let metadata = up.known.metadata(&*up.http, provider, now).await?;
    let answer = up.http.send(ask(provider, begun, code, &metadata)).await.ok()?;
    let answer = object(&answer)?;
    let token = answer.get("id_token")?.as_str()?;
    let kid = decode_header(token).ok()?.kid;
    let keys = up.known.keys(&*up.http, provider, &metadata, kid.as_deref(), now).await;
    let jwt = verified(token, &keys, &ALGORITHMS)?;
    if !holds(&jwt, provider, begun, now) {
        return None;
    }
    let mut claims = jwt.claims.clone();
    if let (Some(address), Some(access)) = (&metadata.userinfo_endpoint, answer.get("access_token")) {
        let bearer = format!("Bearer {}", access.as_str()?);
        let told =
            up.http.send(HttpRequest::get(address.clone()).with("authorization", bearer)).await.ok()?;
        let told = object(&told)?;
        // What another subject's token says is not about this one.
        if told.get("sub") != claims.get("sub") {
            return None;
        }
        for (name, value) in told {
            claims.entry(name).or_insert(value);
        }
    }
    person_of(provider, &claims)
}

fn ask(provider: &Provider, begun: &Begun, code: &str, metadata: &Metadata) -> HttpRequest {
    let mut form = String::from("grant_type=authorization_code");
    for (name, value) in [
        ("code", code),
        ("redirect_uri", &begun.redirect_uri),
        ("code_verifier", &begun.verifier),
        ("client_id", &provider.client_id),
    ] {
        form.push_str(&format!("&{name}={}", percent(value)));
    }
    let request = HttpRequest::form(metadata.token_endpoint.clone(), form);
    match &provider.client_secret {
        Some(secret) => {
            let pair = format!("{}:{}", percent(&provider.client_id), percent(secret));
            request.with("authorization", format!("Basic {}", STANDARD.encode(pair)))
        }
        None => request,
    }
}

fn object(reply: &HttpReply) -> Option<Map<String, Value>> {
    (reply.status == 200).then(|| serde_json::from_slice(&reply.body).ok())?
}

fn holds(jwt: &Jwt, provider: &Provider, begun: &Begun, now: i64) -> bool {
    let several = jwt.claims.get("aud").and_then(Value::as_array).is_some_and(|list| list.len() > 1);
    let party = jwt.text("azp");
    jwt.text("iss") == Some(&provider.issuer)
        && jwt.is_for(&[&provider.client_id])
        && party.map_or(!several, |party| party == provider.client_id)
        && jwt.is_timely(now / 1000, LONGEST_S)
        && jwt.text("nonce") == Some(&begun.nonce)
        && provider.acr.as_deref().is_none_or(|acr| jwt.text("acr") == Some(acr))
        && jwt.text("sub").is_some_and(|sub| (1..=255).contains(&sub.len()))
}
