//! Queries that nobody means well.

use super::{Shelf, request};
use crate::search::SearchRequest;
use fhir::ResourceType;

const WORDS: &[&str] = &[
    "_has:",
    ":",
    ".",
    "name",
    "subject",
    "_filter",
    "_sort",
    "_count",
    "_include",
    "_id",
    "_list",
    "birthdate",
    "value-quantity",
    "code-value-quantity",
    "identifier",
    "near",
    "_text",
    "_lastUpdated",
    "Patient",
    "Observation",
    "of-type",
    "missing",
    "é",
    "\u{0}",
    "\\",
    ",",
    "|",
    "$",
    "(",
    ")",
    "not",
    "and",
    "eq",
    "\"",
    "-",
    "9",
    "99999999999999999999",
    "1e400",
    "ge",
    "2024",
    "-0",
    "\u{10FFFF}",
    " ",
    "%",
    "#",
    "/",
    "http://",
    "'",
    ";",
    "_total",
    "true",
    "*",
    "_page",
];

/// Whatever comes in is answered or refused, never a panic.
#[tokio::test]
async fn hostile_queries() {
    let shelf = Shelf::with(&[r#"{"resourceType":"Patient","id":"a","name":[{"family":"X"}]}"#]);
    let mut state = 99u64;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let types = ["Patient", "Observation", "Location", "Encounter", "List", "ValueSet"];
    for _ in 0..20_000 {
        let mut text =
            |most: usize| (0..=random(most)).map(|_| WORDS[random(WORDS.len())]).collect::<String>();
        let (name, value) = (text(4), text(5));
        let rt = ResourceType::parse(types[name.len() % types.len()]);
        let params = vec![(name, value)];
        let request = SearchRequest { rt, params, strict: true, ..Default::default() };
        let _ = shelf.run(&request).await;
        let _ = SearchRequest::from_query(rt, &format!("{}={}", request.params[0].0, request.params[0].1));
    }
    let long = "a,".repeat(30_000);
    assert!(shelf.run(&request(&format!("Patient?identifier={long}"))).await.is_err());
    let deep = format!("Patient?_filter={}gender eq male{}", "(".repeat(200), ")".repeat(200));
    assert!(shelf.run(&request(&deep)).await.is_err());
}
