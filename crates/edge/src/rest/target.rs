//! What an address below the FHIR base names.

use crate::failure::{Answer, Failure};
use crate::text;
use fhir::ResourceType;

/// The thing that a request is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'p> {
    /// The base itself.
    System,
    Metadata,
    SystemHistory,
    /// `_search`
    SystemSearch,
    Type(ResourceType),
    TypeHistory(ResourceType),
    TypeSearch(ResourceType),
    Instance(ResourceType, &'p str),
    InstanceHistory(ResourceType, &'p str),
    Version(ResourceType, &'p str, u64),
    /// `Patient/1/Observation`, `Patient/1/*` (no type).
    Compartment(ResourceType, &'p str, Option<ResourceType>),
    /// `Patient/1/Observation/_search`
    CompartmentSearch(ResourceType, &'p str, Option<ResourceType>),
}

/// Reads the path below the base: decoded, without slashes at its ends.
///
/// # Errors
/// 404 for an address that names nothing, 400 for an id that cannot be one.
pub fn target(path: &str) -> Answer<Target<'_>> {
    let mut parts = path.split('/');
    let first = parts.next().unwrap_or("");
    let (second, third, fourth) = (parts.next(), parts.next(), parts.next());
    if parts.next().is_some() {
        return Err(Failure::new(404, text::NOT_FOUND));
    }
    match (first, second) {
        ("", None) => return Ok(Target::System),
        ("metadata", None) => return Ok(Target::Metadata),
        ("_history", None) => return Ok(Target::SystemHistory),
        ("_search", None) => return Ok(Target::SystemSearch),
        _ => {}
    }
    if [Some(first), second, third, fourth].into_iter().flatten().any(|part| part.starts_with('$')) {
        return Err(Failure::new(404, text::NO_OPERATION));
    }
    let rt = ResourceType::parse(first).ok_or_else(|| Failure::new(404, text::UNKNOWN_TYPE))?;
    let Some(second) = second else { return Ok(Target::Type(rt)) };
    match (second, third) {
        ("_history", None) => return Ok(Target::TypeHistory(rt)),
        ("_search", None) => return Ok(Target::TypeSearch(rt)),
        _ => {}
    }
    if !valid_id(second) {
        return Err(Failure::new(if third.is_none() { 400 } else { 404 }, text::BAD_ID));
    }
    match (third, fourth) {
        (None, _) => Ok(Target::Instance(rt, second)),
        (Some("_history"), None) => Ok(Target::InstanceHistory(rt, second)),
        (Some("_history"), Some(version)) => {
            let digits = !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit());
            let version = version.parse().ok().filter(|_| digits);
            version.map(|v| Target::Version(rt, second, v)).ok_or_else(|| Failure::new(404, text::NOT_FOUND))
        }
        (Some(inner), last) => compartment(rt, second, inner, last),
    }
}

fn compartment<'p>(rt: ResourceType, id: &'p str, inner: &str, last: Option<&str>) -> Answer<Target<'p>> {
    let inner = match inner {
        "*" => None,
        name => Some(ResourceType::parse(name).ok_or_else(|| Failure::new(404, text::NOT_FOUND))?),
    };
    match last {
        None => Ok(Target::Compartment(rt, id, inner)),
        Some("_search") => Ok(Target::CompartmentSearch(rt, id, inner)),
        Some(_) => Err(Failure::new(404, text::NOT_FOUND)),
    }
}

/// <https://hl7.org/fhir/R4/datatypes.html#id>
pub fn valid_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_whole_grammar() {
        let (patient, observation) = (ResourceType::PATIENT, ResourceType::OBSERVATION);
        let of = |path| target(path).map_err(|f| f.status);
        assert_eq!(of(""), Ok(Target::System));
        assert_eq!(of("metadata"), Ok(Target::Metadata));
        assert_eq!(of("_history"), Ok(Target::SystemHistory));
        assert_eq!(of("Patient"), Ok(Target::Type(patient)));
        assert_eq!(of("Patient/_search"), Ok(Target::TypeSearch(patient)));
        assert_eq!(of("Patient/1"), Ok(Target::Instance(patient, "1")));
        assert_eq!(of("Patient/1/_history"), Ok(Target::InstanceHistory(patient, "1")));
        assert_eq!(of("Patient/1/_history/2"), Ok(Target::Version(patient, "1", 2)));
        assert_eq!(of("Patient/1/Observation"), Ok(Target::Compartment(patient, "1", Some(observation))));
        assert_eq!(of("Patient/1/*"), Ok(Target::Compartment(patient, "1", None)));
        for (path, status) in [
            ("patient", 404),
            ("Patient/_x", 400),
            ("Patient/1/_history/a", 404),
            ("Patient/1/2", 404),
            ("Patient/$everything", 404),
            ("Patient/1/Observation/1", 404),
            ("Patient/1/_history/1/x", 404),
            ("Patient/../hub", 404),
        ] {
            assert_eq!(of(path), Err(status), "{path}");
        }
    }
}
