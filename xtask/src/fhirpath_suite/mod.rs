//! `cargo xtask conformance fhirpath FOLDER`: HL7's FHIRPath suite, by group, each failure with its reason.
//!
//! FOLDER is `r4` of <https://github.com/FHIR/fhir-test-cases>, or the folder above it.

mod case;
mod judge;
#[path = "../../../crates/fhir/tests/fhirpath/xml.rs"]
#[allow(clippy::expect_used, clippy::panic)] // shared with a test: it ends where the XML is no FHIR
pub mod xml;

use case::Case;
use fhir::Json;
use judge::Verdict;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Cases where we differ knowingly, each with the reason.
const KNOWN: &[(&str, &str)] = &[
    ("LowBoundaryDecimal15", "-0.0 is greater than -0.0034, so it is no lower bound"),
    ("HighBoundaryDecimal15", "0.0 is less than 0.0034, so it is no upper bound"),
    ("HighBoundaryDecimal16", "the minus is applied after the call"),
    ("HighBoundaryDateTimeMillisecond1", "T08 ends at 08:59:59.999, not at 08:00:59.999"),
    ("HighBoundaryDateTimeMillisecond3", "T08 ends at 08:59:59.999, not at 08:00:59.999"),
];

#[derive(Default)]
struct Count {
    passed: usize,
    failed: usize,
    skipped: usize,
}

pub fn run(args: &[String]) -> Result<(), String> {
    let [folder] = args else {
        return Err("usage: cargo xtask conformance fhirpath FOLDER (r4 of FHIR/fhir-test-cases)".to_string());
    };
    let folder = find(Path::new(folder))?;
    let suite = read(&folder.join("fhirpath/tests-fhir-r4.xml"))?;
    let cases = case::all(&suite)?;
    let inputs = inputs(&folder, &cases)?;
    let nothing = Json::Null;
    let mut groups: Vec<(&str, Count)> = Vec::new();
    let mut surprises = 0;
    for case in &cases {
        if groups.last().is_none_or(|(name, _)| *name != case.group) {
            groups.push((&case.group, Count::default()));
        }
        let Some((_, count)) = groups.last_mut() else { continue };
        let input = case.input.as_ref().and_then(|name| inputs.get(name)).unwrap_or(&nothing);
        match judge::judge(case, input) {
            Verdict::Passed => count.passed += 1,
            Verdict::Skipped(reason) => {
                count.skipped += 1;
                println!("skipped  {}: {}\n         {reason}", case.name, case.expression);
            }
            Verdict::Failed(reason) => {
                count.failed += 1;
                let known = KNOWN.iter().find(|(name, _)| *name == case.name);
                surprises += usize::from(known.is_none());
                let why = known.map_or(String::new(), |(_, why)| format!("\n         known: {why}"));
                println!("failed   {}: {}\n         {reason}{why}", case.name, case.expression);
            }
        }
    }
    summarise(&groups);
    if surprises > 0 { Err(format!("{surprises} failures are not known")) } else { Ok(()) }
}

fn summarise(groups: &[(&str, Count)]) {
    println!("\n{:<32} passed failed skipped", "group");
    let mut sum = Count::default();
    for (name, count) in groups {
        println!("{name:<32} {:>6} {:>6} {:>7}", count.passed, count.failed, count.skipped);
        sum.passed += count.passed;
        sum.failed += count.failed;
        sum.skipped += count.skipped;
    }
    println!("\n{} passed, {} failed, {} skipped", sum.passed, sum.failed, sum.skipped);
}

fn find(folder: &Path) -> Result<PathBuf, String> {
    let places = [folder.to_path_buf(), folder.join("r4")];
    let found = places.into_iter().find(|place| place.join("fhirpath/tests-fhir-r4.xml").is_file());
    found.ok_or_else(|| format!("{}: no fhirpath/tests-fhir-r4.xml there", folder.display()))
}

fn read(path: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(text.trim_start_matches('\u{feff}').to_string())
}

fn inputs(folder: &Path, cases: &[Case]) -> Result<HashMap<String, Json<'static>>, String> {
    let mut inputs = HashMap::new();
    for name in cases.iter().filter_map(|case| case.input.as_ref()) {
        if inputs.contains_key(name) {
            continue;
        }
        let text = read(&folder.join(name))?;
        let json = if name.ends_with(".json") {
            fhir::json::parse(text.as_bytes()).map_err(|e| format!("{name}: {e}"))?.into_owned()
        } else {
            xml::resource(&text)
        };
        inputs.insert(name.clone(), json);
    }
    Ok(inputs)
}
