//! Bundles in an import: their resources one by one, with references between entries made into references
//! between resources.
//!
//! A batch or transaction that only creates and updates gives the same records as its entries written one
//! by one, if `urn:uuid:` references are replaced first; so it goes through the fast path. One with
//! conditions or other interactions is run as the specification says.

use super::batch::Unit;
use bytes::Bytes;
use fhir::Json;
use std::borrow::Cow;
use std::collections::HashMap;

/// Names the ids that we give to entries which have none.
const NAMESPACE: uuid::Uuid = uuid::Uuid::from_u128(0x6d65_6468_7562_4d69_8d69_6d70_6f72_7401);

/// A quick look: a false `true` costs a parse, a false `false` cannot be.
pub fn may_be_bundle(text: &[u8]) -> bool {
    let head = &text[..text.len().min(4096)];
    contains(head, b"\"Bundle\"") || (text.len() > 4096 && contains(text, b"\"Bundle\""))
}

fn contains(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|w| w == word)
}

/// The units of a JSON text that may be a Bundle. `name` is the file's name: in a folder laid out as a FHIR
/// package, `Bundle-<id>.json` is a resource of its own.
pub fn units(name: &str, text: Bytes) -> Vec<Unit> {
    let parsed = match fhir::json::parse(&text) {
        Ok(json) => json,
        // The committer says what is wrong, as with any resource.
        Err(_) => return vec![Unit::Resource(text.clone())],
    };
    if parsed.get_str("resourceType") != Some("Bundle") || is_record(name, &parsed) {
        return vec![Unit::Resource(text.clone())];
    }
    if needs_interaction(&parsed) {
        return vec![Unit::Interaction(text.clone())];
    }
    unpack(parsed)
}

/// Whether the Bundle itself is what shall be kept.
fn is_record(name: &str, bundle: &Json) -> bool {
    let kind = bundle.get_str("type").unwrap_or_default();
    if !["transaction", "batch", "searchset", "collection"].contains(&kind) {
        return true;
    }
    bundle
        .get_str("id")
        .is_some_and(|id| name == format!("Bundle-{id}.json") || name == format!("Bundle-{id}.json.gz"))
}

fn needs_interaction(bundle: &Json) -> bool {
    let entries = bundle.each("entry");
    entries.into_iter().any(|entry| match entry.get("request") {
        None => has_condition(entry.get("resource").unwrap_or(&Json::Null)),
        Some(request) => {
            let simple = match request.get_str("method") {
                Some("POST") => true,
                Some("PUT") => request.get_str("url").is_some_and(|u| !u.contains('?')),
                _ => false,
            };
            let guarded = request.get("ifNoneExist").is_some() || request.get("ifMatch").is_some();
            !simple || guarded || has_condition(entry.get("resource").unwrap_or(&Json::Null))
        }
    })
}

/// A reference that is a search, such as `Practitioner?identifier=…`.
fn has_condition(json: &Json) -> bool {
    match json {
        Json::Object(object) => object.iter().any(|(name, value)| match value {
            Json::String(text) if name == "reference" => text.contains('?'),
            other => has_condition(other),
        }),
        Json::Array(items) => items.iter().any(has_condition),
        _ => false,
    }
}

fn unpack(mut bundle: Json) -> Vec<Unit> {
    let targets = targets(&bundle);
    let Some(Json::Array(entries)) = bundle.as_object_mut().and_then(|o| o.get_mut("entry")) else {
        return Vec::new();
    };
    // Patients first: what belongs to a patient is sealed with the patient's key.
    entries.sort_by_key(|e| e.get("resource").and_then(|r| r.get_str("resourceType")) != Some("Patient"));
    let mut out = Vec::with_capacity(entries.len());
    for entry in entries {
        let full_url = entry.get_str("fullUrl").map(str::to_string);
        let Some(resource) = entry.as_object_mut().and_then(|o| o.get_mut("resource")) else {
            out.push(Unit::Bad("import.no-resource", "an entry of the Bundle has no resource".to_string()));
            continue;
        };
        rewrite(resource, &targets);
        if let Some(id) =
            full_url.and_then(|url| targets.get(&url)?.split_once('/').map(|(_, id)| id.to_string()))
            && let Some(object) = resource.as_object_mut()
        {
            object.insert_at(1, "id", Json::string(id));
        }
        let mut text = Vec::with_capacity(1024);
        resource.write(&mut text);
        out.push(Unit::Resource(Bytes::from(text)));
    }
    out
}

