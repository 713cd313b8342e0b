//! Entity tags of versions: `W/"3"` (<https://hl7.org/fhir/R4/http.html#versioning>).

use crate::failure::{Answer, Failure};
use crate::text;
use http::HeaderValue;

/// The tag of a version.
pub fn header(version: u64) -> HeaderValue {
    let mut digits = [0u8; 24];
    let mut at = digits.len() - 1;
    digits[at] = b'"';
    let mut rest = version;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    at -= 3;
    digits[at..at + 3].copy_from_slice(b"W/\"");
    HeaderValue::from_bytes(&digits[at..]).unwrap_or(HeaderValue::from_static("W/\"0\""))
}

/// The version in `W/"3"`, `"3"` or, leniently, `3`.
pub fn parse(text: &str) -> Option<u64> {
    let text = text.trim();
    let text = text.strip_prefix("W/").unwrap_or(text);
    let text = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text);
    if text.is_empty() || text.len() > 19 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// The version that `If-Match` asks for.
///
/// # Errors
/// When the header is not one version.
pub fn if_match(header: Option<&HeaderValue>) -> Answer<Option<u64>> {
    let Some(value) = header else { return Ok(None) };
    let version = value.to_str().ok().and_then(parse);
    version.map(Some).ok_or_else(|| Failure::new(400, text::IF_MATCH))
}

/// Whether `If-None-Match` names this version (or `*`).
pub fn none_match(header: &HeaderValue, version: u64) -> bool {
    let Ok(text) = header.to_str() else { return false };
    text.split(',').any(|tag| tag.trim() == "*" || parse(tag) == Some(version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_reads() {
        for version in [0, 1, 10, 987_654, u64::MAX] {
            let tag = header(version);
            assert_eq!(tag.to_str().unwrap(), format!("W/\"{version}\""));
        }
        assert_eq!(parse("W/\"12\""), Some(12));
        assert_eq!(parse("\"12\""), Some(12));
        assert_eq!(parse("12"), Some(12));
        for bad in ["", "*", "W/\"\"", "W/\"a\"", "\"1", "-1", "99999999999999999999"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
        assert!(none_match(&HeaderValue::from_static("W/\"1\", W/\"2\""), 2));
        assert!(!none_match(&HeaderValue::from_static("W/\"1\""), 2));
        assert!(if_match(Some(&HeaderValue::from_static("*"))).is_err());
    }
}
