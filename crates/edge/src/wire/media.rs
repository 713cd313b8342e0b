//! Media types: what the caller sends and what it wants back
//! (<https://hl7.org/fhir/R4/http.html#mime-type>).

use crate::failure::{Answer, Failure};
use crate::text;
use http::{HeaderMap, HeaderValue, header};

/// The content type of an answer on `/fhir`.
pub const FHIR_JSON: HeaderValue = HeaderValue::from_static("application/fhir+json; charset=utf-8");
pub const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");

/// The content type of the answer that the caller accepts: `_format` wins over `Accept`.
///
/// # Errors
/// 406 when only other formats are accepted.
pub fn accepted(headers: &HeaderMap, format: Option<&str>) -> Answer<HeaderValue> {
    if let Some(format) = format {
        return one(format).ok_or_else(|| Failure::new(406, text::NOT_ACCEPTABLE));
    }
    let mut asked = false;
    for value in headers.get_all(header::ACCEPT) {
        let Ok(value) = value.to_str() else { continue };
        for range in value.split(',').take(30) {
            asked = true;
            if let Some(found) = one(range) {
                return Ok(found);
            }
        }
    }
    if asked { Err(Failure::new(406, text::NOT_ACCEPTABLE)) } else { Ok(FHIR_JSON) }
}

/// Our content type for one media range, unless we cannot give it.
fn one(range: &str) -> Option<HeaderValue> {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next()?;
    for parameter in parts {
        let (key, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let value = value.trim_matches('"');
        let refused = match key.trim() {
            "fhirVersion" => !matches!(value, "4.0" | "4.0.1"),
            "q" => value.parse::<f32>() == Ok(0.0),
            _ => false,
        };
        if refused {
            return None;
        }
    }
    match name {
        "application/fhir+json"
        | "application/fhir json"
        | "json"
        | "*/*"
        | "application/*"
        | "text/html" => Some(FHIR_JSON),
        "application/json" | "text/json" => Some(JSON),
        _ => None,
    }
}

/// Checks that a body says it is FHIR JSON in UTF-8. No content type at all is taken as JSON.
///
/// # Errors
/// 415 otherwise.
pub fn check_json(headers: &HeaderMap) -> Answer<()> {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return Ok(()) };
    let value = value.to_str().map_err(|_| Failure::new(415, text::CONTENT_TYPE))?;
    let mut parts = value.split(';').map(str::trim);
    let name = parts.next().unwrap_or("").to_ascii_lowercase();
    match name.as_str() {
        "application/fhir+json" | "application/json" | "text/json" => {}
        other if other.contains("xml") => return Err(Failure::new(415, text::XML)),
        _ => return Err(Failure::new(415, text::CONTENT_TYPE)),
    }
    for parameter in parts {
        let (key, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let value = value.trim_matches('"');
        let fits = match key.trim().to_ascii_lowercase().as_str() {
            "charset" => value.eq_ignore_ascii_case("utf-8") || value.eq_ignore_ascii_case("us-ascii"),
            "fhirversion" => matches!(value, "4.0" | "4.0.1"),
            _ => true,
        };
        if !fits {
            return Err(Failure::new(415, text::CONTENT_TYPE));
        }
    }
    Ok(())
}

/// Checks that a body says it is an HTML form.
///
/// # Errors
/// 415 otherwise.
pub fn check_form(headers: &HeaderMap) -> Answer<()> {
    let value = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let lower = value.to_ascii_lowercase();
    let charset = lower.split(';').find_map(|p| p.trim().strip_prefix("charset="));
    let utf8 = charset.is_none_or(|c| c.trim_matches('"') == "utf-8");
    if lower.starts_with("application/x-www-form-urlencoded") && utf8 {
        return Ok(());
    }
    Err(Failure::new(415, text::FORM))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn json_or_406() {
        let accept = |value| accepted(&headers(header::ACCEPT, value), None).map_err(|f| f.status);
        assert_eq!(accepted(&HeaderMap::new(), None).unwrap(), FHIR_JSON);
        assert_eq!(accept("application/fhir+json; fhirVersion=4.0"), Ok(FHIR_JSON));
        assert_eq!(accept("application/fhir+xml, application/json;q=0.5"), Ok(JSON));
        assert_eq!(accept("application/fhir+xml"), Err(406));
        assert_eq!(accept("application/fhir+json; fhirVersion=5.0"), Err(406));
        assert_eq!(accept("text/html,*/*;q=0.8"), Ok(FHIR_JSON));
        let xml = headers(header::ACCEPT, "application/fhir+xml");
        assert_eq!(accepted(&xml, Some("json")).unwrap(), FHIR_JSON);
        assert_eq!(accepted(&HeaderMap::new(), Some("xml")).unwrap_err().status, 406);
    }

    #[test]
    fn only_utf8_json_comes_in() {
        let check =
            |value| check_json(&headers(header::CONTENT_TYPE, value)).map_err(|f| f.issues[0].text.key);
        assert_eq!(check("application/fhir+json; charset=UTF-8"), Ok(()));
        assert_eq!(check("application/json"), Ok(()));
        assert_eq!(check("application/fhir+xml"), Err("xml-not-supported"));
        assert_eq!(check("application/json; charset=utf-16"), Err("unsupported-content"));
        assert_eq!(check("text/plain"), Err("unsupported-content"));
    }
}
