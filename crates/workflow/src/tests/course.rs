//! What begins by itself, and follows the record.

use super::{booking, case, consent, house};
use fhir::ResourceType;
use store::Role;

#[tokio::test]
async fn a_case_begins_its_approval_once() {
    let house = house().await;
    house.put(&case("draft", "")).await;
    assert!(house.states().await.is_empty());
    house.put(&case("active", "")).await;
    let states = house.states().await;
    assert_eq!(states.len(), 6);
    assert_eq!(states["final_approval"], "waiting");
    assert_eq!(states.values().filter(|state| *state == "ready").count(), 5);
    house.put(&case("active", r#","note":[{"text":"x"}]"#)).await;
    assert_eq!(house.states().await, states);
    let groups = house.found(ResourceType::REQUEST_GROUP).await;
    assert_eq!(groups.len(), 1);
    assert_eq!(groups[0].get_str("status"), Some("active"));
    // What is no operation, and what was to be done long ago, begins nothing.
    let other = case("active", "").replace("387713003", "386053000").replace(r#""id":"c1""#, r#""id":"lab""#);
    house.put(&other).await;
    let old = case("active", "").replace("2026-12-10", "2026-09-10").replace(r#""id":"c1""#, r#""id":"old""#);
    house.put(&old).await;
    assert_eq!(house.states().await.len(), 6);
}

#[tokio::test]
async fn a_booking_and_a_consent_do_their_steps_and_undo_them() {
    let house = house().await;
    house.put(&case("active", "")).await;
    house.put(&booking("pending")).await;
    assert_eq!(house.state("facility_scheduling").await, "ready");
    house.put(&booking("booked")).await;
    house.put(&consent("active", "left")).await;
    assert_eq!(house.state("facility_scheduling").await, "done");
    assert_eq!(house.state("surgical_consent").await, "done");
    let step = house.step(house.admin(), "facility_scheduling").await;
    assert_eq!(step.get("automatic").and_then(fhir::Json::as_bool), Some(true));
    house.put(&booking("cancelled")).await;
    assert_eq!(house.state("facility_scheduling").await, "ready");
    // A consent to the other side is none to what is planned.
    house.put(&consent("active", "right")).await;
    assert_eq!(house.state("surgical_consent").await, "ready");
    house.put(&consent("active", "left")).await;
    house.put(&consent("inactive", "left")).await;
    assert_eq!(house.state("surgical_consent").await, "ready");
}

#[tokio::test]
async fn a_consultation_is_no_place_in_the_theatre() {
    let house = house().await;
    house.put(&case("active", "")).await;
    house.put(&booking("booked").replace(r#""theatre""#, r#""consultation""#)).await;
    assert_eq!(house.state("facility_scheduling").await, "ready");
}

#[tokio::test]
async fn a_booking_that_is_deleted_or_goes_to_another_case_is_missed() {
    let house = house().await;
    house.put(&case("active", "")).await;
    house.put(&booking("booked")).await;
    house.put(&booking("booked").replace("ServiceRequest/c1", "ServiceRequest/c2")).await;
    assert_eq!(house.state("facility_scheduling").await, "ready");
}

#[tokio::test]
async fn an_emergency_does_not_wait_for_papers() {
    let house = house().await;
    house.put(&case("active", r#","priority":"stat""#)).await;
    let states = house.states().await;
    assert_eq!(states["insurance_verification"], "skipped");
    assert_eq!(states["final_approval"], "skipped");
    assert_eq!(states["medical_clearance"], "ready");
    let step = house.step(house.admin(), "final_approval").await;
    assert!(step.get_str("reason").unwrap().starts_with("Urgence"), "{step}");
    // It turns out not to be one.
    house.put(&case("active", r#","priority":"routine""#)).await;
    assert_eq!(house.state("insurance_verification").await, "ready");
    assert_eq!(house.state("final_approval").await, "waiting");
}

#[tokio::test]
async fn what_is_postponed_rests_and_what_is_cancelled_ends() {
    let house = house().await;
    house.put(&case("active", "")).await;
    assert_eq!(
        house.act(house.ctx(Role::Anaesthetist, "an"), "anaesthesia_evaluation", "complete", "").await.0,
        200
    );
    assert_eq!(
        house.act(house.ctx(Role::Secretary, "sec"), "insurance_verification", "claim", "").await.0,
        200
    );
    house.put(&case("on-hold", "")).await;
    let states = house.states().await;
    assert_eq!((&*states["anaesthesia_evaluation"], &*states["insurance_verification"]), ("done", "held"));
    assert_eq!(house.found(ResourceType::REQUEST_GROUP).await[0].get_str("status"), Some("on-hold"));
    let held = house.step(house.admin(), "insurance_verification").await;
    assert!(held.get("due").is_none(), "time does not run: {held}");
    house.put(&case("active", "")).await;
    assert_eq!(house.state("insurance_verification").await, "claimed");
    house.put(&case("revoked", "")).await;
    let states = house.states().await;
    assert_eq!((&*states["anaesthesia_evaluation"], &*states["final_approval"]), ("done", "cancelled"));
    assert_eq!(house.found(ResourceType::REQUEST_GROUP).await[0].get_str("status"), Some("revoked"));
}

#[tokio::test]
async fn an_operation_that_is_over_ends_the_approval_and_begins_the_discharge() {
    let house = house().await;
    house.put(&case("active", "")).await;
    house.put(&case("completed", "")).await;
    let states = house.states().await;
    assert_eq!(states.len(), 11);
    assert_eq!((&*states["final_approval"], &*states["discharge_summary"]), ("cancelled", "ready"));
    assert_eq!(states["discharge_instructions"], "waiting");
}

#[tokio::test]
async fn an_instance_keeps_the_version_that_it_began_with() {
    let house = house().await;
    house.put(&case("active", "")).await;
    let own = r#"{"resourceType":"PlanDefinition","id":"own","url":"urn:medhub:plan:surgery-approval","version":"1.1","status":"active","type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/plan-definition-type","code":"workflow-definition"}]},"extension":[{"url":"urn:medhub:workflow:starts","valueCode":"case-active"}],"action":[{"id":"only","title":"La seule","timingDuration":{"value":1,"unit":"h","system":"http://unitsofmeasure.org","code":"h"},"participant":[{"type":"practitioner","role":{"coding":[{"system":"urn:medhub:role","code":"nurse"}]}}]}]}"#;
    house.put(own).await;
    house.put(&case("active", r#","note":[{"text":"x"}]"#)).await;
    assert_eq!(house.states().await.len(), 6);
    house.put(&case("active", "").replace(r#""id":"c1""#, r#""id":"c2""#)).await;
    assert_eq!(house.state("only").await, "ready");
    // One that would never end is not stored.
    let cyclic = own.replace(
        r#""title":"La seule""#,
        r#""title":"La seule","relatedAction":[{"actionId":"only","relationship":"after-end"}]"#,
    );
    let sentence = house.hub.refusal(&cyclic.replace("1.1", "1.2")).await;
    assert!(sentence.contains("only") && sentence.contains("attendent"), "{sentence}");
}

#[tokio::test]
async fn a_plan_of_another_kind_is_left_alone() {
    let house = house().await;
    let card =
        r#"{"resourceType":"PlanDefinition","id":"card","status":"active","action":[{"title":"Vis"}]}"#;
    assert!(house.hub.try_create(card).await.is_ok());
}

#[tokio::test]
async fn what_is_taken_over_too_late_begins_nothing() {
    // The clock of the tests stands at 22 November 2026, 08:00 UTC.
    for (status, day, begins) in [
        ("active", "2026-11-23", 0),
        ("active", "2026-11-25", 1),
        ("completed", "2026-11-20", 1),
        ("completed", "2026-11-18", 0),
    ] {
        let house = house().await;
        house.hub.create(&booking("booked").replace("2026-12-01", day)).await;
        house.put(&case(status, "")).await;
        let groups = house.found(ResourceType::REQUEST_GROUP).await.len();
        assert_eq!(groups, begins, "{status} on {day}");
    }
}
