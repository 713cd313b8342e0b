//! What holds together, and what each fault is called.

use super::{is_newer, read};
use fhir::Json;
use proptest::prelude::*;

fn plan(actions: &str) -> String {
    format!(
        r#"{{"resourceType":"PlanDefinition","url":"urn:x:plan","version":"1.0","status":"active","extension":[{{"url":"urn:medhub:workflow:starts","valueCode":"case-active"}}],"action":[{actions}]}}"#
    )
}

fn action(id: &str, more: &str) -> String {
    format!(
        r#"{{"id":"{id}","title":"T","timingDuration":{{"value":24,"code":"h"}},"participant":[{{"type":"practitioner","role":{{"coding":[{{"system":"urn:medhub:role","code":"nurse"}}]}}}}]{more}}}"#
    )
}

fn after(id: &str, other: &str) -> String {
    let more = format!(r#","relatedAction":[{{"actionId":"{other}","relationship":"after-end"}}]"#);
    action(id, &more)
}

fn parsed(text: &str) -> Json<'_> {
    fhir::json::parse(text.as_bytes()).unwrap()
}

fn fault(text: &str) -> &'static str {
    read(&parsed(text)).unwrap_err()[0].text.key
}

#[test]
fn steps_come_after_what_they_wait_for() {
    let before = action("b", r#","relatedAction":[{"actionId":"a","relationship":"before-start"}]"#);
    let text = plan(&[after("c", "a"), action("a", ""), before].join(","));
    let template = read(&parsed(&text)).unwrap();
    let ids: Vec<&str> = template.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(ids, ["b", "a", "c"]);
}

#[test]
fn each_fault_has_its_sentence() {
    assert_eq!(fault(&plan(&[after("a", "b"), after("b", "a")].join(","))), "workflow.cycle");
    assert_eq!(fault(&plan(&after("a", "a"))), "workflow.cycle");
    assert_eq!(fault(&plan(&after("a", "x"))), "workflow.step-unknown");
    assert_eq!(fault(&plan("")), "workflow.template-count");
    let many: Vec<String> = (0..51).map(|n| action(&format!("s{n}"), "")).collect();
    assert_eq!(fault(&plan(&many.join(","))), "workflow.template-count");
    assert_eq!(fault(&plan(&[action("a", ""), action("a", "")].join(","))), "workflow.step-id");
    assert_eq!(fault(&plan(&action("A b", ""))), "workflow.step-id");
    assert_eq!(fault(&plan(&action("a", "").replace("nurse", "king"))), "workflow.step-role");
    assert_eq!(fault(&plan(&action("a", "").replace("24", "0"))), "workflow.step-time");
    assert_eq!(fault(&plan(&action("a", "").replace(r#""h""#, r#""s""#))), "workflow.step-time");
    let condition = |text: &str| {
        let more = format!(
            r#","condition":[{{"kind":"applicability","expression":{{"language":"text/fhirpath","expression":"{text}"}}}}]"#
        );
        plan(&action("a", &more))
    };
    assert_eq!(fault(&condition("priority = ")), "workflow.condition");
    assert!(read(&parsed(&condition("priority = 'stat'"))).is_ok());
    assert_eq!(fault(&condition("true").replace("text/fhirpath", "text/cql")), "workflow.condition");
    assert_eq!(fault(&plan(&action("a", "")).replace("case-active", "x")), "workflow.template-starts");
    assert_eq!(fault(&plan(&action("a", "")).replace(r#""1.0""#, r#""one""#)), "workflow.template-url");
    let start = after("a", "a").replace("after-end", "concurrent");
    assert_eq!(fault(&plan(&start)), "workflow.step-relation");
}

#[test]
fn versions_are_numbers() {
    assert!(is_newer("1.10.0", "1.9.9") && !is_newer("1.0.0", "1.0.0") && !is_newer("1.0", "1.0.0"));
}

proptest! {
    /// Any relationships: an order in which each comes after what it waits for, or a cycle is told.
    #[test]
    fn any_graph_is_sorted_or_refused(edges in proptest::collection::vec((0usize..8, 0usize..8), 0..20)) {
        let actions: Vec<String> = (0..8).map(|n| {
            let mine = edges.iter().filter(|(a, _)| *a == n);
            let related: Vec<String> = mine
                .map(|(_, b)| format!(r#"{{"actionId":"s{b}","relationship":"after-end"}}"#)).collect();
            let more = if related.is_empty() { String::new() } else { format!(r#","relatedAction":[{}]"#, related.join(",")) };
            action(&format!("s{n}"), &more)
        }).collect();
        let text = plan(&actions.join(","));
        match read(&parsed(&text)) {
            Ok(template) => {
                prop_assert_eq!(template.steps.len(), 8);
                for (at, step) in template.steps.iter().enumerate() {
                    for id in &step.after {
                        prop_assert!(template.steps[..at].iter().any(|other| other.id == *id));
                    }
                }
            }
            Err(issues) => prop_assert_eq!(issues[0].text.key, "workflow.cycle"),
        }
    }
}
