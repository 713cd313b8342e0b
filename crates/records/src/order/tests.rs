//! Ordering, listing, cancelling.

use crate::Records;
use fhir::Json;
use service::testing::{AllCare, TestHub};
use std::sync::Arc;
use store::{Actor, Ctx, Error, Role};

async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(Records)]).await;
    hub.hub.ties_set(Arc::new(AllCare));
    hub.create(r#"{"resourceType":"Patient","id":"a"}"#).await;
    hub.create(r#"{"resourceType":"Patient","id":"b"}"#).await;
    hub.create(r#"{"resourceType":"Practitioner","id":"dr","name":[{"text":"Dr Exemple"}]}"#).await;
    hub.create(r#"{"resourceType":"Encounter","id":"e","status":"in-progress","class":{"code":"AMB"},"subject":{"reference":"Patient/a"}}"#).await;
    hub
}

fn physician(hub: &TestHub) -> Ctx {
    with(hub, Role::Surgeon, Some("Practitioner/dr"))
}

fn with(hub: &TestHub, role: Role, person: Option<&str>) -> Ctx {
    let ctx = hub.ctx(&[role]);
    let actor = Actor { person: person.map(Into::into), ..(*ctx.actor).clone() };
    Ctx { actor: Arc::new(actor), ..ctx }
}

const SHEET: &str = r#"{"encounter":"Encounter/e","items":[
    {"kind":"lab","code":"24326-1","priority":"urgent","collected":"2026-11-22T07:30:00+01:00"},
    {"kind":"imaging","code":"36643-5","system":"http://loinc.org","priority":"routine","reason":"Toux","note":"Grossesse exclue"},
    {"kind":"lab","display":"Dosage rare"}]}"#;

#[tokio::test]
async fn a_sheet_is_ordered_as_one() {
    let hub = hub().await;
    let answer = hub.ask(&Records, physician(&hub), "POST", "patients/a/orders", SHEET).await;
    let requisition = answer.get_str("requisition").unwrap().to_string();
    assert!(requisition.starts_with("R261122-"), "{requisition}");
    let list = hub.ask(&Records, physician(&hub), "GET", "patients/a/orders", "").await;
    let orders: Vec<&Json<'_>> = list.each("orders").collect();
    assert_eq!(orders.len(), 3);
    assert!(orders.iter().all(|order| order.get_str("requisition") == Some(requisition.as_str())));
    let lab = orders.iter().find(|order| order.get_str("code") == Some("24326-1")).unwrap();
    assert_eq!(lab.get_str("display"), Some("Ionogramme sanguin"));
    assert_eq!((lab.get_str("priority"), lab.get_str("status")), (Some("urgent"), Some("active")));
    assert_eq!(lab.get("requester").and_then(|r| r.get_str("name")), Some("Dr Exemple"));
    let specimen = hub.get(lab.get_str("specimen").unwrap()).await;
    let collected = specimen.get("collection").and_then(|c| c.get_str("collectedDateTime"));
    assert_eq!(collected, Some("2026-11-22T07:30:00+01:00"));
    let free = orders.iter().find(|order| order.get_str("display") == Some("Dosage rare")).unwrap();
    assert_eq!((free.get_str("code"), free.get_str("kind")), (None, Some("lab")));
}

#[tokio::test]
async fn a_report_is_shown_with_its_order_and_an_order_can_be_cancelled_until_then() {
    let hub = hub().await;
    hub.ask(
        &Records,
        physician(&hub),
        "POST",
        "patients/a/orders",
        r#"{"items":[{"kind":"lab","code":"1988-5"}]}"#,
    )
    .await;
    let list = hub.ask(&Records, physician(&hub), "GET", "patients/a/orders", "").await;
    let id = list.each("orders").next().and_then(|order| order.get_str("id")).unwrap().to_string();
    hub.create(&format!(r#"{{"resourceType":"DiagnosticReport","id":"r","status":"final","code":{{"text":"CRP"}},"subject":{{"reference":"Patient/a"}},"basedOn":[{{"reference":"ServiceRequest/{id}"}}]}}"#)).await;
    let list = hub.ask(&Records, physician(&hub), "GET", "patients/a/orders", "").await;
    assert_eq!(
        list.each("orders").next().and_then(|order| order.get_str("report")),
        Some("DiagnosticReport/r")
    );
    let path = format!("orders/{id}/cancel");
    let told = hub.ask(&Records, physician(&hub), "POST", &path, r#"{"reason":"Doublon"}"#).await;
    assert_eq!((told.get_str("status"), told.get_str("note")), (Some("revoked"), Some("Doublon")));
    let twice = hub.call(&Records, physician(&hub), "POST", &path, r#"{"reason":"Doublon"}"#).await;
    assert!(matches!(twice, Err(Error::Refused(_))));
}

#[tokio::test]
async fn surgery_is_not_among_the_orders() {
    let hub = hub().await;
    hub.create(r#"{"resourceType":"ServiceRequest","id":"op","status":"active","intent":"order","category":[{"coding":[{"system":"http://snomed.info/sct","code":"387713003"}]}],"subject":{"reference":"Patient/a"}}"#).await;
    let list = hub.ask(&Records, physician(&hub), "GET", "patients/a/orders", "").await;
    assert_eq!(list.each("orders").count(), 0);
    let cancel = hub.call(&Records, physician(&hub), "POST", "orders/op/cancel", r#"{"reason":"x"}"#).await;
    assert!(matches!(cancel, Err(Error::NotFound)));
}

#[tokio::test]
async fn what_is_wrong_with_a_sheet_is_told_by_line() {
    let hub = hub().await;
    let body = r#"{"items":[{"kind":"lab","code":"1988-5"},{"kind":"lab","code":"no-such"},{"kind":"x","display":"a","priority":"now"},{"kind":"imaging","display":"IRM","collected":"2026-11-22T07:30:00Z"},{"kind":"lab","display":"b","collected":"2027-01-01T00:00:00Z"},{}, 7]}"#;
    let Err(Error::Refused(issues)) =
        hub.call(&Records, physician(&hub), "POST", "patients/a/orders", body).await
    else {
        panic!("accepted")
    };
    let places: Vec<&str> = issues.iter().filter_map(|issue| issue.expression.as_deref()).collect();
    let wanted = [
        "items[1].code",
        "items[2].kind",
        "items[2].priority",
        "items[3].collected",
        "items[4].collected",
        "items[5].kind",
        "items[5].display",
        "items[6]",
    ];
    assert_eq!(places, wanted);
    let list = hub.ask(&Records, physician(&hub), "GET", "patients/a/orders", "").await;
    assert_eq!(list.each("orders").count(), 0, "all or nothing");
    for body in ["{}", r#"{"items":[]}"#, "[]", "x", r#"{"items":"all"}"#] {
        let answer = hub.call(&Records, physician(&hub), "POST", "patients/a/orders", body).await;
        assert!(matches!(answer, Err(Error::Refused(_))), "{body}");
    }
    let other = r#"{"encounter":"Encounter/e","items":[{"kind":"lab","code":"1988-5"}]}"#;
    let answer = hub.call(&Records, physician(&hub), "POST", "patients/b/orders", other).await;
    assert!(matches!(answer, Err(Error::Refused(_))));
}

#[tokio::test]
async fn physicians_order() {
    let hub = hub().await;
    let body = r#"{"items":[{"kind":"lab","code":"1988-5"}]}"#;
    for ctx in [with(&hub, Role::Nurse, Some("Practitioner/dr")), with(&hub, Role::Surgeon, None)] {
        let answer = hub.call(&Records, ctx, "POST", "patients/a/orders", body).await;
        assert!(matches!(answer, Err(Error::Refused(_))));
    }
    let sets = hub.ask(&Records, physician(&hub), "GET", "orders/sets", "").await;
    assert!(sets.each("sets").count() > 5 && sets.each("items").count() > 30);
}
