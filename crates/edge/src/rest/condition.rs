//! The conditions in a request's headers (<https://hl7.org/fhir/R4/http.html#concurrency>).

use crate::failure::{Answer, Failure};
use crate::text;
use crate::wire::{date, etag};
use http::{HeaderMap, header};
use store::Visible;

/// Whether the caller has this version already: `If-None-Match`, else `If-Modified-Since`.
pub fn unchanged(headers: &HeaderMap, found: &Visible) -> bool {
    if let Some(tags) = headers.get(header::IF_NONE_MATCH) {
        return etag::none_match(tags, found.version);
    }
    let since = headers.get(header::IF_MODIFIED_SINCE).and_then(|v| v.to_str().ok()).and_then(date::parse);
    since.is_some_and(|since| found.at.div_euclid(1000) <= since)
}

/// Whether a write asks that nothing stands there yet: `If-None-Match: *`.
///
/// # Errors
/// When the header says something else.
pub fn must_be_new(headers: &HeaderMap) -> Answer<bool> {
    match headers.get(header::IF_NONE_MATCH).map(|v| v.as_bytes().trim_ascii()) {
        None => Ok(false),
        Some(b"*") => Ok(true),
        Some(_) => Err(Failure::new(400, text::IF_NONE_MATCH)),
    }
}

/// The search of `If-None-Exist`: the part after `?` if a whole address was sent.
///
/// # Errors
/// When it is empty or not text.
pub fn if_none_exist(headers: &HeaderMap) -> Answer<Option<String>> {
    let Some(value) = headers.get("if-none-exist") else { return Ok(None) };
    let text = std::str::from_utf8(value.as_bytes()).ok().map(str::trim);
    let query = text.map(|t| t.split_once('?').map_or(t, |(_, query)| query)).filter(|q| !q.is_empty());
    query.map(|q| Some(q.to_string())).ok_or_else(|| Failure::new(400, text::IF_NONE_EXIST))
}
