//! Codes of value sets for `:in`, and subsumption for `:above` and `:below`. Value sets and code systems are
//! those of the tenant; the hierarchies of FHIR's own code systems are built in.

use fhir::Json;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Codes as (system, code).
pub type Codes = HashSet<(String, String)>;

/// More codes than this are not searched for at once.
pub const CODES: usize = 20_000;

type Pairs = Vec<(&'static str, &'static str)>;

/// `parent>child` pairs of a code system of the specification.
fn built_in(system: &str) -> Option<&'static Pairs> {
    static TABLE: OnceLock<HashMap<&'static str, Pairs>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let lines = include_str!("hierarchies.tsv").lines().filter(|line| !line.starts_with('#'));
        let read = |line: &'static str| {
            let (system, pairs) = line.split_once('\t')?;
            Some((system, pairs.split(' ').filter_map(|pair| pair.split_once('>')).collect()))
        };
        lines.filter_map(read).collect()
    });
    table.get(system)
}

/// The codes of a value set of the specification that the definitions list.
pub fn listed(url: &str) -> Option<Codes> {
    let name = url.strip_prefix("http://hl7.org/fhir/ValueSet/")?;
    let table = include_str!("../../../fhir/definitions/valuesets.tsv");
    let line = table.lines().find(|line| line.split('\t').next() == Some(name))?;
    let groups = line.split('\t').skip(1).filter_map(|group| group.split_once('|'));
    let codes = groups
        .flat_map(|(system, codes)| codes.split(' ').map(move |code| (system.to_string(), code.to_string())));
    Some(codes.collect())
}

/// The codes that a code subsumes (`below`) or is subsumed by, itself included, if the code system is one
/// of the specification's that have a hierarchy.
pub fn subsumed(system: &str, code: &str, below: bool) -> Option<Codes> {
    Some(closure(system, code, below, built_in(system)?.iter().copied()))
}

/// The same in a CodeSystem resource.
pub fn subsumed_in(code_system: &Json<'_>, system: &str, code: &str, below: bool) -> Codes {
    let mut pairs = Vec::new();
    code_system.each("concept").for_each(|concept| collect_pairs(concept, &mut pairs));
    closure(system, code, below, pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())))
}

fn collect_pairs(concept: &Json<'_>, pairs: &mut Vec<(String, String)>) {
    let code = concept.get_str("code").unwrap_or_default();
    for child in concept.each("concept") {
        pairs.push((code.to_string(), child.get_str("code").unwrap_or_default().to_string()));
        collect_pairs(child, pairs);
    }
    for property in concept.each("property") {
        match (property.get_str("code"), property.get_str("valueCode")) {
            (Some("parent" | "subsumedBy"), Some(parent)) => {
                pairs.push((parent.to_string(), code.to_string()))
            }
            (Some("child"), Some(child)) => pairs.push((code.to_string(), child.to_string())),
            _ => {}
        }
    }
}

fn closure<'p>(
    system: &str,
    code: &str,
    below: bool,
    pairs: impl Iterator<Item = (&'p str, &'p str)>,
) -> Codes {
    let mut next: HashMap<&str, Vec<&str>> = HashMap::new();
    for (parent, child) in pairs {
        let (from, to) = if below { (parent, child) } else { (child, parent) };
        next.entry(from).or_default().push(to);
    }
    let mut found = Codes::from([(system.to_string(), code.to_string())]);
    let mut open = vec![code];
    while let Some(code) = open.pop() {
        for to in next.get(code).into_iter().flatten() {
            if found.len() < CODES && found.insert((system.to_string(), (*to).to_string())) {
                open.push(to);
            }
        }
    }
    found
}

/// What one part of a value set's definition says.
#[derive(Debug, PartialEq)]
pub enum Part {
    Codes(Codes),
    /// All codes of a code system.
    System(String),
    /// The codes of another value set.
    Set(String),
    /// A code and all below it.
    Below {
        system: String,
        code: String,
    },
    /// Something that cannot be listed here.
    Unknown,
}

