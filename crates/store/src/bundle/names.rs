//! What the references of a transaction mean once its resources have their ids
//! (<https://hl7.org/fhir/R4/bundle.html#references>).

use fhir::ResourceType;
use std::borrow::Cow;
use std::collections::HashMap;

/// Where each `fullUrl` and each conditional reference of a transaction leads.
#[derive(Debug, Default)]
pub(super) struct Names<'j> {
    /// `fullUrl` → `Type/id`.
    full_urls: HashMap<&'j str, String>,
    /// Some `fullUrl` is an http address, so relative references may mean an entry.
    any_http: bool,
    /// Conditional reference, as written → `Type/id`.
    conditions: HashMap<&'j str, String>,
}

/// What becomes of one reference.
#[derive(Debug, PartialEq)]
pub(super) enum Meaning<'n> {
    Unchanged,
    Becomes(Cow<'n, str>),
    /// It can only mean an entry, and there is none.
    Nowhere,
}

impl<'j> Names<'j> {
    pub fn with_capacity(entries: usize) -> Self {
        Names { full_urls: HashMap::with_capacity(entries), ..Names::default() }
    }

    pub fn add(&mut self, full_url: &'j str, rt: ResourceType, id: &str) {
        self.any_http |= full_url.starts_with("http");
        self.full_urls.insert(full_url, format!("{rt}/{id}"));
    }

    pub fn add_condition(&mut self, reference: &'j str, rt: ResourceType, id: &str) {
        self.conditions.insert(reference, format!("{rt}/{id}"));
    }

    pub fn full_url(&self, url: &str) -> Option<&str> {
        self.full_urls.get(url).map(String::as_str)
    }

    /// The meaning of a `Reference.reference` in a resource whose own `fullUrl` begins with `base`.
    pub fn reference(&self, text: &str, base: Option<&str>) -> Meaning<'_> {
        if text.starts_with('#') {
            return Meaning::Unchanged;
        }
        if let Some(found) = self.full_url(text) {
            return Meaning::Becomes(Cow::Borrowed(found));
        }
        if let Some(found) = self.conditions.get(text) {
            return Meaning::Becomes(Cow::Borrowed(found));
        }
        let (url, fragment) = text.split_at(text.find('#').unwrap_or(text.len()));
        let found = if !fragment.is_empty() && self.full_urls.contains_key(url) {
            self.full_url(url)
        } else if self.any_http && !url.contains(':') {
            base.and_then(|base| self.full_url(&format!("{base}{url}")))
        } else {
            None
        };
        match found {
            Some(found) if fragment.is_empty() => Meaning::Becomes(Cow::Borrowed(found)),
            Some(found) => Meaning::Becomes(Cow::Owned(format!("{found}{fragment}"))),
            None if text.starts_with("urn:uuid:") => Meaning::Nowhere,
            None => Meaning::Unchanged,
        }
    }
}

/// The part of an http `fullUrl` before `Type/id`, with the last slash.
pub(super) fn base_of(full_url: &str) -> Option<&str> {
    if !full_url.starts_with("http") {
        return None;
    }
    let mut slashes = full_url.rmatch_indices('/');
    slashes.next()?;
    let (end, _) = slashes.next()?;
    Some(&full_url[..=end])
}

/// The type and the search of a conditional reference such as `Patient?identifier=…`.
pub(super) fn condition(reference: &str) -> Option<(ResourceType, &str)> {
    let (name, query) = reference.split_once('?')?;
    Some((ResourceType::parse(name)?, query))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meanings() {
        let mut names = Names::default();
        names.add("urn:uuid:1", ResourceType::PATIENT, "a");
        names.add("http://other/fhir/Patient/9", ResourceType::PATIENT, "b");
        names.add_condition("Patient?identifier=x", ResourceType::PATIENT, "c");
        let becomes = |text: &str| Meaning::Becomes(Cow::Owned(text.to_string()));
        let base = base_of("http://other/fhir/Observation/1");
        assert_eq!(base, Some("http://other/fhir/"));
        assert_eq!(names.reference("urn:uuid:1", None), becomes("Patient/a"));
        assert_eq!(names.reference("urn:uuid:1#x", None), becomes("Patient/a#x"));
        assert_eq!(names.reference("urn:uuid:2", None), Meaning::Nowhere);
        assert_eq!(names.reference("Patient/9", base), becomes("Patient/b"));
        assert_eq!(names.reference("Patient/9", None), Meaning::Unchanged);
        assert_eq!(names.reference("http://other/fhir/Patient/9", None), becomes("Patient/b"));
        assert_eq!(names.reference("Patient?identifier=x", base), becomes("Patient/c"));
        assert_eq!(names.reference("#x", base), Meaning::Unchanged);
    }
}
