//! Writes a resource while replacing the references that a transaction gave a meaning
//! (<https://hl7.org/fhir/R4/http.html#trules>).

use super::issues;
use super::names::{Meaning, Names};
use super::narrative;
use fhir::{Code, Issue, Json};

/// An answer never lists more issues than this.
const ISSUES_MAX: usize = 100;

/// Elements of R4 that are of type uri, url, oid or uuid somewhere and canonical nowhere, but for `system`,
/// `code` and `type`, which never link to an entry. Sorted.
const LINKS: &[&str] = &[
    "address",
    "authority",
    "authorizationUrl",
    "contentReference",
    "definitionUri",
    "derivedFromUri",
    "detail",
    "endpoint",
    "eventUri",
    "implicitRules",
    "instantiatesUri",
    "issuer",
    "link",
    "location",
    "moduleUri",
    "nameUrl",
    "onlineInformation",
    "policy",
    "project",
    "relativePath",
    "rendering",
    "source",
    "sourceUri",
    "target",
    "targetUri",
    "uri",
    "url",
    "valueOid",
    "valueUri",
    "valueUrl",
    "valueUuid",
];

/// Writes resources of one transaction.
pub(super) struct Rewriter<'r, 'j> {
    names: &'r Names<'j>,
    /// Base of the entry's `fullUrl`, against which its relative references are read.
    base: Option<&'j str>,
    at: usize,
    path: Vec<Step<'j>>,
    pub issues: Vec<Issue>,
}

enum Step<'j> {
    Member(&'j str),
    Item(usize),
}

impl<'r, 'j> Rewriter<'r, 'j> {
    pub fn new(names: &'r Names<'j>) -> Self {
        Rewriter { names, base: None, at: 0, path: Vec::with_capacity(32), issues: Vec::new() }
    }

    /// Appends the compact text of a resource under its new id, without one when that is empty. `place` is its
    /// entry and the base of the entry's `fullUrl`.
    pub fn resource(
        &mut self,
        place: (usize, Option<&'j str>),
        resource: &'j Json<'j>,
        id: &str,
        out: &mut Vec<u8>,
    ) {
        (self.at, self.base) = place;
        let Some(object) = resource.as_object() else { return };
        out.extend_from_slice(b"{\"resourceType\":");
        object.get("resourceType").unwrap_or(&Json::Null).write(out);
        if !id.is_empty() {
            out.extend_from_slice(b",\"id\":");
            quoted(id, out);
        }
        for (name, value) in object.iter() {
            if name == "resourceType" || name == "id" {
                continue;
            }
            out.push(b',');
            self.member(name, value, out);
        }
        out.push(b'}');
    }

    fn member(&mut self, name: &'j str, value: &'j Json<'j>, out: &mut Vec<u8>) {
        quoted(name, out);
        out.push(b':');
        self.path.push(Step::Member(name));
        self.value(name, value, out);
        self.path.pop();
    }

    fn value(&mut self, name: &'j str, value: &'j Json<'j>, out: &mut Vec<u8>) {
        match value {
            Json::String(text) => self.string(name, text, out),
            Json::Array(items) => {
                out.push(b'[');
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        out.push(b',');
                    }
                    self.path.push(Step::Item(i));
                    self.value(name, item, out);
                    self.path.pop();
                }
                out.push(b']');
            }
            Json::Object(object) => {
                out.push(b'{');
                for (i, (name, value)) in object.iter().enumerate() {
                    if i > 0 {
                        out.push(b',');
                    }
                    self.member(name, value, out);
                }
                out.push(b'}');
            }
            plain => plain.write(out),
        }
    }

    fn string(&mut self, name: &str, text: &str, out: &mut Vec<u8>) {
        match name {
            "reference" => match self.names.reference(text, self.base) {
                Meaning::Becomes(new) => return quoted(&new, out),
                Meaning::Nowhere => self.nowhere(),
                Meaning::Unchanged => {}
            },
            "div" => {
                if let Some(new) = narrative::rewrite(text, |url| self.names.full_url(url)) {
                    return quoted(&new, out);
                }
            }
            // Only `urn:` placeholders: an http address in a uri element may name a code system or a profile.
            _ if text.starts_with("urn:") && LINKS.binary_search(&name).is_ok() => {
                if let Some(new) = self.names.full_url(text) {
                    return quoted(new, out);
                }
            }
            _ => {}
        }
        quoted(text, out);
    }

    fn nowhere(&mut self) {
        if self.issues.len() == ISSUES_MAX {
            return;
        }
        let mut expression = format!("Bundle.entry[{}].resource", self.at);
        for step in &self.path {
            match step {
                Step::Member(name) => {
                    expression.push('.');
                    expression.push_str(name);
                }
                Step::Item(i) => expression.push_str(&format!("[{i}]")),
            }
        }
        self.issues.push(Issue::error(Code::NotFound, issues::UNRESOLVED).at(expression));
    }
}

