//! Consultations.

use crate::fixture::house;
use fhir::Json;

#[tokio::test]
async fn a_consultation_takes_the_time_of_its_professional() {
    let house = house().await;
    let body = |start: &str, more: &str| {
        format!(
            r#"{{"patient":"p1","practitioner":"Practitioner/s1","start":"{start}","type":"Suivi"{more}}}"#
        )
    };
    let (status, first) = house.call("POST", "appointments", &body("2026-11-23T09:00", "")).await;
    assert_eq!((status, first.get_str("type")), (201, Some("Suivi")), "{first}");
    assert_eq!(house.call("POST", "appointments", &body("2026-11-23T09:10", "")).await.0, 409);
    assert_eq!(
        house.call("POST", "appointments", &body("2026-11-23T09:10", r#","overbook":true"#)).await.0,
        201
    );
    // Nobody operates while they see a patient.
    assert_eq!(house.book(1, 1, "2026-11-23T08:30").await.0, 409);
    let (_, free) =
        house.call("GET", "providers/s1/availability?from=2026-11-23&to=2026-11-23&minutes=30", "").await;
    let starts: Vec<&str> = free.each("slots").filter_map(|s| s.get_str("start")).take(3).collect();
    assert_eq!(starts, ["2026-11-23T07:00:00.000Z", "2026-11-23T07:30:00.000Z", "2026-11-23T08:30:00.000Z"]);
    let id = first.get_str("id").unwrap();
    let (status, moved) =
        house.call("PUT", &format!("appointments/{id}"), r#"{"version":1,"start":"2026-11-23T11:00"}"#).await;
    assert_eq!((status, moved.get_str("start")), (200, Some("2026-11-23T10:00:00.000Z")), "{moved}");
    let (status, gone) = house.call("DELETE", &format!("appointments/{id}"), "").await;
    assert_eq!((status, gone.get_str("status")), (200, Some("cancelled")));
}

#[tokio::test]
async fn a_series_keeps_its_hour_through_the_clock_change_and_is_booked_as_a_whole() {
    let house = house().await;
    let body = r#"{"patient":"p2","practitioner":"Practitioner/s2","start":"2027-03-22T09:00","series":{"every":"week","times":3}}"#;
    let (status, told) = house.call("POST", "appointments", body).await;
    let starts: Vec<&str> = told.each("appointments").filter_map(|a| a.get_str("start")).collect();
    assert_eq!(
        (status, starts),
        (201, vec!["2027-03-22T08:00:00.000Z", "2027-03-29T07:00:00.000Z", "2027-04-05T07:00:00.000Z"])
    );
    // The last of another series is taken: none is written.
    let other = body.replace("03-22", "03-15").replace("p2", "p1");
    assert_eq!(house.call("POST", "appointments", &other).await.0, 409);
    let (_, list) = house.call("GET", "appointments?from=2027-03-01&to=2027-04-10", "").await;
    assert_eq!(list.get("appointments").and_then(Json::as_array).map(<[_]>::len), Some(3));
}
