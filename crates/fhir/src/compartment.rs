//! Compartments (<https://hl7.org/fhir/R4/compartmentdefinition.html>): which resources belong to a patient,
//! an encounter, a practitioner, a related person or a device.

use crate::search::{SearchParam, Value, param};
use crate::{Json, ResourceType};
use std::collections::HashMap;
use std::sync::OnceLock;

static TABLE: &str = include_str!("../definitions/compartments.tsv");

/// The types that are compartments.
pub const COMPARTMENTS: [ResourceType; 5] = [
    ResourceType::PATIENT,
    ResourceType::ENCOUNTER,
    ResourceType::PRACTITIONER,
    ResourceType::RELATED_PERSON,
    ResourceType::DEVICE,
];

/// The codes of the parameters by which a resource of type `rt` belongs to a compartment; empty if it never
/// does. `_id` stands for the compartment's own resource.
pub fn params(compartment: ResourceType, rt: ResourceType) -> &'static [&'static str] {
    table().get(&(compartment, rt)).map_or(&[], |entry| &entry.codes)
}

/// The types that can belong to a compartment, by number.
pub fn types(compartment: ResourceType) -> impl Iterator<Item = ResourceType> {
    ResourceType::all().filter(move |rt| !params(compartment, *rt).is_empty())
}

/// The ids of the patients to whose compartments a resource belongs, without repeats. The first is its
/// owner, under whose key it is sealed: the patient it is about, where it also names others (as author,
/// performer or payer). References to other servers do not count.
pub fn patients<'a>(rt: ResourceType, resource: &'a Json<'_>) -> Vec<&'a str> {
    members(ResourceType::PATIENT, rt, resource)
}

/// The ids of the compartments of one kind to which a resource belongs, without repeats.
pub fn members<'a>(compartment: ResourceType, rt: ResourceType, resource: &'a Json<'_>) -> Vec<&'a str> {
    let mut ids: Vec<&'a str> = Vec::new();
    let Some(entry) = table().get(&(compartment, rt)) else { return ids };
    let mut add = |id: &'a str| {
        if !ids.contains(&id) {
            ids.push(id);
        }
    };
    if rt == compartment
        && let Some(id) = resource.get_str("id")
    {
        add(id);
    }
    let mut values = Vec::new();
    for param in &entry.references {
        param.values_into(resource, &mut values);
        for value in values.drain(..) {
            if let Value::Reference(reference) = value
                && let Some((found, id)) = reference.local()
                && found == compartment
            {
                add(id);
            }
        }
    }
    ids
}

struct Entry {
    codes: Vec<&'static str>,
    /// The same without `_id`; the one that says whom the resource is about comes first.
    references: Vec<&'static SearchParam>,
}

type Table = HashMap<(ResourceType, ResourceType), Entry>;

fn table() -> &'static Table {
    static LOADED: OnceLock<Table> = OnceLock::new();
    LOADED.get_or_init(|| TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(read).collect())
}

fn read(line: &'static str) -> Option<((ResourceType, ResourceType), Entry)> {
    let mut fields = line.split('\t');
    let compartment = ResourceType::parse(fields.next()?)?;
    let rt = ResourceType::parse(fields.next()?)?;
    let codes: Vec<&'static str> = fields.next()?.split(',').collect();
    let named = codes.iter().filter(|code| **code != "_id");
    let mut references: Vec<&'static SearchParam> = named.filter_map(|code| param(rt, code)).collect();
    references.sort_by_key(|p| !matches!(p.code, "patient" | "subject" | "beneficiary" | "individual"));
    Some(((compartment, rt), Entry { codes, references }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn patients_of(text: &str) -> Vec<String> {
        let json = parse(text.as_bytes()).unwrap();
        let rt = ResourceType::of(&json).unwrap();
        patients(rt, &json).into_iter().map(str::to_string).collect()
    }

    #[test]
    fn every_line_is_understood() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(table().len(), lines.count());
        for ((_, rt), entry) in table() {
            let named = entry.codes.iter().filter(|code| **code != "_id").count();
            assert_eq!(entry.references.len(), named, "{rt}");
        }
        assert_eq!(params(ResourceType::PATIENT, ResourceType::OBSERVATION), ["subject", "performer"]);
        assert_eq!(params(ResourceType::PATIENT, ResourceType::ORGANIZATION), [""; 0]);
        assert_eq!(params(ResourceType::ENCOUNTER, ResourceType::ENCOUNTER), ["_id"]);
        assert!(types(ResourceType::PATIENT).count() > 60);
    }

    #[test]
    fn the_owner_comes_first() {
        let observation = r#"{"resourceType":"Observation","performer":[{"reference":"Patient/b"}],
            "subject":{"reference":"Patient/a"}}"#;
        assert_eq!(patients_of(observation), ["a", "b"]);
        let coverage = r#"{"resourceType":"Coverage","policyHolder":{"reference":"Patient/parent"},
            "beneficiary":{"reference":"Patient/child"}}"#;
        assert_eq!(patients_of(coverage), ["child", "parent"]);
        let patient =
            r#"{"resourceType":"Patient","id":"me","link":[{"other":{"reference":"Patient/old"}}]}"#;
        assert_eq!(patients_of(patient), ["me", "old"]);
    }

    #[test]
    fn others_do_not_count() {
        let observation = r#"{"resourceType":"Observation","subject":{"reference":"http://else/Patient/a"},
            "performer":[{"reference":"Practitioner/1"}]}"#;
        assert!(patients_of(observation).is_empty());
        assert!(patients_of(r#"{"resourceType":"Organization","id":"o"}"#).is_empty());
    }
}
