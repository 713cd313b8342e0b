//! The draft of the report.

use super::composition::code_of;
use crate::Surgery;
use crate::perioperative::tests::{hub, refused, with};
use fhir::Json;
use service::testing::TestHub;
use store::Role;

const PATH: &str = "surgeries/op/report";

async fn record(hub: &TestHub, path: &str, n: u32, kind: &str, values: &str) {
    let body = format!(
        r#"{{"entries":[{{"id":"00000000-0000-4000-8000-{n:012}","kind":"{kind}","values":{values}}}]}}"#
    );
    hub.ask(&Surgery, with(hub, Role::Nurse), "POST", &format!("surgeries/op/{path}"), &body).await;
}

fn codes(told: &Json<'_>) -> Vec<String> {
    told.each("missing").filter_map(|m| m.get_str("code")).map(String::from).collect()
}

async fn section(hub: &TestHub, note: &str, code: &str) -> String {
    let note = hub.get(&format!("Composition/{note}")).await;
    let section = note.each("section").find(|s| code_of(s) == Some(code)).unwrap().clone();
    section.get("text").unwrap().get_str("div").unwrap().to_string()
}

#[tokio::test]
async fn the_record_fills_the_draft_and_what_is_missing_is_told() {
    let hub = hub().await;
    let none = hub.ask(&Surgery, with(&hub, Role::Surgeon), "GET", PATH, "").await;
    assert_eq!(none.get("note"), Some(&Json::Null));
    record(&hub, "perioperative", 1, "position", r#"{"position":"lateral-left","supports":"Appui <sacré>"}"#)
        .await;
    record(&hub, "perioperative", 2, "drain", r#"{"type":"redon","site":"Cuisse","suction":"full"}"#).await;
    record(&hub, "anaesthesia", 3, "event", r#"{"event":"spinal"}"#).await;
    assert_eq!(refused(&hub, Role::Nurse, PATH, "{}").await[0].0, "report.no-surgeon");
    let first = hub.call(&Surgery, with(&hub, Role::Surgeon), "POST", PATH, "{}").await.unwrap();
    let told = fhir::json::parse(&first.body).unwrap();
    assert_eq!((first.status, told.get_str("status")), (201, Some("draft")));
    let note = told.get_str("note").unwrap().to_string();
    let missing = codes(&told);
    for code in ["findings", "procedure", "losses", "orders", "times", "count", "signature", "indication"] {
        assert!(missing.iter().any(|m| m == code), "{code} in {missing:?}");
    }
    for code in ["position", "drains", "anaesthesia", "side", "ccam"] {
        assert!(!missing.iter().any(|m| m == code), "{code} in {missing:?}");
    }
    let position = section(&hub, &note, "position").await;
    assert!(position.contains("décubitus latéral GAUCHE, Appui &lt;sacré&gt;"), "{position}");
    assert!(section(&hub, &note, "procedure").await.contains("DROIT"));
    let again = hub.call(&Surgery, with(&hub, Role::Surgeon), "POST", PATH, "{}").await.unwrap();
    assert_eq!(again.status, 200);
    assert_eq!(
        hub.get(&format!("Composition/{note}")).await.get("meta").unwrap().get_str("versionId"),
        Some("1")
    );
}

#[tokio::test]
async fn what_a_person_wrote_stays_and_blanks_are_filled_later() {
    let hub = hub().await;
    let told = hub.ask(&Surgery, with(&hub, Role::Surgeon), "POST", PATH, "{}").await;
    let note = told.get_str("note").unwrap().to_string();
    let mut stored = hub.get(&format!("Composition/{note}")).await;
    let sections: Vec<Json<'static>> = stored
        .each("section")
        .map(|s| {
            let mut section = s.clone();
            if code_of(s) == Some("position") {
                section.as_object_mut().unwrap().set("text", super::narrative::of("Écrit par l'opérateur"));
            }
            section
        })
        .collect();
    stored.as_object_mut().unwrap().set("section", Json::Array(sections));
    hub.create(&stored.to_string()).await;
    record(&hub, "perioperative", 1, "position", r#"{"position":"prone"}"#).await;
    record(&hub, "anaesthesia", 2, "fluid", r#"{"direction":"out","what":"blood-loss","volume":350}"#).await;
    let told = hub.ask(&Surgery, with(&hub, Role::Surgeon), "POST", PATH, "{}").await;
    assert!(!codes(&told).iter().any(|code| code == "losses"));
    assert!(section(&hub, &note, "position").await.contains("Écrit par l'opérateur"));
    assert!(section(&hub, &note, "losses").await.contains("350 mL"));
}
