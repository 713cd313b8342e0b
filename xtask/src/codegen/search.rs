//! `definitions/search_params.tsv` (one line a parameter; its position is its number) and
//! `definitions/search_paths.tsv` (for each type and parameter, the walks to its values).
//!
//! A walk is `step/step:Datatype`. A step is a member's name, `name?member=value` for those items whose
//! member has the value, or `name#n` for one item. A leading `%` starts at the resource instead of at the
//! composite's element. After the datatype: `@system` of a code, `>Type` a reference must lead to.

use super::definitions::Definitions;
use super::expression::{Part, branches};
use super::source::{Source, current, write};
use fhir::Json;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

const PARAMS: &str = "definitions/search_params.tsv";
const PATHS: &str = "definitions/search_paths.tsv";
const PARAMS_HEAD: &str = "# Search parameters of FHIR R4: code, kind, url. The position is the number in databases: append only.\n";
const PATHS_HEAD: &str = "# Type, parameter's number, targets of references (* = all), walks. A composite's walks lead to its elements and are followed by number=walks of each component.\n";

struct Param {
    code: String,
    kind: String,
    url: String,
    bases: Vec<String>,
    targets: BTreeSet<String>,
    expression: String,
    components: Vec<(String, String)>,
}

pub fn write_all(source: &Source, definitions: &Definitions) -> Result<(), String> {
    let params = read(source)?;
    let mut table: Vec<String> =
        current(PARAMS).lines().filter(|l| !l.starts_with('#')).map(str::to_string).collect();
    for param in &params {
        let line = format!("{}\t{}\t{}", param.code, param.kind, param.url);
        if !table.contains(&line) {
            table.push(line);
        }
    }
    write(PARAMS, &format!("{PARAMS_HEAD}{}\n", table.join("\n")))?;
    let mut numbers = HashMap::new();
    for (at, line) in table.iter().enumerate() {
        numbers.insert(line.rsplit('\t').next().unwrap_or_default().to_string(), at + 1);
    }
    let by_url: HashMap<&str, &Param> = params.iter().map(|p| (p.url.as_str(), p)).collect();
    let writer = Walks { definitions, by_url, numbers };
    let mut lines = Vec::new();
    for param in &params {
        for base in &param.bases {
            match writer.line(param, base) {
                Ok(Some(line)) => lines.push(line),
                Ok(None) => {}
                Err(reason) => eprintln!("not indexed: {base} {} ({}): {reason}", param.code, param.kind),
            }
        }
    }
    lines.sort();
    write(PATHS, &format!("{PATHS_HEAD}{}\n", lines.join("\n")))
}

/// The parameters of the package, with the targets that the pristine definitions add.
fn read(source: &Source) -> Result<Vec<Param>, String> {
    let mut targets: HashMap<String, BTreeSet<String>> = HashMap::new();
    for param in source.examples("SearchParameter-")? {
        let names = param.each("target").filter_map(Json::as_str).map(str::to_string);
        targets.entry(param.get_str("url").unwrap_or_default().to_string()).or_default().extend(names);
    }
    let text = |json: &Json<'_>, name: &str| json.get_str(name).unwrap_or_default().to_string();
    let strings =
        |json: &Json<'_>, name: &str| json.each(name).filter_map(Json::as_str).map(str::to_string).collect();
    let mut params = Vec::new();
    for json in source.bundle("search-parameters.json")? {
        let url = text(&json, "url");
        let mut all: BTreeSet<String> =
            json.each("target").filter_map(Json::as_str).map(str::to_string).collect();
        all.extend(targets.remove(&url).unwrap_or_default());
        params.push(Param {
            code: text(&json, "code"),
            kind: text(&json, "type"),
            bases: strings(&json, "base"),
            targets: all,
            expression: text(&json, "expression"),
            components: json
                .each("component")
                .map(|c| (text(c, "definition"), text(c, "expression")))
                .collect(),
            url,
        });
    }
    Ok(params)
}

struct Walks<'a> {
    definitions: &'a Definitions,
    by_url: HashMap<&'a str, &'a Param>,
    numbers: HashMap<String, usize>,
}

