//! `fhir-patch-tests.xml`: a resource, a patch, and what comes out.

use super::{Verdict, judge};
use crate::fhirpath_suite::xml;
use fhir::Json;
use roxmltree::Node;

pub fn cases(text: &str) -> Result<Vec<(String, Verdict)>, String> {
    let document = roxmltree::Document::parse(text).map_err(|e| format!("the suite is no XML: {e}"))?;
    let cases = document.descendants().filter(|node| node.has_tag_name("case"));
    Ok(cases.map(|case| (case.attribute("name").unwrap_or("?").to_string(), one(case, text))).collect())
}

fn one(case: Node<'_, '_>, text: &str) -> Verdict {
    let part = |name: &str| -> Option<Json<'static>> {
        let node = case.children().find(|node| node.has_tag_name(name))?;
        Some(xml::resource(&text[node.first_element_child()?.range()]))
    };
    let input = part("input").ok_or("the case has no input")?;
    let diff = part("diff").ok_or("the case has no diff")?;
    let found = fhirpath::Patch::read(&diff).and_then(|patch| patch.apply(&input));
    judge(found, part("output").as_ref())
}
