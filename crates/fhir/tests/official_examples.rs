//! Validates all 5,307 files of `hl7.fhir.r4.examples` and compares the refused ones with
//! `docs/conformance/examples.md`. Runs when `MEDHUB_DEFINITIONS` names a folder that holds the package.

#![allow(clippy::expect_used, clippy::panic)] // a test ends where something is not as expected

use fhir::Severity;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

fn package() -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("MEDHUB_DEFINITIONS")?).join("hl7.fhir.r4.examples");
    folder.is_dir().then_some(folder)
}

/// The file names in the first column of the first table.
fn expected() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/conformance/examples.md");
    let text = std::fs::read_to_string(path).expect("the list of refused examples");
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(".json |"));
    rows.map(|(name, _)| format!("{name}.json")).collect()
}

fn is_refused(path: &Path) -> bool {
    let text = std::fs::read(path).expect("a readable file");
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    match fhir::json::parse(text) {
        Ok(json) => fhir::validate::validate(&json).iter().any(|issue| issue.severity >= Severity::Error),
        Err(_) => true,
    }
}

#[test]
fn only_the_listed_examples_are_refused() {
    let Some(folder) = package() else {
        eprintln!("skipped: MEDHUB_DEFINITIONS names no folder with hl7.fhir.r4.examples");
        return;
    };
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the package").flatten().map(|e| e.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
    assert_eq!(paths.len(), 5307);
    let (next, refused) = (AtomicUsize::new(0), Mutex::new(BTreeSet::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if is_refused(path) {
                        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                        refused.lock().expect("no panic elsewhere").insert(name);
                    }
                }
            });
        }
    });
    let refused = refused.into_inner().expect("no panic elsewhere");
    assert_eq!(refused, expected());
}
