//! Copies and requests, through the verbs.

use crate::Records;
use fhir::Json;
use service::testing::TestHub;
use std::sync::Arc;
use store::{Ctx, Error, Role};

async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(Records)]).await;
    hub.create(r#"{"resourceType":"Patient","id":"p","birthDate":"1980-01-01"}"#).await;
    hub.create(r#"{"resourceType":"Patient","id":"q"}"#).await;
    hub
}

fn admin(hub: &TestHub) -> Ctx {
    hub.ctx(&[Role::MedicalAdmin])
}

async fn ask(hub: &TestHub, body: &str) -> Json<'static> {
    hub.ask(&Records, admin(hub), "POST", "patients/p/data-requests", body).await
}

fn encounter(start: &str) -> String {
    format!(
        r#"{{"resourceType":"Encounter","status":"finished","class":{{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"}},"subject":{{"reference":"Patient/p"}},"period":{{"start":"{start}T09:00:00Z","end":"{start}T09:30:00Z"}}}}"#
    )
}

#[tokio::test]
async fn a_copy_holds_the_record_and_nothing_else() {
    let hub = hub().await;
    for (n, patient) in ["p", "p", "q"].iter().enumerate() {
        hub.create(&format!(
            r#"{{"resourceType":"Condition","id":"c{n}","subject":{{"reference":"Patient/{patient}"}}}}"#
        ))
        .await;
    }
    let copy = hub.ask(&Records, admin(&hub), "POST", "patients/p/copy", "").await;
    let mut ids: Vec<_> = copy.each("entry").filter_map(|e| e.get("resource")?.get_str("id")).collect();
    ids.sort_unstable();
    assert_eq!((copy.get_str("type"), ids), (Some("collection"), vec!["c0", "c1", "p"]));
    let nobody = hub.call(&Records, admin(&hub), "POST", "patients/none/copy", "").await;
    assert!(matches!(nobody, Err(Error::NotFound)));
    let other = hub.call(&Records, hub.ctx(&[Role::Auditor]), "POST", "patients/p/copy", "").await;
    assert!(matches!(other, Err(Error::Denied)));
}

#[tokio::test]
async fn erasure_is_refused_while_the_law_has_the_record_kept() {
    let hub = hub().await;
    hub.create(&encounter("2020-03-01")).await;
    hub.create(&encounter("2012-03-01")).await;
    let refused = ask(&hub, r#"{"kind":"erasure","text":"Effacez tout"}"#).await;
    assert_eq!(refused.get_str("state"), Some("refused"));
    let legal = refused.get_str("legal").unwrap();
    assert!(legal.contains("2040-03-01") && legal.contains("R.1112-7"), "{legal}");
    // The refusal is kept.
    let list = hub.ask(&Records, admin(&hub), "GET", "patients/p/data-requests", "").await;
    assert_eq!(list.each("requests").next().unwrap().get_str("state"), Some("refused"));
}

#[tokio::test]
async fn erasure_is_open_once_the_time_is_over() {
    let hub = hub().await;
    hub.create(&encounter("2001-03-01")).await;
    let asked = ask(&hub, r#"{"kind":"erasure","text":"Effacez tout"}"#).await;
    assert_eq!(asked.get_str("state"), Some("requested"));
}

#[tokio::test]
async fn a_request_is_answered_once_within_a_month() {
    let hub = hub().await;
    let asked = ask(&hub, r#"{"kind":"rectification","text":"Mon allergie est à la pénicilline"}"#).await;
    assert_eq!(asked.get_str("due"), Some("2026-12-22T08:00:00.000Z"));
    assert!(asked.get_str("legal").unwrap().contains("ajout annoté"));
    let path = format!("patients/p/data-requests/{}", asked.get_str("id").unwrap());
    let answer = r#"{"decision":"completed","note":"Addendum écrit"}"#;
    let clinician = hub.call(&Records, hub.ctx(&[Role::Clinician]), "PUT", &path, answer).await;
    assert!(matches!(clinician, Err(Error::Denied)));
    let done = hub.ask(&Records, admin(&hub), "PUT", &path, answer).await;
    assert_eq!((done.get_str("state"), done.get_str("answer")), (Some("completed"), Some("Addendum écrit")));
    assert!(hub.call(&Records, admin(&hub), "PUT", &path, answer).await.is_err());
    let other = path.replace("patients/p", "patients/q");
    assert!(matches!(hub.call(&Records, admin(&hub), "PUT", &other, answer).await, Err(Error::NotFound)));
}
