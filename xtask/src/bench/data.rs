//! A clinic of any size from a few dozen synthetic patients: each clone has ids, names and identifiers of its
//! own, and keeps a bounded part of the record, so that sizes can be compared.

use fhir::{Json, json};
use std::collections::HashSet;
use std::path::Path;

/// What is kept of a record, and how much of it.
const KEPT: [(&str, usize); 8] = [
    ("Patient", 1),
    ("Encounter", 8),
    ("Condition", 8),
    ("Observation", 32),
    ("MedicationRequest", 4),
    ("Procedure", 4),
    ("Immunization", 4),
    ("AllergyIntolerance", 2),
];

/// Marks a place that each clone fills: `⟦7⟧` is the id of the record's resource 7.
const OPEN: char = '⟦';
const CLOSE: char = '⟧';

/// One record as text with holes.
pub struct Template {
    /// Type and text of each resource; the first is the patient.
    resources: Vec<(String, String)>,
}

/// One clone.
pub struct Record {
    pub patient: String,
    pub family: String,
    pub mrn: String,
    /// Type, id, JSON.
    pub resources: Vec<(String, String, String)>,
}

/// Reads the bundles of a folder.
pub fn templates(folder: &Path) -> Result<Vec<Template>, String> {
    let said = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut files: Vec<_> = std::fs::read_dir(folder).map_err(said)?.flatten().map(|f| f.path()).collect();
    files.sort();
    let mut templates = Vec::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "json")) {
        let text = std::fs::read(file).map_err(said)?;
        let bundle = json::parse(&text).map_err(|e| format!("{}: {e}", file.display()))?;
        templates.extend(template(&bundle));
    }
    if templates.is_empty() {
        Err(format!("{} holds no bundle with a patient", folder.display()))
    } else {
        Ok(templates)
    }
}

fn template(bundle: &Json<'_>) -> Option<Template> {
    let mut kept: Vec<(&str, Json<'_>)> = Vec::new();
    for (rt, most) in KEPT {
        let all = bundle.each("entry").filter_map(|e| e.get("resource"));
        let of_type = all.filter(|r| r.get_str("resourceType") == Some(rt)).take(most);
        kept.extend(of_type.map(|r| (rt, r.clone())));
    }
    let ids: Vec<String> =
        kept.iter().map(|(_, r)| r.get_str("id").map(str::to_string)).collect::<Option<_>>()?;
    let known: HashSet<&str> = ids.iter().map(String::as_str).collect();
    let (first, _) = kept.first()?;
    if *first != "Patient" {
        return None;
    }
    let mut resources = Vec::new();
    for (rt, resource) in kept {
        let mut resource = prune(resource, &known)?;
        if rt == "Patient" {
            personal(&mut resource);
        }
        let mut text = resource.to_string();
        for (n, id) in ids.iter().enumerate() {
            let place = format!("{OPEN}{n}{CLOSE}");
            let owner = type_of(&ids, n, bundle);
            text = text.replace(&format!("urn:uuid:{id}"), &format!("{owner}/{place}")).replace(id, &place);
        }
        resources.push((rt.to_string(), text));
    }
    Some(Template { resources })
}

fn type_of(ids: &[String], n: usize, bundle: &Json<'_>) -> String {
    let mut all = bundle.each("entry").filter_map(|e| e.get("resource"));
    all.find(|r| r.get_str("id") == Some(&ids[n]))
        .and_then(|r| r.get_str("resourceType"))
        .unwrap_or("Basic")
        .to_string()
}

/// Removes references to what is not kept, and what is empty without them.
fn prune<'a>(value: Json<'a>, known: &HashSet<&str>) -> Option<Json<'a>> {
    match value {
        Json::Object(object) => {
            if let Some(reference) = object.get("reference").and_then(Json::as_str)
                && !reference.strip_prefix("urn:uuid:").is_some_and(|id| known.contains(id))
            {
                return None;
            }
            let mut out = fhir::Object::default();
            for (name, member) in object.iter() {
                if let Some(member) = prune(member.clone(), known) {
                    out.set(name.to_string(), member);
                }
            }
            (!out.is_empty()).then_some(Json::Object(out))
        }
        Json::Array(items) => {
            let items: Vec<_> = items.into_iter().filter_map(|item| prune(item, known)).collect();
            (!items.is_empty()).then_some(Json::Array(items))
        }
        other => Some(other),
    }
}

