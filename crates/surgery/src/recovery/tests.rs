//! Scores and the decision to let a patient go.

use crate::Surgery;
use crate::perioperative::tests::{hub, refused, with};
use fhir::Json;
use store::{Error, Role};

const SCORES: &str = "surgeries/op/recovery/scores";
const DISCHARGE: &str = "surgeries/op/recovery/discharge";

fn aldrete(n: u32, activity: u8) -> String {
    format!(
        r#"{{"id":"00000000-0000-4000-8000-{n:012}","scale":"aldrete","items":{{"activity":{activity},"respiration":2,"circulation":2,"consciousness":2,"saturation":1}}}}"#
    )
}

fn leave(n: u32, more: &str) -> String {
    format!(r#"{{"id":"00000000-0000-4000-8000-{n:012}","from":"recovery","to":"ward"{more}}}"#)
}

#[tokio::test]
async fn an_anaesthetist_lets_go_whoever_is_fit() {
    let hub = hub().await;
    assert_eq!(refused(&hub, Role::Anaesthetist, DISCHARGE, &leave(1, "")).await[0].0, "recovery.not-fit");
    let low = hub.ask(&Surgery, with(&hub, Role::Nurse), "POST", SCORES, &aldrete(2, 1)).await;
    assert_eq!((low.get("total"), low.get("fit")), (Some(&Json::integer(8)), Some(&Json::Bool(false))));
    assert_eq!(refused(&hub, Role::Anaesthetist, DISCHARGE, &leave(1, "")).await[0].0, "recovery.not-fit");
    hub.clock.advance(std::time::Duration::from_secs(600));
    for _ in 0..2 {
        hub.ask(&Surgery, with(&hub, Role::Nurse), "POST", SCORES, &aldrete(3, 2)).await;
    }
    assert_eq!(refused(&hub, Role::Nurse, SCORES, &aldrete(3, 1)).await[0].0, "recovery.known");
    assert_eq!(refused(&hub, Role::Nurse, DISCHARGE, &leave(1, "")).await[0].0, "recovery.no-anaesthetist");
    for _ in 0..2 {
        hub.ask(&Surgery, with(&hub, Role::Anaesthetist), "POST", DISCHARGE, &leave(1, "")).await;
    }
    assert_eq!(refused(&hub, Role::Anaesthetist, DISCHARGE, &leave(4, "")).await[0].0, "recovery.decided");
    let told = hub.ask(&Surgery, with(&hub, Role::Nurse), "GET", "surgeries/op/recovery", "").await;
    assert_eq!(told.each("scores").count(), 2);
    assert_eq!(told.get("discharge").and_then(|d| d.get_str("to")), Some("ward"));
    let met: Vec<_> = told.each("criteria").map(|c| c.get("met").cloned().unwrap()).collect();
    assert_eq!(met, [Json::Bool(true), Json::Bool(false)]);
}

#[tokio::test]
async fn a_reason_outweighs_a_score_and_is_kept() {
    let hub = hub().await;
    let body = leave(1, r#","overrideReason":"Transfert décidé avec le réanimateur""#);
    let told = hub.ask(&Surgery, with(&hub, Role::Anaesthetist), "POST", DISCHARGE, &body).await;
    assert_eq!(told.get_str("overrideReason"), Some("Transfert décidé avec le réanimateur"));
    let whole = r#"{"id":"00000000-0000-4000-8000-000000000009","scale":"padss","items":{"vitals":2}}"#;
    assert_eq!(refused(&hub, Role::Nurse, SCORES, whole).await, [("recovery.items".into(), "items".into())]);
    let secretary = hub.call(&Surgery, with(&hub, Role::Secretary), "POST", SCORES, &aldrete(5, 2)).await;
    assert!(matches!(secretary, Err(Error::Denied)));
}
