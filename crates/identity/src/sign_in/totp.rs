//! Codes of an authenticator app: RFC 6238, SHA-1, six digits, 30 seconds, one step of tolerance on each side.

use super::credential::{Credential, Totp};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use store::{Error, Result};
use totp_rs::{Builder, Totp as Clock};

/// A new secret, in base64.
///
/// # Errors
/// `Unavailable` without randomness.
pub fn draw() -> Result<String> {
    Ok(STANDARD.encode(seal::random::<20>().map_err(Error::unavailable)?))
}

/// The secret in base32 and the `otpauth://` address for a phone's camera.
///
/// # Errors
/// `Corrupt` for a secret that is none.
pub fn show(secret: &str, issuer: &str, user: &str) -> Result<(String, String)> {
    let bad = || Error::Corrupt("a TOTP secret".into());
    // A colon separates the parts of the label.
    let plain = |text: &str| text.replace(':', " ");
    let bytes = STANDARD.decode(secret).map_err(|_| bad())?;
    let clock = Builder::new()
        .with_secret(bytes)
        .with_issuer(Some(plain(issuer)))
        .with_account_name(plain(user))
        .build()
        .map_err(|_| bad())?;
    let url = clock.to_url().map_err(|_| bad())?;
    Ok((clock.secret().to_base32(), url))
}

/// The step that a code belongs to, if it is right at `now_ms`.
pub fn step(secret: &str, code: &str, now_ms: i64) -> Option<u64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).take(7).collect();
    if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let clock: Clock = Builder::new().with_secret(STANDARD.decode(secret).ok()?).build().ok()?;
    clock.check(&code, u64::try_from(now_ms / 1000).ok()?)
}

/// Uses a code up: it is right, and neither it nor a later one was used before.
pub fn take(credential: &mut Credential, code: &str, now_ms: i64) -> bool {
    let Some(Totp { secret, last }) = &mut credential.totp else { return false };
    match step(secret, code, now_ms) {
        Some(step) if step > *last => {
            *last = step;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238's test vectors.
    fn secret() -> String {
        STANDARD.encode("12345678901234567890")
    }

    #[test]
    fn codes_of_the_rfc() {
        assert_eq!(step(&secret(), "287082", 59_000), Some(1));
        assert_eq!(step(&secret(), "081804", 1_111_111_109_000), Some(37_037_036));
        assert_eq!(step(&secret(), " 081 804", 1_111_111_109_000), Some(37_037_036));
    }

    #[test]
    fn one_step_late_is_fine_two_are_not() {
        assert_eq!(step(&secret(), "287082", 89_000), Some(1));
        assert_eq!(step(&secret(), "287082", 1_000), Some(1));
        assert_eq!(step(&secret(), "287082", 120_000), None);
        for wrong in ["", "28708", "2870822", "28708x", "000000"] {
            assert_eq!(step(&secret(), wrong, 59_000), None, "{wrong}");
        }
    }

    #[test]
    fn a_code_is_good_once() {
        let totp = Some(Totp { secret: secret(), last: 0 });
        let mut credential = Credential { totp, ..Credential::default() };
        assert!(take(&mut credential, "287082", 59_000));
        assert!(!take(&mut credential, "287082", 59_000));
        assert!(!take(&mut Credential::default(), "287082", 59_000));
    }

    #[test]
    fn a_phone_can_read_it() {
        let (base32, url) = show(&secret(), "Clinique: du Parc", "claire").unwrap();
        assert_eq!(base32, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(url.starts_with("otpauth://totp/") && url.contains("secret=GEZDGNBVGY3TQOJQ"), "{url}");
    }
}
