//! The element definitions of the base types: what stands at `Patient.contact.name`.

use super::source::Source;
use fhir::Json;
use std::collections::HashMap;

#[derive(Clone, Debug, Default)]
pub struct Element {
    /// Datatype names; several for a choice.
    pub types: Vec<String>,
    /// Resource types a Reference or canonical may lead to; `Resource` is any.
    pub targets: Vec<String>,
    /// The one code system a `code` is taken from, when its value set says so.
    pub system: Option<String>,
    /// The path whose children are also this one's (`#Questionnaire.item`).
    pub same_as: Option<String>,
    pub repeats: bool,
}

pub struct Definitions {
    elements: HashMap<String, Element>,
    /// Element paths in the order of their definitions.
    order: Vec<String>,
}

impl Definitions {
    pub fn read(source: &Source) -> Result<Self, String> {
        let systems = systems(source)?;
        let mut all = Definitions { elements: HashMap::new(), order: Vec::new() };
        for definition in source.examples("StructureDefinition-")? {
            if definition.get_str("derivation") == Some("constraint") {
                continue;
            }
            let base = definition
                .get_str("url")
                .and_then(|url| url.strip_prefix("http://hl7.org/fhir/StructureDefinition/"));
            if base.is_none() || base != definition.get_str("type") {
                continue;
            }
            for element in definition.get("snapshot").into_iter().flat_map(|s| s.each("element")) {
                if let Some(path) = element.get_str("path") {
                    all.order.push(path.to_string());
                    all.elements.insert(path.to_string(), read_element(element, &systems));
                }
            }
        }
        Ok(all)
    }

    pub fn get(&self, path: &str) -> Option<&Element> {
        self.elements.get(path)
    }

    /// The paths directly under a path, in their order.
    pub fn children<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a str> {
        self.order.iter().filter_map(move |p| {
            let name = p.strip_prefix(path)?.strip_prefix('.')?;
            (!name.contains('.')).then_some(p.as_str())
        })
    }

    /// The path at which an element's child is defined: in place, at a content reference, or in its type.
    /// A choice is found by its name without `[x]`.
    pub fn child(&self, path: &str, types: &[String], name: &str) -> Option<String> {
        let mut parents = vec![path.to_string()];
        parents.extend(self.get(path).and_then(|e| e.same_as.clone()));
        parents.extend(types.iter().cloned());
        let names = parents.iter().flat_map(|p| [format!("{p}.{name}"), format!("{p}.{name}[x]")]);
        names.into_iter().find(|p| self.elements.contains_key(p))
    }
}

fn read_element(element: &Json<'_>, systems: &HashMap<String, String>) -> Element {
    let mut out = Element {
        same_as: element.get_str("contentReference").map(|r| r.trim_start_matches('#').to_string()),
        repeats: element.get_str("max") != Some("1"),
        ..Element::default()
    };
    for kind in element.each("type") {
        let code = kind.get_str("code").unwrap_or_default();
        // The value of a primitive is described with a System type; FHIR's name stands in an extension.
        let code = kind.each("extension").find_map(|e| e.get_str("valueUrl")).unwrap_or(code);
        out.types.push(code.to_string());
        for target in kind.each("targetProfile").filter_map(Json::as_str) {
            out.targets.push(target.rsplit('/').next().unwrap_or_default().to_string());
        }
    }
    let binding = element.get("binding").and_then(|b| b.get_str("valueSet"));
    out.system = binding.and_then(|url| systems.get(url.split('|').next().unwrap_or_default())).cloned();
    out
}

/// Value set → the code system that all of it is taken from, for those of one system.
fn systems(source: &Source) -> Result<HashMap<String, String>, String> {
    let mut out = HashMap::new();
    for set in source.examples("ValueSet-")? {
        let mut found: Vec<&str> = Vec::new();
        for include in set.get("compose").into_iter().flat_map(|c| c.each("include")) {
            found.push(include.get_str("system").unwrap_or_default());
        }
        found.dedup();
        if let (Some(url), [one]) = (set.get_str("url"), found.as_slice())
            && !one.is_empty()
        {
            out.insert(url.to_string(), (*one).to_string());
        }
    }
    Ok(out)
}
