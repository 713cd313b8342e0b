//! `src/view/generated/`: typed read views of the resource types that services use, and of the datatypes
//! those need.

use super::definitions::Definitions;
use super::source::write;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The resource types with views. A service that needs another adds it here.
const TYPES: [&str; 15] = [
    "AllergyIntolerance",
    "Appointment",
    "AuditEvent",
    "Bundle",
    "Condition",
    "Encounter",
    "Location",
    "MedicationRequest",
    "MedicationStatement",
    "Observation",
    "Organization",
    "Patient",
    "Practitioner",
    "PractitionerRole",
    "Task",
];

/// A choice of more types than this is read as `Any`.
const CHOICE_MAX: usize = 16;

const MARK: &str = "//! Made by `cargo xtask codegen`. Do not edit.\n\n";

pub fn write_all(definitions: &Definitions) -> Result<(), String> {
    let mut wanted: Vec<String> = TYPES.iter().map(|t| (*t).to_string()).collect();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    while let Some(name) = wanted.pop() {
        if files.contains_key(&name) {
            continue;
        }
        let mut writer =
            Writer { definitions, name: name.clone(), out: String::new(), needs: BTreeSet::new() };
        writer.structure(&name);
        let mut uses: Vec<String> =
            writer.needs.iter().filter(|n| **n != name).map(|n| format!("{n}, ")).collect();
        uses.sort();
        let head = format!(
            "{MARK}#[allow(unused_imports)]\nuse crate::Json;\n#[allow(unused_imports)]\nuse crate::view::{{{}Any, Each, View, any, many, one}};\n\n",
            uses.concat()
        );
        files.insert(name, head + &writer.out);
        wanted.extend(writer.needs);
    }
    let mut index = format!("{MARK}#![allow(clippy::all)]\n\n");
    for (name, text) in &files {
        write(&format!("src/view/generated/{}.rs", snake(name)), text)?;
        let _ = writeln!(index, "mod {};", snake(name));
    }
    index.push('\n');
    for name in files.keys() {
        let _ = writeln!(index, "pub use {}::*;", snake(name));
    }
    write("src/view/generated/mod.rs", &index)
}

struct Writer<'a> {
    definitions: &'a Definitions,
    name: String,
    out: String,
    needs: BTreeSet<String>,
}

