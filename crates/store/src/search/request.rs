//! A search as it comes from outside.

use super::{issues, limits};
use fhir::{Issue, ResourceType};

/// A search. Parameters are decoded and in the order in which they were written.
#[derive(Clone, Debug, Default)]
pub struct SearchRequest {
    /// `None` searches across types (`_type` narrows them).
    pub rt: Option<ResourceType>,
    /// Without `_page`, which is in `page`.
    pub params: Vec<(String, String)>,
    /// `Patient/123/Observation`: only what is in the compartment of this resource.
    pub compartment: Option<(ResourceType, String)>,
    /// Refuse unknown parameters instead of ignoring them with a warning.
    pub strict: bool,
    /// The token of a `next` link.
    pub page: Option<String>,
}

impl SearchRequest {
    /// Reads the query part of a URL (or the body of a `_search` form).
    ///
    /// # Errors
    /// When it is too long or its percent-encoding is broken.
    pub fn from_query(rt: Option<ResourceType>, query: &str) -> Result<SearchRequest, Issue> {
        let mut request = SearchRequest { rt, ..SearchRequest::default() };
        for (name, value) in pairs(query)? {
            if name == "_page" {
                request.page = Some(value);
            } else {
                request.params.push((name, value));
            }
        }
        Ok(request)
    }

    /// The query again, encoded, without the page token: for the `self` link and the audit record.
    pub fn to_query(&self) -> String {
        let mut out = String::new();
        for (name, value) in &self.params {
            if !out.is_empty() {
                out.push('&');
            }
            encode(name, &mut out);
            out.push('=');
            encode(value, &mut out);
        }
        out
    }
}

/// Splits `a=b&c=d` and decodes both sides (`+` is a space, as in HTML forms). Empty values are left out:
/// the specification says that they mean nothing.
///
/// # Errors
/// When it is too long or its percent-encoding is broken.
pub fn pairs(query: &str) -> Result<Vec<(String, String)>, Issue> {
    if query.len() > limits::QUERY_BYTES {
        return Err(issues::too_many("bytes of the query", limits::QUERY_BYTES));
    }
    let mut out = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decode(name).ok_or_else(|| issues::bad_value("?", "percent-encoded UTF-8"))?;
        let value = decode(value).ok_or_else(|| issues::bad_value(&name, "percent-encoded UTF-8"))?;
        if !value.is_empty() {
            out.push((name, value));
        }
        if out.len() > limits::PARAMS {
            return Err(issues::too_many("parameters", limits::PARAMS));
        }
    }
    Ok(out)
}

fn decode(text: &str) -> Option<String> {
    if !text.contains(['%', '+']) {
        return Some(text.to_string());
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'+' => out.push(b' '),
            b'%' => {
                let high = (*bytes.get(at + 1)? as char).to_digit(16)?;
                let low = (*bytes.get(at + 2)? as char).to_digit(16)?;
                out.push((high * 16 + low) as u8);
                at += 2;
            }
            other => out.push(other),
        }
        at += 1;
    }
    String::from_utf8(out).ok().filter(|decoded| !decoded.contains('\0'))
}

fn encode(text: &str, out: &mut String) {
    for &byte in text.as_bytes() {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'_'
            | b'.'
            | b'~'
            | b':'
            | b'/'
            | b','
            | b'|'
            | b'$' => {
                out.push(byte as char);
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_and_encodes() {
        let request = SearchRequest::from_query(None, "name=Lef%C3%A8vre+D&_page=x&a=&code=a%7Cb").unwrap();
        assert_eq!(request.page.as_deref(), Some("x"));
        assert_eq!(request.params[0], ("name".into(), "Lefèvre D".into()));
        assert_eq!(request.to_query(), "name=Lef%C3%A8vre%20D&code=a|b");
    }

    #[test]
    fn refuses_broken_encodings() {
        for query in ["a=%", "a=%G1", "a=%ff", "a=%00", "%zz=1"] {
            assert!(SearchRequest::from_query(None, query).is_err(), "{query}");
        }
        assert!(pairs(&"a=1&".repeat(300)).is_err());
        assert!(pairs(&"a".repeat(70_000)).is_err());
    }
}
