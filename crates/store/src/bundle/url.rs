//! The address in `Bundle.entry.request.url`: which resources it names.

use super::issues;
use fhir::{Code, ResourceType, Text};

/// Longer addresses are refused.
const LENGTH_MAX: usize = 8 * 1024;

/// What an address names, relative to the FHIR base.
#[derive(Clone, Debug, PartialEq)]
pub enum Place<'j> {
    /// `Patient`
    Type(ResourceType),
    /// `Patient/1`
    Instance(ResourceType, &'j str),
    /// `Patient/1/_history/2`
    Version(ResourceType, &'j str, u64),
    /// `Patient/1/_history?…`, `Patient/_history?…`, `_history?…`, with the query.
    History(Option<ResourceType>, Option<&'j str>, &'j str),
    /// `Patient?…` or `?…`, with the query, which may be empty.
    Search(Option<ResourceType>, &'j str),
    /// `metadata`
    Metadata,
}

/// Reads an address; `base` is our own address, which an absolute one may start with.
pub(super) fn place<'j>(url: &'j str, base: &str) -> Result<Place<'j>, (Code, Text)> {
    if url.len() > LENGTH_MAX {
        return Err((Code::TooLong, issues::LONG_URL));
    }
    let url = if base.is_empty() { url } else { url.strip_prefix(base).unwrap_or(url) };
    let url = url.strip_prefix('/').unwrap_or(url);
    let (path, query) = match url.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (url, None),
    };
    let mut parts = path.trim_end_matches('/').split('/');
    let first = parts.next().unwrap_or("");
    let rest = (parts.next(), parts.next(), parts.next(), parts.next());
    if path.contains('$') {
        return Err((Code::NotSupported, issues::NO_OPERATION));
    }
    match (first, &rest, query) {
        ("", (None, ..), Some(query)) => return Ok(Place::Search(None, query)),
        ("metadata", (None, ..), _) => return Ok(Place::Metadata),
        ("_history", (None, ..), query) => return Ok(Place::History(None, None, query.unwrap_or(""))),
        _ => {}
    }
    let rt = ResourceType::parse(first).ok_or((Code::Value, issues::UNKNOWN_TYPE))?;
    match (rest, query) {
        ((None, ..), None) => Ok(Place::Type(rt)),
        ((None, ..), Some(query)) | ((Some("_search"), None, ..), Some(query)) => {
            Ok(Place::Search(Some(rt), query))
        }
        ((Some("_history"), None, ..), query) => Ok(Place::History(Some(rt), None, query.unwrap_or(""))),
        ((Some(id), None, ..), None) => Ok(Place::Instance(rt, checked(id)?)),
        ((Some(id), Some("_history"), None, _), query) => {
            Ok(Place::History(Some(rt), Some(checked(id)?), query.unwrap_or("")))
        }
        ((Some(id), Some("_history"), Some(version), None), None) => {
            let version = version.parse().map_err(|_| (Code::Value, issues::BAD_ID))?;
            Ok(Place::Version(rt, checked(id)?, version))
        }
        _ => Err((Code::Value, issues::BAD_PLACE)),
    }
}

fn checked(id: &str) -> Result<&str, (Code, Text)> {
    if id_is_valid(id) { Ok(id) } else { Err((Code::Value, issues::BAD_ID)) }
}

/// The `id` type: <https://hl7.org/fhir/R4/datatypes.html#id>.
pub(super) fn id_is_valid(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let rt = ResourceType::PATIENT;
        for (url, expected) in [
            ("Patient", Place::Type(rt)),
            ("/Patient/a", Place::Instance(rt, "a")),
            ("http://hub/fhir/Patient/a", Place::Instance(rt, "a")),
            ("Patient/a/_history/2", Place::Version(rt, "a", 2)),
            ("Patient/a/_history?_count=1", Place::History(Some(rt), Some("a"), "_count=1")),
            ("_history", Place::History(None, None, "")),
            ("Patient?name=x/y", Place::Search(Some(rt), "name=x/y")),
            ("Patient/_search?name=x", Place::Search(Some(rt), "name=x")),
            ("?_type=Patient", Place::Search(None, "_type=Patient")),
            ("metadata", Place::Metadata),
        ] {
            assert_eq!(place(url, "http://hub/fhir"), Ok(expected), "{url}");
        }
        for url in [
            "",
            "Nothing/1",
            "Patient/a b",
            "Patient/a/b",
            "Patient/a/_history/x",
            "Patient/$merge",
            "http://x/y",
        ] {
            assert!(place(url, "").is_err(), "{url}");
        }
    }
}