impl Writer<'_> {
    /// The view of a type or of a part of one, then the views of its parts.
    fn structure(&mut self, path: &str) {
        let name = path_name(path);
        let page = page(&self.name);
        let _ = writeln!(
            self.out,
            "/// [`{path}`](https://hl7.org/fhir/R4/{page}).\n#[derive(Clone, Copy, Debug)]"
        );
        let _ = writeln!(self.out, "pub struct {name}<'a>(&'a Json<'a>);\n");
        let resource = if TYPES.contains(&path) { format!("Some(\"{path}\")") } else { "None".into() };
        let _ = writeln!(
            self.out,
            "impl<'a> View<'a> for {name}<'a> {{\n    const RESOURCE: Option<&'static str> = {resource};\n    fn wrap(json: &'a Json<'a>) -> Self {{ {name}(json) }}\n    fn json(self) -> &'a Json<'a> {{ self.0 }}\n}}\n"
        );
        // Extensions, and what all resources have but `id` and `meta`, are left to the JSON.
        let children: Vec<String> = self.definitions.children(path).map(str::to_string).collect();
        let (mut methods, mut parts, mut choices) = (String::new(), Vec::new(), String::new());
        for child in &children {
            let element = child.rsplit('.').next().unwrap_or_default();
            let in_resource = TYPES.contains(&path);
            let kept = match element {
                "extension" | "modifierExtension" => false,
                "contained" | "implicitRules" | "language" | "text" => !in_resource,
                "id" => in_resource,
                _ => true,
            };
            if kept {
                self.method(child, element, &mut methods, &mut parts, &mut choices);
            }
        }
        let _ = writeln!(self.out, "impl<'a> {name}<'a> {{\n{methods}}}\n");
        self.out.push_str(&choices);
        for part in parts {
            self.structure(&part);
        }
    }

    fn method(
        &mut self,
        path: &str,
        element: &str,
        methods: &mut String,
        parts: &mut Vec<String>,
        choices: &mut String,
    ) {
        let Some(found) = self.definitions.get(path).cloned() else { return };
        let _ = writeln!(methods, "    /// `{path}`");
        if let Some(name) = element.strip_suffix("[x]") {
            let function = keyword_safe(&snake(name));
            if found.types.len() > CHOICE_MAX {
                let _ = writeln!(
                    methods,
                    "    pub fn {function}(self) -> Option<Any<'a>> {{ any(self.0, \"{name}\") }}"
                );
                return;
            }
            let choice =
                format!("{}{}", path_name(path.trim_end_matches(&format!(".{element}"))), upper(name));
            let _ = writeln!(
                methods,
                "    pub fn {function}(self) -> Option<{choice}<'a>> {{ {choice}::of(self.0) }}"
            );
            self.choice(&choice, path, name, &found.types, choices);
            return;
        }
        let rust = match (&found.same_as, found.types.first().map(String::as_str)) {
            (Some(same), _) => format!("{}<'a>", path_name(same)),
            (None, Some("BackboneElement" | "Element")) => {
                parts.push(path.to_string());
                format!("{}<'a>", path_name(path))
            }
            (None, kind) => self.rust_type(kind.unwrap_or("Element")),
        };
        let function = keyword_safe(&snake(element));
        let (outer, read) = if found.repeats {
            (format!("Each<'a, {rust}>"), "many")
        } else {
            (format!("Option<{rust}>"), "one")
        };
        let _ =
            writeln!(methods, "    pub fn {function}(self) -> {outer} {{ {read}(self.0, \"{element}\") }}");
    }

    /// The enumeration of a choice's types.
    fn choice(&mut self, choice: &str, path: &str, name: &str, types: &[String], out: &mut String) {
        let _ = writeln!(out, "/// `{path}`\n#[derive(Clone, Copy, Debug)]\npub enum {choice}<'a> {{");
        for kind in types {
            let _ = writeln!(out, "    {}({}),", upper(kind), self.rust_type(kind));
        }
        // A choice of flags and numbers alone borrows nothing.
        let borrows = types.iter().any(|kind| self.rust_type(kind).contains("'a"));
        let phantom =
            if borrows { "" } else { "    #[doc(hidden)]\n    Never(std::convert::Infallible, &'a ()),\n" };
        let _ = writeln!(
            out,
            "{phantom}}}\n\nimpl<'a> {choice}<'a> {{\n    fn of(json: &'a Json<'a>) -> Option<Self> {{\n        None"
        );
        for kind in types {
            let _ = writeln!(
                out,
                "            .or_else(|| one(json, \"{name}{0}\").map({choice}::{0}))",
                upper(kind)
            );
        }
        out.push_str("    }\n}\n\n");
    }

    fn rust_type(&mut self, kind: &str) -> String {
        match kind {
            "boolean" => "bool".into(),
            "integer" | "positiveInt" | "unsignedInt" => "i64".into(),
            "Resource" => "&'a Json<'a>".into(),
            kind if kind.starts_with(|c: char| c.is_ascii_lowercase()) => "&'a str".into(),
            "Age" | "Duration" | "Count" | "Distance" | "SimpleQuantity" | "MoneyQuantity" => {
                self.needs.insert("Quantity".into());
                "Quantity<'a>".into()
            }
            kind => {
                self.needs.insert(kind.to_string());
                format!("{kind}<'a>")
            }
        }
    }
}

/// The page of the specification that describes a type.
fn page(name: &str) -> String {
    match name {
        _ if TYPES.contains(&name) => format!("{}.html", name.to_ascii_lowercase()),
        "Reference" => "references.html".into(),
        "Dosage" => "dosage.html".into(),
        "Meta" => "resource.html#Meta".into(),
        _ => format!("datatypes.html#{name}"),
    }
}

/// `Patient.contact` → `PatientContact`.
fn path_name(path: &str) -> String {
    path.split('.').map(upper).collect()
}

fn upper(name: &str) -> String {
    let (first, rest) = name.split_at(name.len().min(1));
    first.to_ascii_uppercase() + rest
}

fn snake(name: &str) -> String {
    let mut out = String::new();
    for (at, c) in name.char_indices() {
        if c.is_ascii_uppercase() && at > 0 {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

fn keyword_safe(name: &str) -> String {
    let keyword = matches!(
        name,
        "type" | "for" | "use" | "ref" | "match" | "abstract" | "where" | "in" | "as" | "final"
    );
    if keyword { format!("r#{name}") } else { name.to_string() }
}
