//! Who works is booked in the hours alone; free times follow; hours are replaced whole.

use crate::fixture::house;
use fhir::{Json, Lang};
use store::Ctx;

const MORNINGS: &str = r#"{"version":0,"starts":"2026-11-01","hours":[
    {"weekday":1,"from":"08:00","until":"12:00","weeks":"all"},
    {"weekday":6,"from":"09:00","until":"11:00","weeks":"even"}]}"#;

#[tokio::test]
async fn nobody_is_booked_outside_the_hours() {
    let house = house().await;
    assert_eq!(house.book(3, 2, "2026-11-24T09:00").await.0, 201);
    let (status, told) = house.call("PUT", "theatre/people/s1/hours", MORNINGS).await;
    assert_eq!((status, told.each("hours").count(), told.each("hit").count()), (200, 2, 1), "{told}");
    let (status, refused) = house.book(1, 1, "2026-11-23T14:00").await;
    assert_eq!(status, 409, "{refused}");
    let conflict = refused.each("conflicts").find(|c| c.get_str("kind") == Some("absent")).unwrap();
    let words = conflict.get_str("text").unwrap();
    assert!(words.contains("Dr s1") && words.contains("lundi 23/11 : 08:00–12:00"), "{words}");
    assert_eq!(house.book(1, 1, "2026-11-23T09:00").await.0, 201);
    // The board does not show every evening as an absence.
    let (_, board) = house.call("GET", "theatre/board?from=2026-11-23&to=2026-11-24", "").await;
    assert_eq!(board.each("absences").count(), 0);
    let (_, closures) = house.call("GET", "theatre/closures?from=2026-11-23&to=2026-11-24", "").await;
    assert_eq!(closures.each("closures").count(), 0);
}

#[tokio::test]
async fn free_times_follow_the_hours_and_the_weeks() {
    let house = house().await;
    assert_eq!(house.call("PUT", "theatre/people/s1/hours", MORNINGS).await.0, 200);
    let path = "providers/s1/availability?from=2026-11-23&to=2026-12-05&minutes=60";
    let (_, free) = house.call("GET", path, "").await;
    let starts: Vec<&str> = free.each("slots").filter_map(|s| s.get_str("start")).collect();
    let expected = [
        "2026-11-23T07:00:00.000Z",
        "2026-11-23T08:00:00.000Z",
        "2026-11-23T09:00:00.000Z",
        "2026-11-23T10:00:00.000Z",
        // Saturday of week 48; that of week 49 is free.
        "2026-11-28T08:00:00.000Z",
        "2026-11-28T09:00:00.000Z",
        "2026-11-30T07:00:00.000Z",
        "2026-11-30T08:00:00.000Z",
        "2026-11-30T09:00:00.000Z",
        "2026-11-30T10:00:00.000Z",
    ];
    assert_eq!(starts, expected);
}