/// The parts of a ValueSet: its expansion if it has one, else what its definition includes and excludes.
/// Each include is the intersection of its parts.
#[derive(Debug, Default, PartialEq)]
pub struct Definition {
    pub include: Vec<Vec<Part>>,
    pub exclude: Vec<Vec<Part>>,
}

pub fn definition(value_set: &Json<'_>) -> Definition {
    if let Some(expansion) = value_set.get("expansion").filter(|e| e.get("contains").is_some()) {
        let mut codes = Codes::new();
        contains(expansion, &mut codes);
        return Definition { include: vec![vec![Part::Codes(codes)]], exclude: Vec::new() };
    }
    let Some(compose) = value_set.get("compose") else { return Definition::default() };
    let read = |name: &str| compose.each(name).map(parts).collect();
    Definition { include: read("include"), exclude: read("exclude") }
}

fn contains(json: &Json<'_>, codes: &mut Codes) {
    for item in json.each("contains") {
        if let Some(code) = item.get_str("code") {
            codes.insert((item.get_str("system").unwrap_or_default().to_string(), code.to_string()));
        }
        if codes.len() < CODES {
            contains(item, codes);
        }
    }
}

fn parts(include: &Json<'_>) -> Vec<Part> {
    let system = include.get_str("system").unwrap_or_default().to_string();
    let mut all = Vec::new();
    if include.get("concept").is_some() {
        let codes = include.each("concept").filter_map(|concept| concept.get_str("code"));
        all.push(Part::Codes(codes.map(|code| (system.clone(), code.to_string())).collect()));
    }
    for filter in include.each("filter") {
        all.push(match (filter.get_str("property"), filter.get_str("op"), filter.get_str("value")) {
            (Some("concept" | "code"), Some("is-a"), Some(code)) => {
                Part::Below { system: system.clone(), code: code.to_string() }
            }
            _ => Part::Unknown,
        });
    }
    for set in include.each("valueSet").filter_map(Json::as_str) {
        all.push(Part::Set(set.to_string()));
    }
    if all.is_empty() && !system.is_empty() {
        all.push(Part::System(system));
    }
    all
}

/// All codes of a CodeSystem resource.
pub fn all_of(code_system: &Json<'_>, system: &str) -> Codes {
    fn collect(json: &Json<'_>, system: &str, codes: &mut Codes) {
        for concept in json.each("concept") {
            if let Some(code) = concept.get_str("code") {
                codes.insert((system.to_string(), code.to_string()));
            }
            if codes.len() < CODES {
                collect(concept, system, codes);
            }
        }
    }
    let mut codes = Codes::new();
    collect(code_system, system, &mut codes);
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_hierarchies() {
        let system = "http://terminology.hl7.org/CodeSystem/condition-clinical";
        let below = subsumed(system, "active", true).unwrap();
        assert!(below.contains(&(system.into(), "relapse".into())) && below.len() == 3);
        assert!(subsumed(system, "relapse", false).unwrap().contains(&(system.into(), "active".into())));
        assert!(subsumed("http://snomed.info/sct", "1", true).is_none());
    }

    #[test]
    fn listed_value_sets() {
        let codes = listed("http://hl7.org/fhir/ValueSet/administrative-gender").unwrap();
        assert!(codes.contains(&("http://hl7.org/fhir/administrative-gender".into(), "female".into())));
        assert!(listed("http://hl7.org/fhir/ValueSet/none").is_none());
    }

    #[test]
    fn definitions_in_parts() {
        let text = br#"{"compose":{"include":[{"system":"s","concept":[{"code":"a"}]},{"system":"t"},
            {"system":"u","filter":[{"property":"concept","op":"is-a","value":"x"}]},{"valueSet":["v"]}]}}"#;
        let json = fhir::json::parse(text).unwrap();
        let include = definition(&json).include;
        assert_eq!(include[0], [Part::Codes([("s".to_string(), "a".to_string())].into())]);
        assert_eq!(include[1], [Part::System("t".into())]);
        assert_eq!(include[2], [Part::Below { system: "u".into(), code: "x".into() }]);
        assert_eq!(include[3], [Part::Set("v".into())]);
    }
}
