//! `invariants.tsv`: the rules of the base definitions: key, severity, path, expression.

use super::{BASE, corrections, snapshot, text};
use crate::codegen::source;
use fhir::Json;
use std::collections::BTreeMap;

pub fn write(structures: &BTreeMap<String, Json<'static>>) -> Result<(), String> {
    let mut out = String::from(
        "# Rules of FHIR R4 4.0.1: key, severity, path, FHIRPath. Made by `cargo xtask codegen`; do not edit.\n",
    );
    for (name, definition) in structures {
        for element in snapshot(definition) {
            let path = text(element, "path");
            let profile = text(definition, "derivation") == "constraint";
            let place = if profile { name } else { path };
            for rule in element.each("constraint") {
                let key = text(rule, "key");
                let source = text(rule, "source");
                let own = source.is_empty() || source.strip_prefix(BASE) == Some(name);
                // `ele-1` and `ext-1` stand on every element: they belong to the types.
                let repeated = path != name && matches!(key, "ele-1" | "ext-1");
                let inherited = element.get("base").is_some_and(|b| text(b, "path") != path);
                if !own || repeated || inherited {
                    continue;
                }
                let expression = corrections::corrected(key).unwrap_or(text(rule, "expression"));
                if expression.is_empty() {
                    println!("rule without expression: {key} {path}");
                    continue;
                }
                let expression = expression.split_whitespace().collect::<Vec<_>>().join(" ");
                out.push_str(&format!("{key}\t{}\t{place}\t{expression}\n", text(rule, "severity")));
            }
        }
    }
    source::write("definitions/invariants.tsv", &out)
}