#[tokio::test]
async fn hours_are_replaced_whole_and_absences_stay() {
    let house = house().await;
    let absent = r#"{"of":"Practitioner/s1","from":"2026-11-30T00:00","until":"2026-12-01T00:00","kind":"absent","reason":"Congrès"}"#;
    assert_eq!(house.call("PUT", "theatre/people/s1/hours", MORNINGS).await.0, 200);
    assert_eq!(house.call("POST", "theatre/closures", absent).await.0, 201);
    assert_eq!(house.call("PUT", "theatre/people/s1/hours", MORNINGS).await.0, 412);
    let (status, told) = house.call("PUT", "theatre/people/s1/hours", r#"{"version":1,"hours":[]}"#).await;
    assert_eq!((status, told.each("hours").count()), (200, 0), "{told}");
    assert_eq!(house.book(1, 1, "2026-11-23T14:00").await.0, 201, "without hours nobody is bound");
    assert_eq!(house.book(3, 2, "2026-11-30T14:00").await.0, 409, "the absence stays");
    // And again: the Slots that had ended come back.
    let again = MORNINGS.replace(r#""version":0"#, r#""version":2"#);
    assert_eq!(house.call("PUT", "theatre/people/s1/hours", &again).await.0, 200);
    assert_eq!(house.book(3, 2, "2026-12-07T14:00").await.0, 409);
    for wrong in [
        r#"{"version":3,"hours":[{"weekday":1,"from":"20:00","until":"06:00"}]}"#,
        r#"{"version":3,"hours":[{"weekday":8,"from":"08:00","until":"12:00"}]}"#,
        r#"{"version":3,"hours":"always"}"#,
        r#"{"version":3,"hours":[],"starts":"2026-12-02","ends":"2026-12-01"}"#,
    ] {
        let (_, told) = house.call("PUT", "theatre/people/s1/hours", wrong).await;
        assert_eq!(told.as_str(), Some("scheduling.hours-wrong"), "{wrong}");
    }
    assert_eq!(house.call("GET", "theatre/people/nobody/hours", "").await.0, 404);
}

#[tokio::test]
async fn the_decoder_offers_places_within_the_hours_alone() {
    let house = house().await;
    let path = "theatre/free?case=ServiceRequest/c1&from=2026-11-23&to=2026-11-30&count=20";
    let within = |start: &str| {
        let monday = start.starts_with("2026-11-23T") || start.starts_with("2026-11-30T");
        // An hour of operation, and the morning ends at 11:00 UTC.
        monday && ("07:00"..="10:00").contains(&&start[11..16])
    };
    let (_, before) = house.call("GET", path, "").await;
    let starts: Vec<&str> = before.each("offers").filter_map(|o| o.get_str("start")).collect();
    assert!(starts.iter().any(|start| !within(start)), "{before}");
    assert_eq!(house.call("PUT", "theatre/people/s1/hours", MORNINGS).await.0, 200);
    let (_, after) = house.call("GET", path, "").await;
    let starts: Vec<&str> = after.each("offers").filter_map(|o| o.get_str("start")).collect();
    assert!(!starts.is_empty() && starts.iter().all(|start| within(start)), "{after}");
}

#[tokio::test]
async fn hours_that_begin_later_leave_todays_in_force_until_then() {
    let house = house().await;
    assert_eq!(house.call("PUT", "theatre/people/s1/hours", MORNINGS).await.0, 200);
    // From Monday 7 December on: Mondays from noon, told two weeks before.
    let later =
        r#"{"version":1,"starts":"2026-12-07","hours":[{"weekday":1,"from":"13:00","until":"17:00"}]}"#;
    let (status, told) = house.call("PUT", "theatre/people/s1/hours", later).await;
    assert_eq!(status, 200, "{told}");
    assert_eq!(house.book(1, 1, "2026-11-23T14:00").await.0, 409, "the mornings still hold");
    assert_eq!(house.book(1, 1, "2026-11-23T09:00").await.0, 201);
    assert_eq!(house.book(3, 2, "2026-12-07T09:00").await.0, 409, "and end when the new hours begin");
    assert_eq!(house.book(3, 2, "2026-12-07T14:00").await.0, 201);
    let (_, told) = house.call("GET", "theatre/people/s1/hours", "").await;
    assert_eq!((told.each("hours").count(), told.get_str("ends")), (2, Some("2026-12-06")), "{told}");
    let next = told.each("later").next().unwrap();
    assert_eq!((next.each("hours").count(), next.get_str("starts")), (1, Some("2026-12-07")));
    // Free times of a week in which they change.
    let path = "providers/s1/availability?from=2026-12-05&to=2026-12-07&minutes=60";
    let (_, free) = house.call("GET", path, "").await;
    let first = free.each("slots").find_map(|s| s.get_str("start")).unwrap().to_string();
    assert_eq!(first, "2026-12-07T12:00:00.000Z");
    // When nothing more is said of the end, what was to come is said anew as well.
    let all = MORNINGS.replace(r#""version":0"#, r#""version":2"#);
    let (_, told) = house.call("PUT", "theatre/people/s1/hours", &all).await;
    assert_eq!((told.get("ends"), told.each("later").count()), (Some(&Json::Null), 0), "{told}");
}

#[tokio::test]
async fn a_week_of_other_hours_ends_by_itself_and_hours_change_five_times_at_most() {
    let house = house().await;
    assert_eq!(house.call("PUT", "theatre/people/s1/hours", MORNINGS).await.0, 200);
    let week = r#"{"version":1,"starts":"2026-12-07","ends":"2026-12-13","hours":[{"weekday":1,"from":"13:00","until":"17:00"}]}"#;
    let (status, told) = house.call("PUT", "theatre/people/s1/hours", week).await;
    assert_eq!((status, told.each("later").count()), (200, 2), "{told}");
    assert_eq!(house.book(1, 1, "2026-12-07T09:00").await.0, 409);
    assert_eq!(house.book(1, 1, "2026-12-14T14:00").await.0, 409, "the mornings come back");
    assert_eq!(house.book(1, 1, "2026-12-14T09:00").await.0, 201);
    let again = week.replace(":1,", ":2,").replace("12-07", "12-21").replace("12-13", "12-27");
    assert_eq!(house.call("PUT", "theatre/people/s1/hours", &again).await.0, 200);
    let once_more =
        again.replace(":2,", ":3,").replace("2026-12-21", "2027-01-04").replace("2026-12-27", "2027-01-10");
    let (_, told) = house.call("PUT", "theatre/people/s1/hours", &once_more).await;
    assert_eq!(told.as_str(), Some("scheduling.hours-periods"));
}

/// A Schedule as it was written before hours had periods.
#[tokio::test]
async fn hours_that_were_written_before_are_read() {
    let house = house().await;
    let id = super::schedule_of("Practitioner/s1");
    let part = |url: &str, value: &str| format!(r#"{{"url":"{url}",{value}}}"#);
    let parts = [
        part("weekday", r#""valueUnsignedInt":1"#),
        part("from", r#""valueString":"08:00""#),
        part("until", r#""valueString":"12:00""#),
    ];
    let row = format!(r#"{{"url":"urn:medhub:working-hours","extension":[{}]}}"#, parts.join(","));
    house.hub.create(&format!(
        r#"{{"resourceType":"Schedule","id":"{id}","active":true,"actor":[{{"reference":"Practitioner/s1"}}],"extension":[{row}],
        "planningHorizon":{{"start":"2026-11-01T00:00:00+01:00","end":"2027-01-01T00:00:00+01:00"}}}}"#
    )).await;
    let (_, told) = house.call("GET", "theatre/people/s1/hours", "").await;
    assert_eq!((told.each("hours").count(), told.get_str("ends")), (1, Some("2026-12-31")), "{told}");
}

/// The refusal follows who asks.
#[tokio::test]
async fn hours_refuse_in_the_language_of_the_caller() {
    let house = house().await;
    assert_eq!(house.call("PUT", "theatre/people/s1/hours", MORNINGS).await.0, 200);
    let body = r#"{"case":"ServiceRequest/c1","room":"Location/r1","start":"2026-11-23T14:00"}"#;
    for (lang, words) in [
        (Lang::Fr, "(lundi 23/11 : 08:00–12:00)"),
        (Lang::En, "(Monday 23/11: 08:00–12:00)"),
        (Lang::De, "(Montag 23.11.: 08:00–12:00)"),
    ] {
        let ctx = Ctx { lang, ..house.ctx() };
        let reply = house.hub.call(&*house.service, ctx, "POST", "theatre/bookings", body).await.unwrap();
        let told = fhir::json::parse(&reply.body).unwrap();
        let said = told.each("conflicts").find_map(|c| c.get_str("text")).unwrap();
        assert!(said.contains(words), "{said}");
        assert!(lang == Lang::Fr || !said.contains("travail"), "{said}");
    }
}
