//! `definitions/compartments.tsv`: by which reference parameters a resource belongs to a compartment.

use super::source::{Source, write};
use fhir::Json;
use std::fmt::Write;

const HEAD: &str = "# Compartment, type, the parameters by which a resource of the type belongs to it; _id: it is the compartment's own resource.\n";

pub fn write_all(source: &Source) -> Result<(), String> {
    let mut table = String::from(HEAD);
    for name in ["patient", "encounter", "practitioner", "relatedPerson", "device"] {
        let definition = source.example(&format!("CompartmentDefinition-{name}.json"))?;
        let compartment = definition.get_str("code").unwrap_or_default();
        for resource in definition.each("resource") {
            let code = resource.get_str("code").unwrap_or_default();
            // The definitions say `{def}` of some compartments' own resource, and nothing of others.
            let mut params: Vec<&str> = if code == compartment { vec!["_id"] } else { Vec::new() };
            params.extend(resource.each("param").filter_map(Json::as_str).filter(|p| *p != "{def}"));
            if !params.is_empty() {
                let _ = writeln!(table, "{compartment}\t{code}\t{}", params.join(","));
            }
        }
    }
    write("definitions/compartments.tsv", &table)
}
