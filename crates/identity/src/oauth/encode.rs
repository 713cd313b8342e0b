//! The alphabets of OAuth: percent-encoding, base64url, and the S256 challenge of PKCE (RFC 7636).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use store::{Error, Result};

/// Everything but the unreserved characters of RFC 3986 as `%XX`.
pub(crate) fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for &byte in text.as_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(byte as char),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// Adds parameters to an address that may have some already.
pub(crate) fn with_params(address: &str, params: &[(&str, &str)]) -> String {
    let mut out = address.to_string();
    for (name, value) in params {
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(&format!("{}={}", percent(name), percent(value)));
    }
    out
}

/// base64url of the SHA-256.
pub(crate) fn s256(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(seal::sha256(text.as_bytes()))
}

/// 256 random bits, base64url.
pub(crate) fn secret() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(seal::random::<32>().map_err(Error::unavailable)?))
}

/// Equality that takes the same time wherever they differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(a.as_bytes(), b.as_bytes()).is_ok()
}

/// Whether the text is a SHA-256 in base64url, as a challenge must be.
pub(crate) fn is_s256(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_of_rfc_7636() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(s256(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert!(is_s256(&s256(verifier)) && !is_s256("short") && !is_s256(&"*".repeat(43)));
    }

    #[test]
    fn parameters_cannot_break_out() {
        assert_eq!(
            with_params("https://a/?x=1", &[("state", "a&b=#é")]),
            "https://a/?x=1&state=a%26b%3D%23%C3%A9"
        );
        assert_eq!(with_params("https://a/", &[("a", "1"), ("b", "2")]), "https://a/?a=1&b=2");
    }
}
