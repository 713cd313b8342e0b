//! `cargo xtask conformance SUITE FOLDER`: a public suite, or cases of one's own in its form; each failure with its
//! reason, and `N passed, N failed, N skipped` at the end.

use crate::{fhirpath_suite, patch_suite, sql_on_fhir_suite};

pub fn run(args: &[String]) -> Result<(), String> {
    let rest = args.get(1..).unwrap_or_default();
    match args.first().map(String::as_str) {
        Some("fhirpath") => fhirpath_suite::run(rest),
        Some("patch") => patch_suite::run(rest),
        Some("sql-on-fhir") => sql_on_fhir_suite::run(rest),
        _ => Err("usage: cargo xtask conformance fhirpath|patch|sql-on-fhir FOLDER".to_string()),
    }
}
