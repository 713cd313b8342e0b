//! Limits and deadlines as the clinic sets them.

use crate::Records;
use fhir::Json;
use service::testing::{AllCare, TestHub};
use std::sync::Arc;
use store::{Error, Role};

async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(Records)]).await;
    hub.hub.ties_set(Arc::new(AllCare));
    hub.create(r#"{"resourceType":"Patient","id":"a"}"#).await;
    hub
}

async fn settings(hub: &TestHub) -> Json<'static> {
    hub.ask(&Records, hub.ctx(&[Role::Surgeon]), "GET", "results/settings", "").await
}

fn limit(settings: &Json<'_>, code: &str) -> Option<String> {
    settings.each("limits").find(|limit| limit.get_str("code") == Some(code)).map(|limit| limit.to_string())
}

async fn put(hub: &TestHub, role: Role, body: &str) -> Result<(), Error> {
    hub.call(&Records, hub.ctx(&[role]), "PUT", "results/settings", body).await.map(|_| ())
}

const OWN: &str = r#"{"limits":[{"code":"2823-3","title":"Potassium","unit":"mmol/L","low":3.0,"high":5.5}],"minutes":{"critical":15,"abnormal":600,"normal":7000}}"#;

async fn arrives(hub: &TestHub, id: &str, code: &str, value: &str, unit: &str) -> Json<'static> {
    hub.create(&format!(
        r#"{{"resourceType":"Observation","id":"o{id}","status":"final","category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}}]}}],"code":{{"coding":[{{"system":"http://loinc.org","code":"{code}"}}],"text":"Analyse {id}"}},"subject":{{"reference":"Patient/a"}},"effectiveDateTime":"2026-11-22T07:40:00Z","valueQuantity":{{"value":{value},"unit":"{unit}","system":"http://unitsofmeasure.org","code":"{unit}"}}}}"#
    ))
    .await;
    hub.create(&format!(
        r#"{{"resourceType":"DiagnosticReport","id":"r{id}","status":"final","code":{{"text":"x"}},"subject":{{"reference":"Patient/a"}},"issued":"2026-11-22T07:55:00Z","result":[{{"reference":"Observation/o{id}"}}]}}"#
    ))
    .await;
    hub.drain().await;
    let inbox = hub.ask(&Records, hub.ctx(&[Role::Surgeon]), "GET", "results/inbox?filter=team", "").await;
    let report = format!("DiagnosticReport/r{id}");
    inbox.each("items").find(|item| item.get_str("report") == Some(&report)).unwrap().clone()
}

#[tokio::test]
async fn the_clinics_limits_and_deadlines_count_in_the_inbox_and_the_synthesis() {
    let hub = hub().await;
    assert!(limit(&settings(&hub).await, "718-7").is_some());
    put(&hub, Role::MedicalAdmin, OWN).await.unwrap();
    let now = settings(&hub).await;
    assert_eq!(
        limit(&now, "2823-3").as_deref(),
        Some(r#"{"code":"2823-3","title":"Potassium","unit":"mmol/L","low":3.0,"high":5.5}"#)
    );
    assert_eq!(limit(&now, "718-7"), None, "what is left out has no limit any more");
    let critical = arrives(&hub, "1", "2823-3", "5.6", "mmol/L").await;
    assert_eq!(critical.get_str("flags"), Some("critical"));
    assert_eq!(critical.get_str("due"), Some("2026-11-22T08:15:00.000Z"));
    let calm = arrives(&hub, "2", "718-7", "6.0", "g/dL").await;
    assert_eq!(calm.get_str("flags"), Some("normal"));
    let ctx = hub.ctx(&[Role::Surgeon]);
    let summary = hub.ask(&Records, ctx, "POST", "patients/a/generate_summary", "{}").await;
    let results = summary.each("sections").find(|s| s.get_str("code") == Some("results")).unwrap();
    let lines: Vec<_> = results.each("lines").map(|l| (l.get_str("text"), l.get_str("emphasis"))).collect();
    assert_eq!(lines, [(Some("Analyse 1"), Some("critical"))]);
}

#[tokio::test]
async fn only_the_administration_sets_them_and_nonsense_is_refused() {
    let hub = hub().await;
    for role in [Role::Surgeon, Role::Secretary, Role::Nurse] {
        assert!(matches!(put(&hub, role, OWN).await, Err(Error::Denied)), "{role:?}");
        let same = settings(&hub).await.to_string();
        assert!(matches!(put(&hub, role, &same).await, Err(Error::Denied)), "{role:?} changes nothing");
    }
    for (from, to) in [
        (r#""low":3.0"#, r#""low":9.0"#),
        (r#""low":3.0,"high":5.5"#, r#""x":1"#),
        ("mmol/L", "nonsense"),
        ("2823-3", "K"),
        (r#""critical":15"#, r#""critical":0"#),
        (r#""critical":15"#, r#""critical":601"#),
        (r#""normal":7000"#, r#""normal":"soon""#),
    ] {
        let body = OWN.replace(from, to);
        assert!(matches!(put(&hub, Role::MedicalAdmin, &body).await, Err(Error::Refused(_))), "{body}");
    }
    assert!(limit(&settings(&hub).await, "718-7").is_some());
}
