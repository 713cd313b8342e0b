//! `definitions/types.tsv` and the constants of `ResourceType`.

use super::source::{Source, current, write};
use std::fmt::Write;

const TABLE: &str = "definitions/types.tsv";
const HEAD: &str =
    "# Resource types of FHIR R4. The line's position is the type's number in databases: append only.\n";

/// New names go to the end of the table, so that no number ever changes.
pub fn write_all(source: &Source) -> Result<(), String> {
    let mut names: Vec<String> =
        current(TABLE).lines().filter(|l| !l.starts_with('#')).map(str::to_string).collect();
    let mut found: Vec<String> = Vec::new();
    for definition in source.bundle("profiles-resources.json")? {
        let concrete = definition.get("abstract").and_then(fhir::Json::as_bool) == Some(false);
        // The package mixes in a type of R4B.
        let r4 = definition.get_str("fhirVersion") == Some("4.0.1");
        let kind = definition.get_str("kind") == Some("resource");
        let base = definition.get_str("derivation") == Some("specialization");
        if let (true, true, true, true, Some(name)) = (concrete, r4, kind, base, definition.get_str("type")) {
            found.push(name.to_string());
        }
    }
    found.sort();
    for name in found {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut table = String::from(HEAD);
    for name in &names {
        let _ = writeln!(table, "{name}");
    }
    write(TABLE, &table)?;
    write("src/resource_type/generated.rs", &constants(&names))
}

fn constants(names: &[String]) -> String {
    let mut out = String::from(
        "//! Made by `cargo xtask codegen` from `definitions/types.tsv`. Do not edit.\n\nuse super::ResourceType;\n\n",
    );
    let _ =
        writeln!(out, "/// The names by number - 1.\npub(super) const NAMES: [&str; {}] = [", names.len());
    for name in names {
        let _ = writeln!(out, "    \"{name}\",");
    }
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&at| &names[at]);
    let _ = writeln!(
        out,
        "];\n\n/// The numbers by name.\n#[rustfmt::skip]\npub(super) const BY_NAME: [u16; {}] = [",
        names.len()
    );
    for line in order.chunks(16) {
        let numbers: Vec<String> = line.iter().map(|at| (at + 1).to_string()).collect();
        let _ = writeln!(out, "    {},", numbers.join(", "));
    }
    out.push_str("];\n\n#[allow(missing_docs)]\nimpl ResourceType {\n");
    for (at, name) in names.iter().enumerate() {
        let _ = writeln!(out, "    pub const {}: ResourceType = ResourceType({});", constant(name), at + 1);
    }
    out.push_str("}\n");
    out
}

/// `MedicationRequest` → `MEDICATION_REQUEST`.
pub fn constant(name: &str) -> String {
    let mut out = String::new();
    for (at, c) in name.char_indices() {
        if c.is_ascii_uppercase() && at > 0 {
            out.push('_');
        }
        out.push(c.to_ascii_uppercase());
    }
    out
}
