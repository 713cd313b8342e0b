//! The verbs of the plan.

use crate::fixture::house;
use fhir::Json;
use std::sync::Arc;
use std::time::Duration;

fn text<'a>(json: &'a Json<'_>, name: &str) -> &'a str {
    json.get_str(name).unwrap_or_else(|| panic!("no {name} in {json}"))
}

#[tokio::test]
async fn a_case_is_booked_moved_and_cancelled() {
    let house = house().await;
    let (status, booked) = house.book(1, 1, "2026-11-23T08:00").await;
    assert_eq!(status, 201, "{booked}");
    assert_eq!(
        (text(&booked, "start"), text(&booked, "end")),
        ("2026-11-23T07:00:00.000Z", "2026-11-23T08:00:00.000Z")
    );
    assert_eq!(
        (text(&booked, "side"), text(&booked, "caseStatus"), text(&booked, "lock")),
        ("left", "scheduled", "draft")
    );
    assert_eq!(booked.get("patient").and_then(|p| p.get_str("name")), Some("EXEMPLE N1"));
    let roles: Vec<&str> = booked.each("team").filter_map(|m| m.get_str("role")).collect();
    assert_eq!(roles, ["surgeon", "anaesthetist", "scrub-nurse"]);
    let id = text(&booked, "id").to_string();
    let (status, moved) = house
        .call(
            "PUT",
            &format!("theatre/bookings/{id}"),
            r#"{"version":1,"room":"Location/r2","start":"2026-11-23T10:30","minutes":90}"#,
        )
        .await;
    assert_eq!((status, moved.get_str("room")), (200, Some("Location/r2")), "{moved}");
    assert_eq!(text(&moved, "end"), "2026-11-23T11:00:00.000Z");
    let (status, _) =
        house.call("PUT", &format!("theatre/bookings/{id}"), r#"{"version":1,"minutes":60}"#).await;
    assert_eq!(status, 412);
    let (_, board) = house.call("GET", "theatre/board?from=2026-11-23&to=2026-11-24", "").await;
    assert_eq!((board.each("bookings").count(), board.each("unscheduled").count()), (1, 3));
    let (status, cancelled) = house
        .call(
            "POST",
            &format!("theatre/bookings/{id}/cancel"),
            r#"{"version":2,"reason":"bed","note":"Lit fermé"}"#,
        )
        .await;
    assert_eq!((status, cancelled.get_str("status")), (200, Some("cancelled")), "{cancelled}");
    let (_, waiting) = house.call("GET", "theatre/waiting", "").await;
    assert_eq!(waiting.each("cases").count(), 4);
}

#[tokio::test]
async fn a_refusal_says_who_is_in_the_way_and_offers_three_places() {
    let house = house().await;
    house.book(1, 1, "2026-11-23T08:00").await;
    let (status, refused) = house.book(2, 1, "2026-11-23T08:30").await;
    assert_eq!(status, 409, "{refused}");
    let conflict = refused.each("conflicts").next().unwrap();
    assert_eq!((text(conflict, "kind"), text(conflict, "holder")), ("room", "BLOC-1"));
    assert_eq!(conflict.get("minutes").and_then(Json::as_number), Some("50"));
    let offers: Vec<&Json<'_>> = refused.each("offers").collect();
    assert_eq!(offers.len(), 3, "{refused}");
    // The same time in the other room is the nearest; each offer can be booked as it stands.
    assert_eq!(
        (text(offers[0], "room"), text(offers[0], "start")),
        ("Location/r2", "2026-11-23T07:30:00.000Z")
    );
    for offer in &offers {
        let body = format!(
            r#"{{"case":"ServiceRequest/c2","room":"{}","start":"{}"}}"#,
            text(offer, "room"),
            text(offer, "start")
        );
        let (_, checked) = house.call("POST", "theatre/check", &body).await;
        assert_eq!(checked.get("ok"), Some(&Json::Bool(true)), "{checked}");
    }
    let (_, board) = house.call("GET", "theatre/board?from=2026-11-23&to=2026-11-23", "").await;
    assert_eq!(board.each("bookings").count(), 1, "nothing was written");
}

#[tokio::test]
async fn one_of_fifty_clients_gets_the_room() {
    let house = Arc::new(house().await);
    for n in 5..=9 {
        house.hub.create(&format!(r#"{{"resourceType":"Patient","id":"p{n}"}}"#)).await;
        house.hub.create(&crate::fixture::case(n, "s1", "left", "")).await;
    }
    let clients = (0..50).map(|n| {
        let house = house.clone();
        tokio::spawn(async move { house.book(1 + n % 9, 1, "2026-11-23T08:00").await.0 })
    });
    let mut won = 0;
    for client in clients.collect::<Vec<_>>() {
        match client.await.unwrap() {
            201 => won += 1,
            409 | 412 => {}
            other => panic!("{other}"),
        }
    }
    assert_eq!(won, 1);
    house.nothing_is_taken_twice().await;
}

#[tokio::test]
async fn a_hold_lapses_and_becomes_a_booking() {
    let house = house().await;
    let hold = |case: usize| {
        format!(
            r#"{{"case":"ServiceRequest/c{case}","room":"Location/r1","start":"2026-11-23T08:00","seconds":60}}"#
        )
    };
    let (status, held) = house.call("POST", "theatre/hold", &hold(1)).await;
    assert_eq!((status, held.get_str("status")), (201, Some("pending")), "{held}");
    assert_eq!(house.book(2, 1, "2026-11-23T08:00").await.0, 409);
    let (status, booked) = house.book(1, 1, "2026-11-23T08:00").await;
    assert_eq!((status, booked.get_str("id")), (201, held.get_str("id")), "{booked}");
    assert_eq!((booked.get_str("status"), booked.get("holdUntil")), (Some("booked"), Some(&Json::Null)));
    let (_, held) = house.call("POST", "theatre/hold", &hold(3).replace("08:00", "12:00")).await;
    assert_eq!(held.get_str("status"), Some("pending"), "{held}");
    house.hub.clock.advance(Duration::from_secs(61));
    let (status, booked) = house.book(2, 1, "2026-11-23T12:00").await;
    assert_eq!(status, 201, "a hold that lapsed holds nothing: {booked}");
}

#[tokio::test]
async fn the_last_change_can_be_undone_until_the_world_moves() {
    let house = house().await;
    let (_, booked) = house.book(1, 1, "2026-11-23T08:00").await;
    let id = text(&booked, "id").to_string();
    house.call("PUT", &format!("theatre/bookings/{id}"), r#"{"version":1,"start":"2026-11-23T14:00"}"#).await;
    let (status, undone) = house.call("POST", "theatre/undo", "{}").await;
    assert_eq!(status, 200, "{undone}");
    assert_eq!(
        undone.each("bookings").next().and_then(|b| b.get_str("start")),
        Some("2026-11-23T07:00:00.000Z")
    );
    house.call("PUT", &format!("theatre/bookings/{id}"), r#"{"version":3,"start":"2026-11-23T14:00"}"#).await;
    house.book(3, 2, "2026-11-23T08:00").await;
    assert_eq!(house.call("POST", "theatre/undo", "{}").await.0, 200, "the booking of the third");
    assert_eq!(house.book(3, 2, "2026-11-23T08:00").await.0, 201);
    // Taking the move back would put two cases of one surgeon at one time.
    house.hub.call(&*house.service, house.ctx(), "POST", "theatre/undo", "{}").await.unwrap();
}

#[tokio::test]
async fn changes_are_undone_one_by_one_and_one_that_cannot_stays_in_the_log() {
    let house = house().await;
    let (_, booked) = house.book(1, 1, "2026-11-23T08:00").await;
    let id = text(&booked, "id").to_string();
    for (version, hour) in [(1, "09:00"), (2, "10:00"), (3, "11:00")] {
        let body = format!(r#"{{"version":{version},"start":"2026-11-23T{hour}"}}"#);
        assert_eq!(house.call("PUT", &format!("theatre/bookings/{id}"), &body).await.0, 200);
    }
    for hour in ["09:00", "08:00"] {
        let (status, undone) = house.call("POST", "theatre/undo", "{}").await;
        assert_eq!(status, 200, "{undone}");
        let starts = format!("2026-11-23T{hour}:00.000Z");
        assert_eq!(undone.each("bookings").next().and_then(|b| b.get_str("start")), Some(&*starts));
    }
    // Somebody else takes the surgeon's hour: the next does not go back, and is not forgotten.
    assert_eq!(house.book(3, 2, "2026-11-23T08:00").await.0, 201);
    let (_, log) = house.call("GET", "theatre/log", "").await;
    let move_back = log.each("actions").nth(1).and_then(|a| a.get_str("id")).unwrap().to_string();
    let body = format!(r#"{{"action":"{move_back}"}}"#);
    for _ in 0..2 {
        assert_eq!(house.call("POST", "theatre/undo", &body).await.1.as_str(), Some("scheduling.moved-on"));
    }
    assert_eq!(house.call("GET", "theatre/log", "").await.1.each("actions").count(), 3);
    assert_eq!(house.call("POST", "theatre/undo", "{}").await.0, 200, "the booking of the third");
    assert_eq!(house.call("POST", "theatre/undo", &body).await.0, 200, "now there is place");
    assert_eq!(house.call("POST", "theatre/undo", "{}").await.0, 200, "the first booking");
    let (_, board) = house.call("GET", "theatre/board?from=2026-11-23", "").await;
    assert_eq!(board.each("bookings").count(), 0, "{board}");
    assert_eq!(house.call("POST", "theatre/undo", "{}").await.1.as_str(), Some("scheduling.nothing-to-undo"));
}

#[tokio::test]
async fn a_patient_in_the_room_changes_places_with_nobody() {
    let house = house().await;
    let (_, a) = house.book(1, 1, "2026-11-23T08:00").await;
    let (_, b) = house.book(2, 2, "2026-11-23T10:00").await;
    let procedure = r#"{"resourceType":"Procedure","id":"x","status":"in-progress","subject":{"reference":"Patient/p1"},
        "basedOn":[{"reference":"ServiceRequest/c1"}],"code":{"coding":[{"system":"urn:ccam","code":"NEKA020"}]}}"#;
    house.hub.create(procedure).await;
    let body = format!(
        r#"{{"a":{{"id":"{}","version":1}},"b":{{"id":"{}","version":1}}}}"#,
        text(&a, "id"),
        text(&b, "id")
    );
    let refused = house.call("POST", "theatre/swap", &body).await;
    assert_eq!(refused.1.as_str(), Some("scheduling.booking-begun"), "{}", refused.1);
}

#[tokio::test]
async fn changes_can_be_undone_after_a_restart() {
    let house = house().await;
    assert_eq!(house.book(1, 1, "2026-11-23T08:00").await.0, 201);
    let again = std::sync::Arc::new(crate::Scheduling::default());
    let undo = house.hub.call(&*again, house.ctx(), "POST", "theatre/undo", "{}").await.unwrap();
    assert_eq!(undo.status, 200);
}

#[tokio::test]
async fn bad_input_is_told() {
    let house = house().await;
    for (start, wanted) in [
        ("2027-03-28T02:30", "scheduling.hour-skipped"),
        ("demain", "scheduling.time-unreadable"),
        ("2026-11-01T08:00", "scheduling.past"),
    ] {
        let (status, body) = house.book(1, 1, start).await;
        assert_eq!((status, body.as_str()), (422, Some(wanted)), "{start}");
    }
    for minutes in ["-5", "0", "1800", "\"x\"", "1.5"] {
        let body = format!(
            r#"{{"case":"ServiceRequest/c1","room":"Location/r1","start":"2026-11-23T08:00","minutes":{minutes}}}"#
        );
        assert_eq!(
            house.call("POST", "theatre/bookings", &body).await,
            (422, Json::string("scheduling.minutes"))
        );
    }
    assert_eq!(house.book(77, 1, "2026-11-23T08:00").await.1.as_str(), Some("scheduling.no-case"));
    assert_eq!(house.book(1, 7, "2026-11-23T08:00").await.1.as_str(), Some("scheduling.no-room"));
    let (status, _) = house.call("GET", "theatre/board?from=2026-11-23&to=2027-11-23", "").await;
    assert_eq!(status, 422);
    house.nothing_is_taken_twice().await;
}

#[tokio::test]
async fn two_bookings_change_places() {
    let house = house().await;
    let (_, a) = house.book(1, 1, "2026-11-23T08:00").await;
    let (_, b) = house.book(2, 2, "2026-11-23T09:00").await;
    let body = format!(
        r#"{{"a":{{"id":"{}","version":1}},"b":{{"id":"{}","version":1}}}}"#,
        text(&a, "id"),
        text(&b, "id")
    );
    let (status, told) = house.call("POST", "theatre/swap", &body).await;
    assert_eq!(status, 200, "{told}");
    let rooms: Vec<&str> = told.each("bookings").map(|b| text(b, "room")).collect();
    assert_eq!(rooms, ["Location/r2", "Location/r1"]);
    house.nothing_is_taken_twice().await;
    assert_eq!(house.call("POST", "theatre/swap", &body).await.0, 412);
}

#[tokio::test]
async fn a_plan_is_published_and_a_vacation_filled() {
    let house = house().await;
    house.book(1, 1, "2026-11-23T08:00").await;
    let (_, told) = house.call("POST", "theatre/publish", r#"{"from":"2026-11-23","to":"2026-11-24"}"#).await;
    assert_eq!(told.get("published").and_then(Json::as_number), Some("1"), "{told}");
    let body = r#"{"room":"Location/r1","from":"2026-11-23T09:20","until":"2026-11-23T12:00"}"#;
    let (status, told) = house.call("POST", "theatre/fill", body).await;
    let starts: Vec<&str> = told.each("proposals").map(|p| text(p, "start")).collect();
    assert_eq!(
        (status, starts),
        (200, vec!["2026-11-23T08:20:00.000Z", "2026-11-23T09:40:00.000Z"]),
        "{told}"
    );
}

#[tokio::test]
async fn the_optimiser_books_who_waits() {
    let house = house().await;
    let body = r#"{"from":"2026-11-23","to":"2026-11-25","steps":3000,"seed":7}"#;
    let (status, job) = house.call("POST", "ai/optimize-schedule", body).await;
    assert_eq!(status, 202, "{job}");
    let path = format!("ai/optimize-schedule/{}", text(&job, "job"));
    let told = loop {
        let (_, told) = house.call("GET", &path, "").await;
        if text(&told, "state") != "running" {
            break told;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!((text(&told, "state"), told.each("moves").count()), ("done", 4), "{told}");
    let (status, applied) = house.call("POST", &format!("{path}/apply"), "{}").await;
    assert_eq!((status, applied.get("booked").and_then(Json::as_number)), (200, Some("4")), "{applied}");
    house.nothing_is_taken_twice().await;
    // The world has moved: the same proposal cannot be applied again, and nothing changes.
    assert_ne!(house.call("POST", &format!("{path}/apply"), "{}").await.0, 200);
    let (_, board) = house.call("GET", "theatre/board?from=2026-11-23&to=2026-11-25", "").await;
    assert_eq!(board.each("bookings").count(), 4);
}

#[tokio::test]
async fn what_began_between_two_slots_is_not_run_into() {
    let house = house().await;
    for (case, room) in [(1, 1), (2, 2)] {
        assert!(house.book(case, room, "2026-11-23T08:04").await.0 < 300);
    }
    let body = r#"{"from":"2026-11-23","to":"2026-11-23","steps":3000,"seed":7,"move":"none"}"#;
    let (_, job) = house.call("POST", "ai/optimize-schedule", body).await;
    let path = format!("ai/optimize-schedule/{}", text(&job, "job"));
    while text(&house.call("GET", &path, "").await.1, "state") == "running" {
        tokio::task::yield_now().await;
    }
    let (status, applied) = house.call("POST", &format!("{path}/apply"), "{}").await;
    assert_eq!((status, applied.get("booked").and_then(Json::as_number)), (200, Some("2")), "{applied}");
    house.nothing_is_taken_twice().await;
}

#[tokio::test]
async fn an_emergency_finds_its_place() {
    let house = house().await;
    house.book(1, 1, "2026-11-22T10:00").await;
    let (status, told) = house.call("POST", "theatre/emergency", r#"{"case":"ServiceRequest/c2"}"#).await;
    assert_eq!(status, 200, "{told}");
    assert!(told.get("at").and_then(|at| at.get_str("room")).is_some(), "{told}");
    let path = format!("theatre/emergency/{}/apply", text(&told, "proposal"));
    assert_eq!(house.call("POST", &path, "{}").await.0, 200);
    house.nothing_is_taken_twice().await;
}
