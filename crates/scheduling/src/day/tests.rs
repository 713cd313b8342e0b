//! A day that runs late, and what the verbs make of what is proposed.

use crate::fixture::{House, house};
use fhir::Json;
use std::time::Duration;

/// Monday at that hour (UTC).
async fn monday(hours: u64, minutes: u64) -> House {
    let house = house().await;
    // The clock of tests stands at Sunday 08:00.
    house.hub.clock.advance(Duration::from_secs((16 + hours) * 3_600 + minutes * 60));
    house
}

fn number(json: &Json<'_>, name: &str) -> i64 {
    json.get(name).and_then(Json::as_number).and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("{json}"))
}

async fn asked(house: &House) -> Json<'static> {
    let (status, told) = house.call("GET", "theatre/day/proposals?facility=Location/site", "").await;
    assert_eq!(status, 200, "{told}");
    told
}

async fn entered(house: &House, case: usize, at: &str) {
    let json = format!(
        r#"{{"resourceType":"Procedure","id":"x{case}","status":"in-progress","basedOn":[{{"reference":"ServiceRequest/c{case}"}}],"subject":{{"reference":"Patient/p{case}"}},
        "extension":[{{"url":"urn:medhub:milestone","extension":[{{"url":"code","valueCode":"in"}},{{"url":"time","valueInstant":"{at}"}}]}}]}}"#
    );
    house.hub.create(&json).await;
}

/// The first case came 55 minutes late: the next waits for the room, and could go next door.
#[tokio::test]
async fn a_late_case_is_offered_a_free_room_by_a_call_that_works() {
    let house = monday(6, 0).await;
    assert_eq!(house.book(1, 1, "2026-11-23T08:00").await.0, 201);
    assert_eq!(house.book(2, 1, "2026-11-23T09:30").await.0, 201);
    let calm = asked(&house).await;
    assert_eq!((number(&calm, "late"), calm.each("proposals").count()), (0, 0), "{calm}");
    house.hub.clock.advance(Duration::from_secs(2 * 3_600));
    entered(&house, 1, "2026-11-23T07:55:00Z").await;
    let told = asked(&house).await;
    let lates: Vec<i64> = told.each("projection").map(|one| number(one, "late")).collect();
    assert_eq!(lates, [55, 45], "{told}");
    let moved = told
        .each("proposals")
        .find(|p| p.get_str("kind") == Some("move"))
        .unwrap_or_else(|| panic!("{told}"));
    // The nurse is still next door until 09:55.
    assert_eq!((moved.get_str("start"), number(moved, "avoided")), (Some("2026-11-23T08:55:00.000Z"), 20));
    let words = moved.get_str("text").unwrap();
    assert!(words.contains("BLOC-2 (Prothèse, GAUCHE)") && words.contains("Salle 2"), "{words}");
    assert!(!words.contains("EXEMPLE") && words.contains("09:55"), "{words}");
    assert_eq!(moved.get("patient").and_then(|p| p.get_str("name")), Some("EXEMPLE N2"));
    let call = moved.each("calls").next().unwrap();
    let body = call.get("body").map(Json::to_string).unwrap();
    let (status, answer) =
        house.call(call.get_str("method").unwrap(), call.get_str("path").unwrap(), &body).await;
    assert_eq!((status, answer.get_str("room")), (200, Some("Location/r2")), "{answer}");
    let after = asked(&house).await;
    assert!(after.each("proposals").all(|p| p.get_str("kind") != Some("move")), "{after}");
    house.nothing_is_taken_twice().await;
}

/// A case that was cancelled leaves a gap: the next can be called, and what lasts too long is told.
#[tokio::test]
async fn the_next_is_called_earlier_and_an_overrun_is_told() {
    let house = monday(8, 0).await;
    assert_eq!(house.book(1, 1, "2026-11-23T10:30").await.0, 201);
    assert_eq!(house.book(2, 2, "2026-11-23T17:00").await.0, 201);
    let told = asked(&house).await;
    let one = told
        .each("proposals")
        .find(|p| p.get_str("kind") == Some("earlier"))
        .unwrap_or_else(|| panic!("{told}"));
    assert_eq!((one.get_str("start"), number(one, "avoided")), (Some("2026-11-23T08:10:00.000Z"), 80));
    let call = one.each("calls").next().unwrap();
    let body = call.get("body").map(Json::to_string).unwrap();
    assert_eq!(house.call("PUT", call.get_str("path").unwrap(), &body).await.0, 200);
    house.hub.clock.advance(Duration::from_secs(8 * 3_600 + 1_800));
    entered(&house, 2, "2026-11-23T16:30:00Z").await;
    let told = asked(&house).await;
    let warned: Vec<_> = told.each("proposals").filter(|p| p.get_str("kind") == Some("overrun")).collect();
    assert!(warned.iter().any(|w| w.get_str("room") == Some("Location/r2")), "{told}");
    assert!(warned.iter().all(|w| w.each("calls").count() == 0));
}

/// Surgeon and anaesthetist of the next case are still next door; those of the one after it are not.
#[tokio::test]
async fn who_waits_for_the_surgeon_changes_places_with_who_does_not() {
    let house = monday(6, 0).await;
    for (case, room, start) in [(3, 2, "08:00"), (2, 1, "10:30"), (1, 1, "09:00")] {
        assert_eq!(house.book(case, room, &format!("2026-11-23T{start}")).await.0, 201);
    }
    house.hub.clock.advance(Duration::from_secs(9_000));
    entered(&house, 3, "2026-11-23T08:25:00Z").await;
    let told = asked(&house).await;
    assert_eq!(number(&told, "late"), 85 + 75, "{told}");
    let swap = told.each("proposals").find(|p| p.get_str("kind") == Some("swap"));
    let swap = swap.unwrap_or_else(|| panic!("{told}"));
    assert_eq!(number(swap, "avoided"), 50, "{told}");
    let call = swap.each("calls").next().unwrap();
    let body = call.get("body").map(Json::to_string).unwrap();
    let (status, answer) = house.call("POST", call.get_str("path").unwrap(), &body).await;
    assert_eq!((status, answer.each("bookings").count()), (200, 2), "{answer}");
    house.nothing_is_taken_twice().await;
}

/// Planned for an hour, done in two every time: two are expected.
#[tokio::test]
async fn what_such_cases_took_counts_more_than_the_plan() {
    let house = monday(6, 0).await;
    for day in 1..=8 {
        let done = format!(
            r#"{{"resourceType":"Procedure","id":"done{day}","status":"completed","subject":{{"reference":"Patient/p1"}},"code":{{"coding":[{{"system":"urn:ccam","code":"NEKA020"}}]}},
            "performer":[{{"actor":{{"reference":"Practitioner/s1"}}}}],"performedPeriod":{{"start":"2026-10-0{day}T08:00:00Z","end":"2026-10-0{day}T10:00:00Z"}}}}"#
        );
        house.hub.create(&done).await;
    }
    assert_eq!(house.book(1, 1, "2026-11-23T08:00").await.0, 201);
    let told = asked(&house).await;
    let one = told.each("projection").next().unwrap();
    assert_eq!((one.get_str("basis"), number(one, "planned")), (Some("median"), 60), "{told}");
    assert!((110..=125).contains(&number(one, "expected")), "{told}");
}

#[tokio::test]
async fn nobody_but_staff_sees_the_day() {
    let house = monday(8, 0).await;
    let patient = house.hub.ctx(&[store::Role::Patient]);
    let asked = house.hub.call(&*house.service, patient, "GET", "theatre/day/proposals", "").await;
    assert!(matches!(asked, Err(store::Error::Denied)));
}
