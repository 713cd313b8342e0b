//! `cargo xtask conformance patch FOLDER`: HL7's cases of FHIRPath Patch and of JSON Patch, each failure with its
//! reason.
//!
//! FOLDER is `r4` of <https://github.com/FHIR/fhir-test-cases>, its folder `patch`, or the folder above.

mod fhirpath;
mod json;

use fhir::Json;
use std::path::{Path, PathBuf};

/// What a case gives: nothing, or why it fails.
type Verdict = Result<(), String>;

pub fn run(args: &[String]) -> Result<(), String> {
    let [folder] = args else {
        return Err("usage: cargo xtask conformance patch FOLDER (r4 of FHIR/fhir-test-cases)".to_string());
    };
    let folder = find(Path::new(folder))?;
    let (mut passed, mut failed) = (0, 0);
    let suites = [
        ("FHIRPath Patch", fhirpath::cases(&read(&folder.join("fhir-patch-tests.xml"))?)?),
        ("JSON Patch", json::cases(&read(&folder.join("json-patch-tests.json"))?)?),
    ];
    for (suite, cases) in suites {
        let before = (passed, failed);
        for (name, verdict) in cases {
            match verdict {
                Ok(()) => passed += 1,
                Err(reason) => {
                    failed += 1;
                    println!("failed   {suite}, {name}: {reason}");
                }
            }
        }
        println!("{suite:<16} {:>3} passed {:>3} failed", passed - before.0, failed - before.1);
    }
    println!("\n{passed} passed, {failed} failed, 0 skipped");
    if failed > 0 { Err(format!("{failed} failures")) } else { Ok(()) }
}

fn find(folder: &Path) -> Result<PathBuf, String> {
    let places = [folder.to_path_buf(), folder.join("patch"), folder.join("r4/patch")];
    let found = places.into_iter().find(|place| place.join("fhir-patch-tests.xml").is_file());
    found.ok_or_else(|| format!("{}: no patch/fhir-patch-tests.xml there", folder.display()))
}

fn read(path: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(text.trim_start_matches('\u{feff}').to_string())
}

/// Compares what a patch gave with what the case says: a document, or any error.
fn judge(found: Result<Json<'static>, fhir::Issue>, wanted: Option<&Json<'_>>) -> Verdict {
    match (found, wanted) {
        (Err(_), None) => Ok(()),
        (Ok(found), None) => Err(format!("gives {found}; an error is expected")),
        (Err(issue), Some(_)) => Err(format!("stops: {issue}")),
        (Ok(found), Some(wanted)) if same(&found, wanted) => Ok(()),
        (Ok(found), Some(wanted)) => Err(format!("gives {found}, not {wanted}")),
    }
}

/// Equal without regard to the order of members.
fn same(a: &Json<'_>, b: &Json<'_>) -> bool {
    match (a, b) {
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        (Json::String(a), Json::String(b)) if a.starts_with("<div") => narrative(a) == narrative(b),
        (a, b) => a == b,
    }
}

/// The suite writes the same narrative with other ends of lines and other escapes.
fn narrative(text: &str) -> String {
    text.replace("\r\n", "\n").replace("&quot;", "\"")
}
