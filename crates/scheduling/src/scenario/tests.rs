use crate::fixture::{House, house};
use fhir::Json;

async fn begin(house: &House) -> String {
    let body = r#"{"name":"Sans la salle 1","from":"2026-11-23","to":"2026-11-23"}"#;
    let (status, made) = house.call("POST", "theatre/scenarios", body).await;
    assert_eq!(status, 201, "{made}");
    made.get_str("id").unwrap().to_string()
}

fn count(json: &Json<'_>, when: &str, name: &str) -> i64 {
    let figures = json.get("figures").and_then(|f| f.get(when)).unwrap();
    figures.get(name).and_then(Json::as_number).unwrap().parse().unwrap()
}

fn booking(json: &Json<'_>) -> String {
    json.get_str("id").unwrap().to_string()
}

#[tokio::test]
async fn a_scenario_is_tried_compared_and_applied_whole() {
    let house = house().await;
    let (_, first) = house.book(1, 1, "2026-11-23T08:00").await;
    // On another day: no case that waits, there or here.
    assert_eq!(house.book(4, 1, "2026-12-14T08:00").await.0, 201);
    let (first, id) = (booking(&first), begin(&house).await);
    let moves = format!("theatre/scenarios/{id}/moves");
    let body = format!(r#"{{"booking":"{first}","room":"Location/r2","start":"2026-11-23T10:00"}}"#);
    let (status, shown) = house.call("PUT", &moves, &body).await;
    assert_eq!(status, 200, "{shown}");
    let body = r#"{"case":"ServiceRequest/c2","room":"Location/r1","start":"2026-11-23T08:00"}"#;
    let (status, shown) = house.call("PUT", &moves, body).await;
    assert_eq!(status, 200, "{shown}");
    assert_eq!((count(&shown, "now", "cases"), count(&shown, "then", "cases")), (1, 2), "{shown}");
    assert_eq!((count(&shown, "now", "waiting"), count(&shown, "then", "waiting")), (2, 1), "{shown}");
    // The plan is untouched; the board of the scenario shows both, each once.
    let (_, board) = house.call("GET", "theatre/board?from=2026-11-23", "").await;
    assert_eq!(board.each("bookings").count(), 1);
    let (_, board) = house.call("GET", &format!("theatre/board?from=2026-11-23&scenario={id}"), "").await;
    let rooms: Vec<_> = board.each("bookings").filter_map(|b| b.get_str("room")).collect();
    assert_eq!(rooms, ["Location/r1", "Location/r2"], "{board}");
    let waiting: Vec<_> = board.each("unscheduled").filter_map(|c| c.get_str("case")).collect();
    assert_eq!(waiting, ["ServiceRequest/c3"], "{board}");
    // In the scenario's world r2 at 10 is taken, r1 at 8 is taken by the second, and the first may go back.
    let third = r#""case":"ServiceRequest/c3","start":"2026-11-23T10:00","room":"Location/r2""#;
    let (_, told) = house.call("POST", "theatre/check", &format!(r#"{{"scenario":"{id}",{third}}}"#)).await;
    assert_eq!(told.get("ok").and_then(Json::as_bool), Some(false), "{told}");
    let (status, refused) = house.call("PUT", &moves, &format!("{{{third}}}")).await;
    assert_eq!(status, 409, "{refused}");
    assert!(refused.each("offers").count() > 0, "{refused}");
    // What only the scenario has is moved there by its own id.
    let (status, shown) =
        house.call("PUT", &moves, r#"{"booking":"scenario-c2","start":"2026-11-23T12:00"}"#).await;
    assert_eq!(status, 200, "{shown}");
    let (status, done) = house.call("POST", &format!("theatre/scenarios/{id}/apply"), "{}").await;
    assert_eq!(status, 200, "{done}");
    let (_, board) = house.call("GET", "theatre/board?from=2026-11-23", "").await;
    let starts: Vec<_> = board.each("bookings").filter_map(|b| b.get_str("start")).collect();
    assert_eq!(starts, ["2026-11-23T09:00:00.000Z", "2026-11-23T11:00:00.000Z"], "{board}");
    house.nothing_is_taken_twice().await;
    assert_eq!(
        house.call("GET", &format!("theatre/scenarios/{id}"), "").await.1.as_str(),
        Some("scheduling.no-scenario")
    );
    assert_eq!(house.call("POST", "theatre/undo", "{}").await.0, 200);
    let (_, board) = house.call("GET", "theatre/board?from=2026-11-23", "").await;
    let starts: Vec<_> = board.each("bookings").filter_map(|b| b.get_str("start")).collect();
    assert_eq!(starts, ["2026-11-23T07:00:00.000Z"], "{board}");
}

#[tokio::test]
async fn what_the_world_overtook_is_told_and_holds_the_scenario_back() {
    let house = house().await;
    let (_, first) = house.book(1, 1, "2026-11-23T08:00").await;
    let (first, id) = (booking(&first), begin(&house).await);
    let moves = format!("theatre/scenarios/{id}/moves");
    let body = format!(r#"{{"booking":"{first}","start":"2026-11-23T12:00"}}"#);
    assert_eq!(house.call("PUT", &moves, &body).await.0, 200);
    let body = r#"{"case":"ServiceRequest/c2","room":"Location/r2","start":"2026-11-23T08:00"}"#;
    assert_eq!(house.call("PUT", &moves, body).await.0, 200);
    // Somebody moves the first and books the second.
    let body = r#"{"version":1,"start":"2026-11-23T09:00"}"#;
    assert_eq!(house.call("PUT", &format!("theatre/bookings/{first}"), body).await.0, 200);
    assert_eq!(house.book(2, 2, "2026-11-23T14:00").await.0, 201);
    let (_, shown) = house.call("GET", &format!("theatre/scenarios/{id}"), "").await;
    let stale: Vec<_> = shown.each("moves").filter_map(|m| m.get_str("stale")).collect();
    assert_eq!(stale, ["changed", "booked"], "{shown}");
    let (_, list) = house.call("GET", "theatre/scenarios", "").await;
    assert_eq!(list.each("scenarios").next().unwrap().get("stale").unwrap().to_string(), "2", "{list}");
    let apply = format!("theatre/scenarios/{id}/apply");
    assert_eq!(house.call("POST", &apply, "{}").await.1.as_str(), Some("scheduling.scenario-stale"));
    // Moved again from where it is now; the other is taken out.
    let body = format!(r#"{{"booking":"{first}","start":"2026-11-23T12:00"}}"#);
    assert_eq!(house.call("PUT", &moves, &body).await.0, 200);
    assert_eq!(house.call("DELETE", &format!("{moves}/c2"), "").await.0, 200);
    assert_eq!(house.call("POST", &apply, "{}").await.0, 200);
    house.nothing_is_taken_twice().await;
}

#[tokio::test]
async fn a_booking_can_leave_the_plan_and_bad_input_is_told() {
    let house = house().await;
    let (_, first) = house.book(1, 1, "2026-11-23T08:00").await;
    let (first, id) = (booking(&first), begin(&house).await);
    let moves = format!("theatre/scenarios/{id}/moves");
    let apply = format!("theatre/scenarios/{id}/apply");
    assert_eq!(house.call("POST", &apply, "{}").await.1.as_str(), Some("scheduling.scenario-empty"));
    let (status, shown) = house.call("PUT", &moves, &format!(r#"{{"booking":"{first}","out":true}}"#)).await;
    assert_eq!(status, 200, "{shown}");
    assert_eq!((count(&shown, "now", "cases"), count(&shown, "then", "cases")), (1, 0), "{shown}");
    assert_eq!((count(&shown, "now", "waiting"), count(&shown, "then", "waiting")), (3, 4), "{shown}");
    for (body, wanted) in [
        (
            r#"{"case":"ServiceRequest/none","room":"Location/r1","start":"2026-11-23T08:00"}"#,
            "scheduling.no-case",
        ),
        (r#"{"booking":"none","start":"2026-11-23T08:00"}"#, ""),
        (
            r#"{"case":"ServiceRequest/c2","room":"Location/r1","start":"2026-11-01T08:00"}"#,
            "scheduling.past",
        ),
        (
            r#"{"case":"ServiceRequest/c2","room":"Location/r1","start":"2026-11-23T08:00","minutes":1800}"#,
            "scheduling.minutes",
        ),
    ] {
        let (status, told) = house.call("PUT", &moves, body).await;
        assert!(matches!(status, 404 | 422), "{body}: {status} {told}");
        assert!(wanted.is_empty() || told.as_str() == Some(wanted), "{body}: {told}");
    }
    for body in [
        r#"{"name":"","from":"2026-11-23","to":"2026-11-23"}"#,
        r#"{"name":"x","from":"2026-11-23","to":"2026-11-22"}"#,
        r#"{"name":"x","from":"2026-11-23","to":"2027-11-23"}"#,
        r#"{"name":"x","from":"2026-11-23","to":"2026-11-23","job":"none"}"#,
    ] {
        assert_eq!(house.call("POST", "theatre/scenarios", body).await.0, 422, "{body}");
    }
    assert_eq!(house.call("DELETE", &format!("theatre/scenarios/{id}"), "").await.0, 204);
    assert_eq!(house.call("GET", &format!("theatre/scenarios/{id}"), "").await.0, 422);
    let (_, board) = house.call("GET", "theatre/board?from=2026-11-23", "").await;
    assert_eq!(board.each("bookings").count(), 1);
}

#[tokio::test]
async fn a_patient_in_the_room_is_moved_by_no_scenario_and_no_undo() {
    let house = house().await;
    let (_, first) = house.book(1, 1, "2026-11-23T08:00").await;
    let (first, id) = (booking(&first), begin(&house).await);
    let moves = format!("theatre/scenarios/{id}/moves");
    let body = format!(r#"{{"booking":"{first}","start":"2026-11-23T12:00"}}"#);
    assert_eq!(house.call("PUT", &moves, &body).await.0, 200);
    let procedure = r#"{"resourceType":"Procedure","id":"x","status":"in-progress","subject":{"reference":"Patient/p1"},
        "basedOn":[{"reference":"ServiceRequest/c1"}],"code":{"coding":[{"system":"urn:ccam","code":"NEKA020"}]}}"#;
    house.hub.create(procedure).await;
    let (_, shown) = house.call("GET", &format!("theatre/scenarios/{id}"), "").await;
    assert_eq!(shown.each("moves").next().and_then(|m| m.get_str("stale")), Some("begun"), "{shown}");
    let apply = format!("theatre/scenarios/{id}/apply");
    assert_eq!(house.call("POST", &apply, "{}").await.1.as_str(), Some("scheduling.scenario-stale"));
    let (_, log) = house.call("GET", "theatre/log", "").await;
    assert_eq!(log.each("actions").next().and_then(|a| a.get("can")?.as_bool()), Some(false), "{log}");
    assert_eq!(house.call("POST", "theatre/undo", "{}").await.1.as_str(), Some("scheduling.moved-on"));
}