/// Full URL of each entry → `Type/id`.
fn targets(bundle: &Json) -> HashMap<String, String> {
    let mut out = HashMap::new();
    for entry in bundle.each("entry") {
        let (Some(url), Some(resource)) = (entry.get_str("fullUrl"), entry.get("resource")) else { continue };
        let Some(kind) = resource.get_str("resourceType") else { continue };
        let id = match (resource.get_str("id"), url.strip_prefix("urn:uuid:")) {
            (Some(id), _) => id.to_string(),
            (None, Some(uuid)) => uuid.to_string(),
            (None, None) => uuid::Uuid::new_v5(&NAMESPACE, url.as_bytes()).to_string(),
        };
        out.insert(url.to_string(), format!("{kind}/{id}"));
    }
    out
}

fn rewrite(json: &mut Json, targets: &HashMap<String, String>) {
    match json {
        Json::Object(object) => {
            for (name, value) in object.iter_mut() {
                match value {
                    Json::String(text) if name == "reference" => {
                        if let Some(target) = targets.get(text.as_ref()) {
                            *text = Cow::Owned(target.clone());
                        }
                    }
                    other => rewrite(other, targets),
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| rewrite(item, targets)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(name: &str, json: &str) -> Vec<String> {
        units(name, Bytes::copy_from_slice(json.as_bytes()))
            .into_iter()
            .map(|unit| match unit {
                Unit::Resource(text) => String::from_utf8(text.to_vec()).unwrap(),
                Unit::Interaction(_) => "interaction".to_string(),
                Unit::Bad(key, _) => key.to_string(),
            })
            .collect()
    }

    const TRANSACTION: &str = r#"{"resourceType":"Bundle","type":"transaction","entry":[
        {"fullUrl":"urn:uuid:11","resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient"}},
        {"fullUrl":"urn:uuid:22","resource":{"resourceType":"Condition","id":"c","subject":{"reference":"urn:uuid:11"}},
         "request":{"method":"PUT","url":"Condition/c"}}]}"#;

    #[test]
    fn references_between_entries_become_references_between_resources() {
        assert_eq!(
            texts("a.json", TRANSACTION),
            [
                r#"{"resourceType":"Patient","id":"11"}"#,
                r#"{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/11"}}"#,
            ]
        );
    }

    #[test]
    fn conditions_go_the_way_of_the_specification() {
        let conditional = TRANSACTION.replace("urn:uuid:11\"}", "Patient?identifier=x\"}");
        assert_eq!(texts("a.json", &conditional), ["interaction"]);
        assert_eq!(texts("a.json", &TRANSACTION.replace("PUT", "DELETE")), ["interaction"]);
    }

    #[test]
    fn a_bundle_that_is_a_record_stays_whole() {
        let document = r#"{"resourceType":"Bundle","id":"d","type":"document"}"#;
        assert_eq!(texts("x.json", document), [document]);
        let package = r#"{"resourceType":"Bundle","id":"t","type":"transaction","entry":[]}"#;
        assert_eq!(texts("Bundle-t.json", package), [package]);
        assert!(texts("t.json", package).is_empty());
    }

    #[test]
    fn what_is_no_bundle_passes_as_it_is() {
        for text in [r#"{"resourceType":"Basic","note":"Bundle"}"#, "{\"Bundle\"", r#""Bundle""#] {
            assert_eq!(texts("x.json", text), [text]);
        }
        assert!(!may_be_bundle(br#"{"resourceType":"Patient"}"#));
    }
}
