//! `elements.tsv`: for every structure, its own elements with cardinality, types and binding.
//!
//! A structure is a type (`Patient`, `HumanName`) or a path with children (`Patient.contact`).
//! `=name<TAB>kind<TAB>base` opens one; then a line an element:
//! `name<TAB>min<TAB>max<TAB>types<TAB>flags<TAB>binding`. What the base structure has is not repeated.

use super::valuesets::{Bindings, Terminology};
use super::{BASE, snapshot, text};
use crate::codegen::source;
use fhir::Json;
use std::collections::{BTreeMap, BTreeSet};

pub fn write(
    structures: &BTreeMap<String, Json<'static>>,
    terminology: &Terminology,
    bindings: &mut Bindings,
) -> Result<(), String> {
    let mut out = String::from(
        "# Elements of FHIR R4 4.0.1. Made by `cargo xtask codegen`; do not edit.\n\
         # =structure, kind, base / name, min, max, types, flags (s summary, m modifier), required binding\n",
    );
    for (name, definition) in structures {
        one(name, definition, terminology, bindings, &mut out)?;
    }
    source::write("definitions/elements.tsv", &out)
}

fn one(
    name: &str,
    definition: &Json<'static>,
    terminology: &Terminology,
    bindings: &mut Bindings,
    out: &mut String,
) -> Result<(), String> {
    let elements: Vec<&Json<'static>> = snapshot(definition).collect();
    let parents: BTreeSet<&str> =
        elements.iter().filter_map(|e| text(e, "path").rsplit_once('.')).map(|(parent, _)| parent).collect();
    let base = text(definition, "baseDefinition").strip_prefix(BASE).unwrap_or("-");
    let kind = match text(definition, "kind") {
        "resource" => "resource",
        "primitive-type" => "primitive",
        _ => "type",
    };
    if text(definition, "derivation") == "constraint" {
        // A profile of a quantity: the same elements under another name, with a rule of its own.
        out.push_str(&format!("={name}\t{kind}\t{base}\n"));
        return Ok(());
    }
    for parent in &parents {
        let (kind, base) = if *parent == name {
            (kind, base)
        } else {
            let element = elements.iter().find(|e| text(e, "path") == *parent);
            let code = element.and_then(|e| e.each("type").next()).map_or("-", |t| text(t, "code"));
            ("part", code)
        };
        out.push_str(&format!("={parent}\t{kind}\t{base}\n"));
        for element in &elements {
            let path = text(element, "path");
            let inherited = element.get("base").is_some_and(|base| text(base, "path") != path);
            let Some((_, short)) = path.rsplit_once('.').filter(|(p, _)| p == parent) else { continue };
            if !inherited && kind != "primitive" {
                out.push_str(&line(path, short, element, &parents, terminology, bindings)?);
            }
        }
    }
    if parents.is_empty() {
        out.push_str(&format!("={name}\t{kind}\t{base}\n"));
    }
    Ok(())
}

fn line(
    path: &str,
    short: &str,
    element: &Json<'static>,
    parents: &BTreeSet<&str>,
    terminology: &Terminology,
    bindings: &mut Bindings,
) -> Result<String, String> {
    let min = element.get("min").and_then(Json::as_number).unwrap_or("0");
    let max = text(element, "max");
    if !matches!(max, "0" | "1" | "*") || !matches!(min, "0" | "1") {
        return Err(format!("{path}: cardinality {min}..{max} is not expected"));
    }
    let types = if parents.contains(path) {
        format!("@{path}")
    } else if let Some(reference) = element.get_str("contentReference") {
        format!("@{}", reference.trim_start_matches('#'))
    } else {
        let types: Vec<String> = element.each("type").map(|t| type_of(path, t)).collect();
        types.join(" ")
    };
    let mut flags = String::new();
    for (member, flag) in [("isSummary", 's'), ("isModifier", 'm')] {
        if element.get(member).and_then(Json::as_bool) == Some(true) {
            flags.push(flag);
        }
    }
    let binding = match element.get("binding") {
        Some(binding) if text(binding, "strength") == "required" => {
            terminology.bind(text(binding, "valueSet"), bindings).unwrap_or_default()
        }
        _ => String::new(),
    };
    Ok(format!("{short}\t{min}\t{max}\t{types}\t{flags}\t{binding}").trim_end().to_string() + "\n")
}

/// The name of a type with its reference targets, such as `Reference(Patient|Group)`.
fn type_of(path: &str, json: &Json<'static>) -> String {
    let code = text(json, "code");
    if let Some(system) = code.strip_prefix("http://hl7.org/fhirpath/System.") {
        // Ids of elements and urls of extensions are plain strings in JSON, without a `_` sibling.
        return match (path, system) {
            ("Resource.id", _) => "id".to_string(),
            ("Extension.url", _) => "uri.".to_string(),
            _ => "string.".to_string(),
        };
    }
    let ends = |name| json.each(name).filter_map(Json::as_str).filter_map(|url| url.strip_prefix(BASE));
    if let Some(profile) = ends("profile").next() {
        return profile.to_string();
    }
    let targets: Vec<&str> = ends("targetProfile").collect();
    if code == "Reference" && !targets.is_empty() && !targets.contains(&"Resource") {
        return format!("Reference({})", targets.join("|"));
    }
    code.to_string()
}