/// Where a walk has come to.
#[derive(Clone)]
struct Place {
    /// The steps so far, `/` between them.
    walk: String,
    path: String,
    types: Vec<String>,
    /// The name of the choice whose type is still open.
    choice: Option<String>,
    resolves: Option<String>,
}

impl Walks<'_> {
    fn line(&self, param: &Param, base: &str) -> Result<Option<String>, String> {
        if param.expression.is_empty() {
            return Ok(None);
        }
        let number = self.numbers[&param.url];
        if param.expression.contains("Patient.deceased.exists()") {
            return Ok(Some(format!("{base}\t{number}\t\t:deceased")));
        }
        let start = Place {
            walk: String::new(),
            path: base.to_string(),
            types: Vec::new(),
            choice: None,
            resolves: None,
        };
        let mut places = Vec::new();
        for parts in branches(&param.expression)? {
            let rest = match parts.first() {
                Some(Part::Name(root)) if root == base => &parts[1..],
                Some(Part::Name(root)) if self.definitions.get(root).is_some() => continue,
                _ => &parts[..],
            };
            places.push(self.follow(start.clone(), &start, rest)?);
        }
        if param.kind == "composite" {
            return self.composite(param, base, number, &places, &start).map(Some);
        }
        let (walks, targets) = self.ends(&param.kind, &places, &param.targets)?;
        Ok(Some(format!("{base}\t{number}\t{}\t{}", targets.join(","), walks.join("|"))))
    }

    fn composite(
        &self,
        param: &Param,
        base: &str,
        number: usize,
        roots: &[Place],
        start: &Place,
    ) -> Result<String, String> {
        let walks: Vec<String> = roots.iter().map(|r| format!("{}:Element", r.walk)).collect();
        let mut line = format!("{base}\t{number}\t\t{}", walks.join("|"));
        for (url, expression) in self.paired(param) {
            let component = self.by_url.get(url.as_str()).ok_or_else(|| format!("no component {url}"))?;
            let mut found: Option<Vec<String>> = None;
            for root in roots {
                let from = Place { walk: String::new(), ..root.clone() };
                let mut places = Vec::new();
                for parts in branches(expression)? {
                    places.push(self.follow(from.clone(), start, &parts)?);
                }
                let walks = self.ends(&component.kind, &places, &component.targets)?.0;
                if found.as_ref().is_some_and(|f| *f != walks) {
                    return Err(format!("{url} differs between the elements"));
                }
                found = Some(walks);
            }
            let _ = write!(line, "\t{}={}", self.numbers[url.as_str()], found.unwrap_or_default().join("|"));
        }
        Ok(line)
    }

    /// The components with their expressions. Those of `DocumentReference?relationship` are mixed up in R4:
    /// the token's expression stands with the reference.
    fn paired<'p>(&self, param: &'p Param) -> Vec<(&'p String, &'p String)> {
        let mut urls: Vec<&String> = param.components.iter().map(|c| &c.0).collect();
        if param.url.ends_with("/DocumentReference-relationship") {
            urls.reverse();
        }
        urls.into_iter().zip(param.components.iter().map(|c| &c.1)).collect()
    }

    fn follow(&self, mut at: Place, start: &Place, parts: &[Part]) -> Result<Place, String> {
        for part in parts {
            match part {
                Part::Name(name) => at = self.step(&at, name)?,
                Part::As(kind) => {
                    let open = at.types.iter().find(|t| t.eq_ignore_ascii_case(kind)).cloned();
                    let kind = open.ok_or_else(|| format!("{} is never {kind}", at.path))?;
                    at = narrow(&at, &kind);
                }
                Part::Where(member, value) => {
                    let _ = write!(at.walk, "?{member}={value}");
                }
                Part::Index(n) => {
                    let _ = write!(at.walk, "#{n}");
                }
                Part::Resolves(kind) => at.resolves = Some(kind.clone()),
                Part::Root => at = Place { walk: "%".into(), ..start.clone() },
            }
        }
        Ok(at)
    }

    fn step(&self, at: &Place, name: &str) -> Result<Place, String> {
        let path = self
            .definitions
            .child(&at.path, &at.types, name)
            .ok_or_else(|| format!("{}.{name} is not R4", at.path))?;
        let types = self.definitions.get(&path).map(|e| e.types.clone()).unwrap_or_default();
        let choice = path.ends_with("[x]");
        let slash = if at.walk.is_empty() || at.walk == "%" { "" } else { "/" };
        let walk = if choice { format!("{}{slash}", at.walk) } else { format!("{}{slash}{name}", at.walk) };
        Ok(Place { walk, path, types, choice: choice.then(|| name.to_string()), resolves: None })
    }

    /// The walks with their datatypes, and where references lead.
    fn ends(
        &self,
        kind: &str,
        places: &[Place],
        allowed: &BTreeSet<String>,
    ) -> Result<(Vec<String>, Vec<String>), String> {
        let (mut walks, mut targets) = (Vec::new(), BTreeSet::new());
        for place in places {
            let element = self.definitions.get(&place.path).cloned().unwrap_or_default();
            for datatype in &place.types {
                let Some(end) = end(kind, datatype) else { continue };
                let mut walk = format!("{}:{end}", narrow(place, datatype).walk);
                if let (true, Some(system)) = (end == "code", &element.system) {
                    let _ = write!(walk, "@{system}");
                }
                match &place.resolves {
                    Some(kind) => {
                        let _ = write!(walk, ">{kind}");
                        targets.insert(kind.clone());
                    }
                    None => targets.extend(element.targets.iter().cloned()),
                }
                if !walks.contains(&walk) {
                    walks.push(walk);
                }
            }
        }
        if walks.is_empty() {
            let types: Vec<&String> = places.iter().flat_map(|p| &p.types).collect();
            return Err(format!("{types:?} is no {kind}"));
        }
        if kind != "reference" {
            return Ok((walks, Vec::new()));
        }
        let any = targets.is_empty() || targets.contains("Resource");
        let kept = if any { allowed.clone() } else { targets.intersection(allowed).cloned().collect() };
        let kept: BTreeSet<String> = if kept.is_empty() { targets } else { kept };
        let kept: Vec<String> = kept.into_iter().filter(|t| fhir::ResourceType::parse(t).is_some()).collect();
        // The official lists of all types leave out Parameters.
        let all = kept.len() + 1 >= fhir::ResourceType::COUNT;
        Ok((walks, if all { vec!["*".into()] } else { kept }))
    }
}

