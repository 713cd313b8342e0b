//! `GET /auth/upstream/{id}/start?nonce=…&return=/path`. The page keeps `nonce` and shows it again at `finish`: so
//! nobody can make somebody else's browser finish a sign-in.

use super::{Upstream, text};
use crate::oauth::encode::{s256, secret, with_params};
use crate::oauth::to_store;
use crate::sign_in::text::throttled;
use fhir::Code;
use serde::{Deserialize, Serialize};
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

/// Sign-ins that are under way elsewhere, by `state`.
pub const STATES: &str = "upstream-state";
const LASTS_MS: i64 = 600_000;

#[derive(Serialize, Deserialize)]
pub struct Begun {
    pub provider: String,
    /// In the ID token.
    pub nonce: String,
    /// PKCE.
    pub verifier: String,
    /// Hash of what the page keeps.
    pub page: String,
    /// Path in our own app.
    pub back: String,
    pub redirect_uri: String,
    /// When it began, s since epoch.
    pub at: i64,
}

pub async fn start(up: Arc<Upstream>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let tenant = cx.tenant.name();
    let provider = up.provider(tenant, request.param("id")).ok_or(Error::NotFound)?;
    let kept = request.query("nonce").filter(|nonce| (20..=200).contains(&nonce.len()));
    let kept = kept.ok_or_else(|| Error::refused(Code::Required, text::NONCE))?;
    let now = cx.hub.clock().now_ms();
    up.desk.throttle.ask(now, cx.address).map_err(throttled)?;
    let metadata = up.known.metadata(&*up.http, provider, now).await;
    let metadata = metadata.ok_or_else(|| Error::refused(Code::Transient, text::UNREACHABLE))?;
    let begun = Begun {
        provider: provider.id.clone(),
        nonce: secret()?,
        verifier: secret()?,
        page: s256(kept),
        back: own_path(request.query("return")),
        redirect_uri: format!("{}/auth/upstream/{}/callback", cx.base, provider.id),
        at: now / 1000,
    };
    let state = secret()?;
    cx.hub.vault_put(tenant, STATES, &state, Some(now + LASTS_MS), &to_store(&begun)?).await?;
    let scope = format!("openid {}", provider.scopes);
    let challenge = s256(&begun.verifier);
    let mut params = vec![
        ("response_type", "code"),
        ("client_id", &provider.client_id),
        ("redirect_uri", &begun.redirect_uri),
        ("scope", scope.trim()),
        ("state", &state),
        ("nonce", &begun.nonce),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    params.extend(provider.acr.as_deref().map(|acr| ("acr_values", acr)));
    Ok(RouteReply::redirect(with_params(&metadata.authorization_endpoint, &params)))
}

/// Where the person wanted to go: a path of our own app, never another address.
fn own_path(asked: Option<&str>) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-._~?=&%+:".contains(&b);
    let fine = |path: &&str| {
        path.len() <= 500 && path.starts_with('/') && !path.starts_with("//") && path.bytes().all(plain)
    };
    asked.filter(fine).unwrap_or("/").to_string()
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn the_way_back_stays_here() {
        assert_eq!(own_path(Some("/patients/7?tab=x")), "/patients/7?tab=x");
        for evil in
            ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "", "/a\r\nb"]
        {
            assert_eq!(own_path(Some(evil)), "/", "{evil}");
        }
    }
}