/// Collects the references of a resource that are of a kind, such as conditional ones.
pub(super) fn references<'j>(value: &'j Json<'j>, kind: &dyn Fn(&str) -> bool, found: &mut Vec<&'j str>) {
    match value {
        Json::Array(items) => items.iter().for_each(|item| references(item, kind, found)),
        Json::Object(object) => {
            for (name, value) in object.iter() {
                match value {
                    Json::String(text) if name == "reference" && kind(text) => found.push(text),
                    Json::Array(_) | Json::Object(_) => references(value, kind, found),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// Collects the conditional references (`Patient?identifier=…`) of a resource.
pub(super) fn conditional_references<'j>(value: &'j Json<'j>, found: &mut Vec<&'j str>) {
    references(value, &|text| super::names::condition(text).is_some(), found);
}

fn quoted(text: &str, out: &mut Vec<u8>) {
    Json::string(text).write(out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use fhir::ResourceType;

    fn rewritten(text: &str, names: &Names<'_>) -> (String, Vec<Issue>) {
        let json = fhir::json::parse(text.as_bytes()).unwrap();
        let mut rewriter = Rewriter { names, base: None, at: 3, path: Vec::new(), issues: Vec::new() };
        let mut out = Vec::new();
        rewriter.resource((3, None), &json, "new", &mut out);
        (String::from_utf8(out).unwrap(), rewriter.issues)
    }

    #[test]
    fn links_are_sorted() {
        assert!(LINKS.is_sorted());
    }

    #[test]
    fn replaces_what_links_and_leaves_the_rest() {
        let mut names = Names::default();
        names.add("urn:uuid:1", ResourceType::PATIENT, "a");
        let (text, issues) = rewritten(
            r##"{"id":"old","resourceType":"Basic","subject":{"reference":"urn:uuid:1"},
               "identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:uuid:1"}],
               "extension":[{"url":"http://x","valueUri":"urn:uuid:1"},{"url":"http://y","valueDecimal":1.10}],
               "text":{"div":"<div><a href=\"urn:uuid:1\">x</a></div>"}}"##,
            &names,
        );
        assert_eq!(
            text,
            concat!(
                r##"{"resourceType":"Basic","id":"new","subject":{"reference":"Patient/a"},"##,
                r##""identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:uuid:1"}],"##,
                r##""extension":[{"url":"http://x","valueUri":"Patient/a"},{"url":"http://y","valueDecimal":1.10}],"##,
                r##""text":{"div":"<div><a href=\"Patient/a\">x</a></div>"}}"##
            )
        );
        assert!(issues.is_empty());
    }

    #[test]
    fn says_where_a_reference_leads_nowhere() {
        let names = Names::default();
        let (_, issues) = rewritten(
            r#"{"resourceType":"List","entry":[{"item":{"reference":"Patient/1"}},{"item":{"reference":"urn:uuid:2"}}]}"#,
            &names,
        );
        let places: Vec<_> = issues.iter().filter_map(|i| i.expression.as_deref()).collect();
        assert_eq!(places, ["Bundle.entry[3].resource.entry[1].item.reference"]);
    }

    #[test]
    fn finds_conditional_references() {
        let json = fhir::json::parse(
            br#"{"a":[{"reference":"Patient?identifier=1"},{"reference":"Patient/1"}],"b":{"reference":"Nothing?x=1"}}"#,
        )
        .unwrap();
        let mut found = Vec::new();
        conditional_references(&json, &mut found);
        assert_eq!(found, ["Patient?identifier=1"]);
    }
}
