//! Arrows point down: a crate depends only on crates of lower floors, and services not on each other.

use super::Finding;
use std::path::{Path, PathBuf};

/// Crates that are no service. All others are, on floor 4.
const FLOORS: [(&str, u8); 14] = [
    ("fhir", 1),
    ("fhirpath", 1),
    ("viewdef", 1),
    ("seal", 1),
    ("ledger", 1),
    ("policy", 1),
    ("theatre", 1),
    ("typeset", 1),
    ("pades", 1),
    ("store", 2),
    ("service", 3),
    ("edge", 5),
    ("medhub", 6),
    ("xtask", 7),
];

/// Who may know a crate of the same floor.
const BESIDE: [(&str, &str); 2] = [("fhirpath", "fhir"), ("viewdef", "fhir")];

/// Databases that only the store may know.
const DATABASES: [&str; 4] = ["rusqlite", "tokio-postgres", "postgres", "sqlx"];

pub fn check(root: &Path, findings: &mut Vec<Finding>) -> Result<(), String> {
    let crates = root.join("crates");
    let entries = std::fs::read_dir(&crates).map_err(|e| format!("{}: {e}", crates.display()))?;
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    for name in &names {
        let file = PathBuf::from("crates").join(name).join("Cargo.toml");
        let Ok(manifest) = std::fs::read_to_string(root.join(&file)) else { continue };
        for (line, dependency, dev) in dependencies(&manifest) {
            if let Some(reason) = refused(name, dependency, dev, &names) {
                findings.push(Finding { file: file.clone(), line, rule: "floors", reason });
            }
        }
    }
    Ok(())
}

fn floor(name: &str) -> u8 {
    FLOORS.iter().find(|(n, _)| *n == name).map_or(4, |(_, floor)| *floor)
}

fn refused(name: &str, dependency: &str, dev: bool, crates: &[String]) -> Option<String> {
    if DATABASES.contains(&dependency) && name != "store" && !dev {
        return Some(format!("`{name}` uses `{dependency}`; only `store` knows databases."));
    }
    let below = floor(dependency) < floor(name) || BESIDE.contains(&(name, dependency));
    if !crates.iter().any(|c| c == dependency) || below {
        return None;
    }
    Some(format!(
        "`{name}` (floor {}) uses `{dependency}` (floor {}); arrows point down.",
        floor(name),
        floor(dependency)
    ))
}

/// Line, name and whether it is for tests only, of each dependency of a manifest.
fn dependencies(manifest: &str) -> Vec<(usize, &str, bool)> {
    let mut section = "";
    let mut out = Vec::new();
    for (at, line) in manifest.lines().enumerate() {
        let line = line.trim();
        if let Some(head) = line.strip_prefix('[') {
            section = head.trim_end_matches(']');
        } else if section.ends_with("dependencies") && !line.starts_with('#') {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            if !name.is_empty() {
                out.push((at + 1, name, section.contains("dev-dependencies")));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_point_down() {
        let crates: Vec<String> =
            ["fhir", "fhirpath", "store", "edge", "records", "billing"].map(String::from).to_vec();
        let refuses = |name: &str, dependency: &str| refused(name, dependency, false, &crates).is_some();
        assert!(!refuses("store", "fhir") && !refuses("edge", "records") && !refuses("fhir", "memchr"));
        assert!(refuses("fhir", "store") && refuses("records", "billing") && refuses("records", "edge"));
        assert!(!refuses("fhirpath", "fhir") && refuses("fhir", "fhirpath") && refuses("seal", "fhir"));
        assert!(refuses("edge", "rusqlite") && !refuses("store", "rusqlite"));
    }

    #[test]
    fn reads_manifests() {
        let manifest =
            "[package]\nname = \"a\"\n[dependencies]\nfhir.workspace = true\n[dev-dependencies]\nx = \"1\"\n";
        assert_eq!(dependencies(manifest), [(4, "fhir", false), (6, "x", true)]);
    }
}