/// The place once the choice has this type.
fn narrow(at: &Place, kind: &str) -> Place {
    let mut out = Place { types: vec![kind.to_string()], ..at.clone() };
    if let Some(name) = out.choice.take() {
        let (first, rest) = kind.split_at(1);
        let _ = write!(out.walk, "{name}{}{rest}", first.to_ascii_uppercase());
    }
    out
}

/// How a parameter of that kind reads that datatype; none if it has no use for it.
fn end(kind: &str, datatype: &str) -> Option<&'static str> {
    Some(match (kind, datatype) {
        ("token", "boolean") => "boolean",
        ("token", "code") => "code",
        ("token", "Coding") => "Coding",
        ("token", "CodeableConcept") => "CodeableConcept",
        ("token", "Identifier") => "Identifier",
        ("token", "ContactPoint") => "ContactPoint",
        ("token", "string" | "id" | "uri" | "url" | "oid" | "uuid" | "canonical") => "string",
        ("string", "string" | "markdown" | "id" | "code") => "string",
        ("string", "HumanName") => "HumanName",
        ("string", "Address") => "Address",
        ("reference", "Reference") => "Reference",
        ("reference", "canonical" | "uri") => "canonical",
        ("reference", "Resource") => "Resource",
        ("date", "date" | "dateTime" | "instant") => "date",
        ("date", "Period") => "Period",
        ("date", "Timing") => "Timing",
        ("number", "decimal" | "integer" | "positiveInt" | "unsignedInt") => "number",
        ("number" | "quantity", "Range") => "Range",
        ("quantity", "Quantity" | "SimpleQuantity" | "Age" | "Duration" | "Count" | "Distance") => "Quantity",
        ("quantity", "Money") => "Money",
        ("quantity", "SampledData") => "SampledData",
        ("uri", "uri" | "url" | "oid" | "uuid" | "canonical") => "uri",
        ("special", "BackboneElement") => "Position",
        _ => return None,
    })
}
