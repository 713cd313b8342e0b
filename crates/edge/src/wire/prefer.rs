//! `Prefer` (RFC 7240; <https://hl7.org/fhir/R4/http.html#return>).

use http::HeaderMap;
use store::bundle;

/// What the caller prefers. Unknown preferences are ignored, as the RFC says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prefer {
    /// `None`: not said.
    pub back: Option<bundle::Prefer>,
    /// `handling=strict`: unknown search parameters are errors.
    pub strict: bool,
}

impl Prefer {
    pub fn of(headers: &HeaderMap) -> Prefer {
        let mut prefer = Prefer::default();
        for value in headers.get_all("prefer") {
            let Ok(text) = value.to_str() else { continue };
            for item in text.split([',', ';']).take(20) {
                let (name, value) = item.split_once('=').unwrap_or((item, ""));
                match (name.trim(), value.trim().trim_matches('"')) {
                    ("return", "minimal") => prefer.back = Some(bundle::Prefer::Minimal),
                    ("return", "representation") => prefer.back = Some(bundle::Prefer::Representation),
                    ("return", "OperationOutcome") => prefer.back = Some(bundle::Prefer::OperationOutcome),
                    ("handling", "strict") => prefer.strict = true,
                    ("handling", "lenient") => prefer.strict = false,
                    _ => {}
                }
            }
        }
        prefer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn reads_both_preferences() {
        let mut headers = HeaderMap::new();
        assert_eq!(Prefer::of(&headers), Prefer::default());
        headers.append("prefer", HeaderValue::from_static("respond-async, return=minimal; handling=strict"));
        assert_eq!(Prefer::of(&headers), Prefer { back: Some(bundle::Prefer::Minimal), strict: true });
    }
}
