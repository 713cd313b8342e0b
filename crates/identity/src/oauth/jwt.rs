//! Signed JSON (RFC 7515, 7519). The library checks the signature; we check the times, by the hub's clock.

use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Clocks may differ by so many seconds.
pub(crate) const SKEW_S: i64 = 60;
/// Keys tried for a token that names none.
const KEYS_MAX: usize = 20;

/// A token whose signature is good.
pub(crate) struct Jwt {
    pub claims: Map<String, Value>,
}

impl Jwt {
    pub fn text(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }

    /// A time in seconds; fractions are cut.
    pub fn time(&self, name: &str) -> Option<i64> {
        let value = self.claims.get(name)?;
        value.as_i64().or_else(|| value.as_f64().filter(|f| f.abs() < 1e12).map(|f| f as i64))
    }

    /// Whether the token is meant for one of these.
    pub fn is_for(&self, audiences: &[&str]) -> bool {
        match self.claims.get("aud") {
            Some(Value::String(one)) => audiences.contains(&one.as_str()),
            Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).any(|a| audiences.contains(&a)),
            _ => false,
        }
    }

    /// Whether it is good at this second: not over, not of the future, an end that is near enough.
    pub fn is_timely(&self, now_s: i64, longest_s: i64) -> bool {
        let Some(end) = self.time("exp") else { return false };
        let begins = ["iat", "nbf"].iter().filter_map(|name| self.time(name));
        now_s < end.saturating_add(SKEW_S)
            && end <= now_s.saturating_add(longest_s + SKEW_S)
            && begins.into_iter().all(|begin| begin <= now_s.saturating_add(SKEW_S))
    }
}

/// The header, if the token is one at all and signed by an algorithm that we know (`none` is none).
pub(crate) fn header(token: &str) -> Option<Header> {
    // Extensions that must be understood: we know none (RFC 7515 §4.1.11).
    decode_header(token).ok().filter(|header| header.crit.is_none())
}

/// The token, when one of the keys signed it with one of the algorithms. A key is used for its own kind only:
/// a public key is never taken for a shared secret.
pub(crate) fn verified(token: &str, keys: &[Jwk], algorithms: &[Algorithm]) -> Option<Jwt> {
    let header = header(token)?;
    if !algorithms.contains(&header.alg) {
        return None;
    }
    let mut validation = Validation::new(header.alg);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims = HashSet::new();
    let named = |key: &&Jwk| match (&header.kid, &key.common.key_id) {
        (Some(wanted), Some(kid)) => wanted == kid,
        _ => true,
    };
    keys.iter().filter(named).take(KEYS_MAX).find_map(|key| {
        let key = DecodingKey::from_jwk(key).ok().filter(|key| key.family() == header.alg.family())?;
        let data = decode::<Map<String, Value>>(token, &key, &validation).ok()?;
        Some(Jwt { claims: data.claims })
    })
}
