//! `json-patch-tests.json`: a document, a patch, and what comes out.

use super::{Verdict, judge};
use fhir::Json;
use fhir::json::patch::JsonPatch;

pub fn cases(text: &str) -> Result<Vec<(String, Verdict)>, String> {
    let suite = fhir::json::parse(text.as_bytes()).map_err(|e| format!("the suite is no JSON: {e}"))?;
    let name = |case: &Json<'_>| case.get_str("comment").unwrap_or("?").to_string();
    Ok(suite.items().map(|case| (name(case), one(case))).collect())
}

fn one(case: &Json<'_>) -> Verdict {
    let doc = case.get("doc").ok_or("the case has no doc")?;
    let patch = case.get("patch").ok_or("the case has no patch")?;
    let found = JsonPatch::read(patch).and_then(|patch| patch.apply(doc));
    judge(found, case.get("expected"))
}