/// Makes holes for what identifies a person.
fn personal(patient: &mut Json<'_>) {
    let Some(object) = patient.as_object_mut() else { return };
    object.set(
        "name",
        Json::array([Json::object([
            ("use", Json::string("official")),
            ("family", Json::string(format!("{OPEN}F{CLOSE}"))),
            ("given", Json::array([Json::string(format!("{OPEN}G{CLOSE}"))])),
        ])]),
    );
    object.set("birthDate", Json::string(format!("{OPEN}D{CLOSE}")));
    object.set(
        "identifier",
        Json::array([Json::object([
            ("system", Json::string("urn:oid:1.2.3.4.5")),
            ("value", Json::string(format!("{OPEN}M{CLOSE}"))),
        ])]),
    );
}

/// The clone number `n`.
pub fn record(templates: &[Template], n: usize) -> Record {
    let template = &templates[n % templates.len()];
    let id = |k: usize| {
        let (a, b) = (mix(n as u64 * 1000 + k as u64), mix(!(n as u64 * 1000 + k as u64)));
        format!(
            "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
            a >> 32,
            a >> 16 & 0xffff,
            a & 0xfff,
            b >> 52,
            b & 0xffff_ffff_ffff
        )
    };
    let (family, mrn) = (family(n), format!("M{n:08}"));
    // Namesakes born on one day would be one person to the clinic.
    let birth = format!("{}-{:02}-{:02}", 1925 + n / 336 % 95, 1 + n / 28 % 12, 1 + n % 28);
    let fill = |text: &str| {
        let mut out = String::with_capacity(text.len() + 256);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(OPEN) {
            out.push_str(before);
            let Some((hole, tail)) = after.split_once(CLOSE) else { break };
            match hole {
                "F" => out.push_str(&family),
                "G" => out.push_str(GIVEN[mix(n as u64) as usize % GIVEN.len()]),
                "M" => out.push_str(&mrn),
                "D" => out.push_str(&birth),
                k => out.push_str(&id(k.parse().unwrap_or(0))),
            }
            rest = tail;
        }
        out.push_str(rest);
        out
    };
    let resources: Vec<_> = template
        .resources
        .iter()
        .enumerate()
        .map(|(k, (rt, text))| (rt.clone(), id(k), fill(text)))
        .collect();
    Record { patient: id(0), family: family.clone(), mrn: mrn.clone(), resources }
}

impl Record {
    /// A transaction that puts every resource under its id.
    pub fn bundle(&self) -> Vec<u8> {
        let mut out = br#"{"resourceType":"Bundle","type":"transaction","entry":["#.to_vec();
        for (n, (rt, id, text)) in self.resources.iter().enumerate() {
            if n > 0 {
                out.push(b',');
            }
            let entry = format!(r#"{{"resource":{text},"request":{{"method":"PUT","url":"{rt}/{id}"}}}}"#);
            out.extend_from_slice(entry.as_bytes());
        }
        out.extend_from_slice(b"]}");
        out
    }
}

const GIVEN: [&str; 24] = [
    "Camille", "Louis", "Emma", "Gabriel", "Jade", "Raphaël", "Louise", "Arthur", "Alice", "Jules", "Chloé",
    "Adam", "Léa", "Hugo", "Manon", "Paul", "Inès", "Nathan", "Zoé", "Éric", "Anne", "Marc", "Sophie",
    "Jean",
];

/// About 8,000 different names of two or three syllables.
fn family(n: usize) -> String {
    const SYLLABLES: [&str; 20] = [
        "mar", "du", "ber", "lan", "ro", "tin", "ga", "vil", "nier", "cha", "pon", "le", "mo", "reau", "fer",
        "bon", "gar", "dou", "sel", "ver",
    ];
    let mixed = mix(n as u64 ^ 0x5eed) as usize;
    let mut name: String = (0..3).map(|k| SYLLABLES[mixed / 20usize.pow(k) % 20]).collect();
    name[..1].make_ascii_uppercase();
    name
}

fn mix(n: u64) -> u64 {
    let mut z = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
