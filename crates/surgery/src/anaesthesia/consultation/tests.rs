//! The consultation: draft, completion, delay.

use crate::Surgery;
use crate::perioperative::tests::{CASE, hub, with};
use fhir::Json;
use service::testing::TestHub;
use std::time::Duration;
use store::{Error, Role};

const PATH: &str = "surgeries/op/preanaesthesia";
const WHOLE: &str = r#""values":{"asa":"2","mallampati":"1","allergies":"Aucune connue","plan":"spinal","informed":true,"fastingSolids":6,"fastingFluids":2,"weight":71.5}"#;

async fn put(hub: &TestHub, role: Role, body: &str) -> Result<Json<'static>, Vec<String>> {
    match hub.call(&Surgery, with(hub, role), "PUT", PATH, body).await {
        Ok(reply) => Ok(fhir::json::parse(&reply.body).unwrap().into_owned()),
        Err(Error::Refused(issues)) => Err(issues.iter().map(|issue| issue.text.key.to_string()).collect()),
        Err(Error::VersionConflict { .. }) => Err(vec!["version".into()]),
        Err(error) => panic!("{error}"),
    }
}

fn rule(told: &Json<'_>) -> String {
    told.get("rule").unwrap().get_str("state").unwrap().to_string()
}

/// The case with a moment: the clock stands at 2026-11-22T08:00Z.
async fn planned(hub: &TestHub, when: &str, more: &str) {
    hub.create(
        &CASE.replace("\"bodySite\"", &format!("\"occurrenceDateTime\":\"{when}\",{more}\"bodySite\"")),
    )
    .await;
}

#[tokio::test]
async fn a_draft_becomes_a_consultation_in_time() {
    let hub = hub().await;
    planned(&hub, "2026-11-26T08:00:00Z", "").await;
    let told = hub.ask(&Surgery, with(&hub, Role::Nurse), "GET", PATH, "").await;
    assert_eq!((told.get_str("state"), rule(&told).as_str()), (Some("missing"), "open"));
    let draft = put(&hub, Role::Nurse, r#"{"version":0,"values":{"asa":"2"}}"#).await.unwrap();
    assert_eq!(draft.get_str("state"), Some("draft"));
    let early = put(
        &hub,
        Role::Anaesthetist,
        r#"{"version":1,"complete":true,"values":{"asa":"2","informed":false}}"#,
    )
    .await;
    let wanted = vec!["preanaesthesia.needed"; 3];
    assert_eq!(early.unwrap_err(), [wanted, vec!["preanaesthesia.informed"]].concat());
    let whole = format!(r#"{{"version":1,"complete":true,{WHOLE}}}"#);
    assert_eq!(put(&hub, Role::Nurse, &whole).await.unwrap_err(), ["preanaesthesia.no-anaesthetist"]);
    let done = put(&hub, Role::Anaesthetist, &whole).await.unwrap();
    assert_eq!((done.get_str("state"), rule(&done).as_str()), (Some("done"), "kept"));
    assert_eq!(put(&hub, Role::Anaesthetist, &whole).await.unwrap_err(), ["version"]);
    let again = hub.ask(&Surgery, with(&hub, Role::Anaesthetist), "GET", PATH, "").await;
    assert_eq!(again.get("values"), done.get("values"));
    assert_eq!(again.get("values").unwrap().get("weight"), Some(&Json::number("71.5")));
}

#[tokio::test]
async fn less_than_two_days_before_needs_a_reason_unless_it_is_urgent() {
    let hub = hub().await;
    planned(&hub, "2026-11-24T07:59:00Z", "").await;
    let whole = format!(r#"{{"version":0,"complete":true,{WHOLE}}}"#);
    assert_eq!(put(&hub, Role::Anaesthetist, &whole).await.unwrap_err(), ["preanaesthesia.late"]);
    let forced = format!(r#"{{"version":0,"complete":true,"overrideReason":"Créneau libéré",{WHOLE}}}"#);
    let done = put(&hub, Role::Anaesthetist, &forced).await.unwrap();
    assert_eq!((rule(&done).as_str(), done.get_str("overrideReason")), ("late", Some("Créneau libéré")));
    // What is changed later is still from then.
    hub.clock.advance(Duration::from_secs(7200));
    let changed = put(&hub, Role::Anaesthetist, &format!(r#"{{"version":1,{WHOLE}}}"#)).await.unwrap();
    assert_eq!((changed.get("done"), changed.get_str("state")), (done.get("done"), Some("done")));
}

#[tokio::test]
async fn an_urgent_case_does_not_wait() {
    let hub = hub().await;
    planned(&hub, "2026-11-22T10:00:00Z", r#""priority":"stat","#).await;
    let done =
        put(&hub, Role::Anaesthetist, &format!(r#"{{"version":0,"complete":true,{WHOLE}}}"#)).await.unwrap();
    assert_eq!((rule(&done).as_str(), done.get("overrideReason")), ("not-applicable", Some(&Json::Null)));
}
