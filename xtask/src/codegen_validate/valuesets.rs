//! `valuesets.tsv`: the codes of every value set that a required binding names and that can be listed.
//!
//! A line is `name`, then a group `system|code code …` per code system. None of the codes has a space.

use super::text;
use crate::codegen::source::{self, Source};
use fhir::Json;
use std::collections::{BTreeMap, BTreeSet};

/// The codes of a value set, by code system.
type Codes = BTreeMap<String, BTreeSet<String>>;

/// The value sets and code systems of the official package, by canonical URL.
pub struct Terminology {
    sets: BTreeMap<String, Json<'static>>,
    systems: BTreeMap<String, Json<'static>>,
}

/// The value sets that were bound so far, by name.
#[derive(Default)]
pub struct Bindings {
    sets: BTreeMap<String, Codes>,
    skipped: BTreeSet<String>,
}

impl Terminology {
    pub fn read(source: &Source) -> Result<Self, String> {
        let by_url = |prefix: &str| -> Result<BTreeMap<String, Json<'static>>, String> {
            let all = source.examples(prefix)?;
            Ok(all.into_iter().map(|json| (text(&json, "url").to_string(), json)).collect())
        };
        Ok(Terminology { sets: by_url("ValueSet-")?, systems: by_url("CodeSystem-")? })
    }

    /// The name under which a bound value set stands in the table; none if its codes cannot be listed.
    /// Codes that a format tells are named `#mime`, `#language`, `#ucum` and `#currency`.
    pub fn bind(&self, canonical: &str, bindings: &mut Bindings) -> Option<String> {
        let url = canonical.split('|').next().unwrap_or(canonical);
        let name = url.rsplit('/').next().unwrap_or(url).to_string();
        match name.as_str() {
            "mimetypes" => return Some("#mime".to_string()),
            "all-languages" | "languages" => return Some("#language".to_string()),
            "ucum-units" => return Some("#ucum".to_string()),
            "currencies" => return Some("#currency".to_string()),
            _ => {}
        }
        if bindings.sets.contains_key(&name) {
            return Some(name);
        }
        match self.expand(url, 0) {
            Some(codes) if !codes.is_empty() => {
                bindings.sets.insert(name.clone(), codes);
                Some(name)
            }
            _ => {
                if bindings.skipped.insert(url.to_string()) {
                    println!("not listed: {url}");
                }
                None
            }
        }
    }

    fn expand(&self, url: &str, depth: usize) -> Option<Codes> {
        let set = self.sets.get(url.split('|').next().unwrap_or(url)).filter(|_| depth < 8)?;
        let compose = set.get("compose")?;
        let mut codes = Codes::new();
        for include in compose.each("include") {
            for (system, found) in self.include(include, depth)? {
                codes.entry(system).or_default().extend(found);
            }
        }
        for exclude in compose.each("exclude") {
            for (system, found) in self.include(exclude, depth)? {
                if let Some(all) = codes.get_mut(&system) {
                    all.retain(|code| !found.contains(code));
                }
            }
        }
        Some(codes)
    }

    fn include(&self, include: &Json<'static>, depth: usize) -> Option<Codes> {
        let mut named: Option<Codes> = None;
        for url in include.each("valueSet").filter_map(Json::as_str) {
            let found = self.expand(url, depth + 1)?;
            named = Some(match named {
                None => found,
                Some(both) => intersect(both, &found),
            });
        }
        let Some(system) = include.get_str("system") else { return named };
        let listed: BTreeSet<String> = if include.get("concept").is_some() {
            include.each("concept").map(|c| text(c, "code").to_string()).collect()
        } else {
            self.concepts(system, include)?
        };
        let own = Codes::from([(system.to_string(), listed)]);
        Some(match named {
            None => own,
            Some(other) => intersect(own, &other),
        })
    }

    /// All codes of a complete code system that pass the filters of an include.
    fn concepts(&self, system: &str, include: &Json<'static>) -> Option<BTreeSet<String>> {
        let system = self.systems.get(system).filter(|s| text(s, "content") == "complete")?;
        let mut rows = Vec::new();
        walk(system, &[], &mut rows);
        let mut kept: BTreeSet<String> = rows.iter().map(|row| row.code.to_string()).collect();
        for filter in include.each("filter") {
            let (property, op, value) = (text(filter, "property"), text(filter, "op"), text(filter, "value"));
            let below = below(&rows, value);
            match (property, op) {
                ("concept" | "code", "is-a") => kept.retain(|c| c == value || below.contains(c)),
                ("concept" | "code", "descendent-of") => kept.retain(|c| below.contains(c)),
                ("concept" | "code", "is-not-a") => kept.retain(|c| c != value && !below.contains(c)),
                _ => return None,
            }
        }
        Some(kept)
    }
}

struct Row<'j> {
    code: &'j str,
    above: Vec<&'j str>,
}

fn walk<'j>(parent: &'j Json<'static>, above: &[&'j str], rows: &mut Vec<Row<'j>>) {
    for concept in parent.each("concept") {
        let code = text(concept, "code");
        let mut own: Vec<&str> = above.to_vec();
        for property in concept.each("property") {
            if matches!(text(property, "code"), "subsumedBy" | "parent") {
                own.extend(property.get_str("valueCode"));
            }
        }
        let mut deeper = above.to_vec();
        deeper.push(code);
        rows.push(Row { code, above: own });
        walk(concept, &deeper, rows);
    }
}

/// The codes below a code, at any distance.
fn below(rows: &[Row<'_>], top: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    loop {
        let before = found.len();
        for row in rows {
            if row.above.iter().any(|code| *code == top || found.contains(*code)) {
                found.insert(row.code.to_string());
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

fn intersect(mut left: Codes, right: &Codes) -> Codes {
    for (system, codes) in &mut left {
        codes.retain(|code| right.get(system).is_some_and(|other| other.contains(code)));
    }
    left
}

pub fn write(bindings: &Bindings) -> Result<(), String> {
    let mut out = String::from(
        "# Codes of the value sets that FHIR R4 binds as required. Made by `cargo xtask codegen`; do not edit.\n",
    );
    for (name, codes) in &bindings.sets {
        out.push_str(name);
        for (system, codes) in codes {
            if let Some(code) = codes.iter().find(|code| code.contains([' ', '\t'])) {
                return Err(format!("{name}: the code {code:?} has a space, which the table cannot hold"));
            }
            let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
            out.push_str(&format!("\t{system}|{}", codes.join(" ")));
        }
        out.push('\n');
    }
    source::write("definitions/valuesets.tsv", &out)
}
