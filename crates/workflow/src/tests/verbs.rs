//! Who does what, and what follows at once.

use super::{booking, case, consent, house};
use fhir::{Json, ResourceType};
use std::time::Duration;
use store::{Ctx, Role, Write};

#[tokio::test]
async fn an_approval_is_completed_by_those_whose_steps_they_are() {
    let house = house().await;
    house.put(&case("active", "")).await;
    house.put(&booking("booked")).await;
    house.put(&consent("active", "left")).await;
    let nurse = house.ctx(Role::Nurse, "n1");
    assert_eq!(house.act(nurse, "medical_clearance", "complete", "").await.0, 403);
    let surgeon = || house.ctx(Role::Surgeon, "s1");
    let (status, done) = house.act(surgeon(), "medical_clearance", "complete", r#","comment":"RAS""#).await;
    assert_eq!((status, done.get_str("state")), (200, Some("done")));
    assert_eq!(done.get("decidedBy").and_then(|by| by.get_str("name")), Some("Nom s1"));
    let early = house.act(house.admin(), "final_approval", "complete", "").await;
    assert_eq!((early.0, early.1.as_str()), (422, Some("workflow.not-ready")));
    let anaesthetist = house.ctx(Role::Anaesthetist, "an");
    assert_eq!(house.act(anaesthetist, "anaesthesia_evaluation", "complete", "").await.0, 200);
    let billing = || house.ctx(Role::Billing, "sec");
    let none = house.act(billing(), "insurance_verification", "skip", "").await;
    assert_eq!((none.0, none.1.as_str()), (422, Some("form.missing")));
    let (status, skipped) = house
        .act(billing(), "insurance_verification", "skip", r#","reason":"Prise en charge à 100 %""#)
        .await;
    assert_eq!((status, skipped.get_str("reason")), (200, Some("Prise en charge à 100 %")));
    // What comes after stands ready in the same commit.
    assert_eq!(house.state("final_approval").await, "ready");
    assert_eq!(house.act(house.admin(), "final_approval", "complete", "").await.0, 200);
    assert_eq!(house.found(ResourceType::REQUEST_GROUP).await[0].get_str("status"), Some("completed"));
    let states = house.states().await;
    house.hub.drain().await;
    assert_eq!(house.states().await, states);
    let over = house.act(house.admin(), "final_approval", "complete", "").await;
    assert_eq!((over.0, over.1.as_str()), (422, Some("workflow.over")));
    // What was approved on the strength of a consent falls with it.
    house.put(&consent("inactive", "left")).await;
    assert_eq!(house.state("final_approval").await, "waiting");
    assert_eq!(house.found(ResourceType::REQUEST_GROUP).await[0].get_str("status"), Some("active"));
}

#[tokio::test]
async fn the_second_of_two_is_told_so() {
    let house = house().await;
    house.put(&case("active", "")).await;
    let step = house.step(house.admin(), "insurance_verification").await;
    let path = format!("workflows/tasks/{}/claim", step.get_str("id").unwrap());
    let body = format!(r#"{{"version":{}}}"#, step.get("version").and_then(Json::as_number).unwrap());
    let (first, claimed) = house.call(house.ctx(Role::Secretary, "sec"), "POST", &path, &body).await;
    assert_eq!((first, claimed.get("mine").and_then(Json::as_bool)), (200, Some(true)));
    assert_eq!(house.call(house.ctx(Role::Billing, "n1"), "POST", &path, &body).await.0, 412);
    let other = house.act(house.ctx(Role::Billing, "n1"), "insurance_verification", "complete", "").await;
    assert_eq!(other.1.as_str(), Some("workflow.claimed-by-other"));
    let sec = || house.ctx(Role::Secretary, "sec");
    assert_eq!(house.act(sec(), "insurance_verification", "release", "").await.0, 200);
    assert_eq!(house.state("insurance_verification").await, "ready");
    let none = house.act(sec(), "insurance_verification", "release", "").await;
    assert_eq!(none.1.as_str(), Some("workflow.not-claimed"));
    assert_eq!(house.call(sec(), "POST", &path, "{}").await.1.as_str(), Some("workflow.version"));
}

#[tokio::test]
async fn a_task_that_only_looks_like_ours_is_not_listed() {
    let house = house().await;
    house.put(&case("active", "")).await;
    let real = house.found(ResourceType::TASK).await.remove(0).to_string();
    let id = fhir::json::parse(real.as_bytes()).unwrap().get_str("id").unwrap().to_string();
    let body = real.replace(&format!(r#""id":"{id}""#), r#""id":"false""#).into();
    let write = Write::Update {
        rt: ResourceType::TASK,
        id: "false".into(),
        body,
        if_match: None,
        if_none_match: false,
    };
    house.hub.tenant.commit(&Ctx::system("test"), vec![write]).await.unwrap();
    let (_, list) = house.call(house.admin(), "GET", "workflows/tasks?patient=p1", "").await;
    assert_eq!(list.each("items").count(), 6);
    assert_eq!(
        house.call(house.admin(), "POST", "workflows/tasks/false/claim", r#"{"version":1}"#).await.0,
        404
    );
}

#[tokio::test]
async fn the_inbox_shows_what_is_late_first_and_reaches_further_with_time() {
    let house = house().await;
    house.put(&case("active", "")).await;
    let surgeon = || house.ctx(Role::Surgeon, "s1");
    let (_, mine) = house.call(surgeon(), "GET", "workflows/tasks?filter=mine", "").await;
    let steps = |json: &Json<'_>| -> Vec<String> {
        json.each("items").filter_map(|one| one.get_str("step").map(String::from)).collect()
    };
    assert_eq!(steps(&mine), ["medical_clearance"]);
    let item = mine.each("items").next().unwrap();
    assert_eq!(item.get("opens").map(Json::to_string).as_deref(), Some(r#"{"kind":"chart","id":"p1"}"#));
    assert_eq!(item.get_str("patientName"), Some("Ada Exemple"));
    assert_eq!((item.get_str("act"), item.get_str("side")), (Some("Prothèse"), Some("left")));
    assert_eq!(mine.get("total").and_then(Json::as_number), Some("1"));
    let (_, team) = house.call(surgeon(), "GET", "workflows/tasks?filter=team", "").await;
    assert_eq!(steps(&team).len(), 2);
    let (_, none) = house.call(house.admin(), "GET", "workflows/tasks?filter=mine", "").await;
    assert!(steps(&none).is_empty());
    // 25 h later the steps of a day are late, those of two days not yet at risk.
    house.hub.clock.advance(Duration::from_secs(25 * 3600));
    let (_, all) = house.call(house.admin(), "GET", "workflows/tasks?patient=p1", "").await;
    let risks: Vec<&str> = all.each("items").filter_map(|one| one.get_str("risk")).collect();
    assert_eq!(risks, ["overdue", "overdue", "none", "none", "none", "none"]);
    let (_, team) =
        house.call(house.ctx(Role::Secretary, "sec"), "GET", "workflows/tasks?filter=mine", "").await;
    assert_eq!(steps(&team).len(), 2);
    let (_, other) = house.call(house.ctx(Role::Nurse, "n1"), "GET", "workflows/tasks?filter=mine", "").await;
    assert!(steps(&other).is_empty());
    let (_, none) = house.call(house.admin(), "GET", "workflows/tasks?filter=mine", "").await;
    assert!(steps(&none).is_empty());
    house.hub.clock.advance(Duration::from_secs(24 * 3600));
    let (_, late) = house.call(house.admin(), "GET", "workflows/tasks?filter=mine", "").await;
    assert_eq!(steps(&late).len(), 2);
    let (_, active) = house.call(house.admin(), "GET", "workflows/active", "").await;
    let line = active.each("items").next().unwrap();
    assert_eq!((line.get_str("risk"), line.get_str("case")), (Some("overdue"), Some("c1")));
    assert_eq!(line.get("total").and_then(Json::as_number), Some("6"));
    let bad = house.call(house.admin(), "GET", "workflows/tasks?filter=all", "").await;
    assert_eq!(bad.1.as_str(), Some("workflow.filter"));
}

#[tokio::test]
async fn a_course_begins_by_hand_once() {
    let house = house().await;
    let create = r#"{"case":"ServiceRequest/c1"}"#;
    let path = "workflows/surgical/create";
    let missing = house.call(house.admin(), "POST", path, create).await;
    assert_eq!(missing.1.as_str(), Some("workflow.not-a-case"));
    // Long ago planned: nothing begins by itself.
    house.put(&case("active", "").replace("2026-12-10", "2026-09-10")).await;
    let status = "workflows/surgical/c1/status";
    assert_eq!(house.call(house.admin(), "GET", status, "").await.0, 404);
    let (first, begun) = house.call(house.admin(), "POST", path, create).await;
    assert_eq!((first, begun.each("workflows").count()), (201, 1));
    assert_eq!(house.call(house.admin(), "POST", path, create).await.0, 200);
    house.hub.drain().await;
    assert_eq!(house.states().await.len(), 6);
    let billing = house.ctx(Role::Billing, "sec");
    assert_eq!(house.call(billing, "POST", path, create).await.1.as_str(), Some("workflow.not-a-case"));
    let early = r#"{"case":"c1","template":"patient-discharge"}"#;
    assert_eq!(house.call(house.admin(), "POST", path, early).await.1.as_str(), Some("workflow.case-closed"));
    let unknown = r#"{"case":"c1","template":"x"}"#;
    assert_eq!(
        house.call(house.admin(), "POST", path, unknown).await.1.as_str(),
        Some("workflow.template-unknown")
    );
}
