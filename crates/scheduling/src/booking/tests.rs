//! The rule, asked by plain FHIR writes.

use crate::fixture::{House, case, house};

fn appointment(id: &str, room: &str, surgeon: &str, (start, end): (&str, &str), more: &str) -> String {
    format!(
        r#"{{"resourceType":"Appointment","id":"{id}","status":"booked","serviceCategory":[{{"coding":[{{"system":"urn:medhub:appointment-kind","code":"theatre"}}]}}],
        "start":"2026-11-23T{start}:00+01:00","end":"2026-11-23T{end}:00+01:00","participant":[
        {{"actor":{{"reference":"Location/{room}"}},"status":"accepted"}},{{"actor":{{"reference":"Practitioner/{surgeon}"}},"status":"accepted"}}]{more}}}"#
    )
}

async fn refused(house: &House, json: &str) -> &'static str {
    match house.hub.try_create(json).await {
        Err(store::Error::Refused(issues)) => issues[0].text.key,
        Err(error) => panic!("{error}"),
        Ok(_) => "accepted",
    }
}

#[tokio::test]
async fn a_room_and_a_surgeon_are_booked_once() {
    let house = house().await;
    house.hub.create(&appointment("a", "r1", "s1", ("08:00", "09:00"), "")).await;
    let room = appointment("b", "r1", "s2", ("08:30", "09:30"), "");
    assert_eq!(refused(&house, &room).await, "scheduling.room-taken");
    let surgeon = appointment("b", "r2", "s1", ("08:30", "09:30"), "");
    assert_eq!(refused(&house, &surgeon).await, "scheduling.person-taken");
    let sentence = house.hub.refusal(&room).await;
    assert!(sentence.starts_with("Salle 1 est prise par le cas a de 08:00 à 09:00"), "{sentence}");
    assert!(sentence.contains("30 min"), "{sentence}");
    house.hub.create(&appointment("b", "r1", "s1", ("09:00", "10:00"), "")).await;
    // Moved onto another: refused, and it stays where it was.
    assert_eq!(
        refused(&house, &appointment("b", "r1", "s1", ("08:59", "10:00"), "")).await,
        "scheduling.room-taken"
    );
    assert_eq!(house.hub.get("Appointment/b").await.get_str("start"), Some("2026-11-23T09:00:00+01:00"));
    // A cancelled one leaves its place.
    house
        .hub
        .create(&appointment("a", "r1", "s1", ("08:00", "09:00"), "").replace("booked", "cancelled"))
        .await;
    house.hub.create(&appointment("c", "r1", "s1", ("08:00", "09:00"), "")).await;
}

#[tokio::test]
async fn cleaning_and_sterilisation_hold_their_things() {
    let house = house().await;
    let cleaning = r#","extension":[{"url":"urn:medhub:booking:cleaning","valueUnsignedInt":30}]"#;
    let scope = |json: String| {
        json.replace(
            r#""participant":["#,
            r#""participant":[{"actor":{"reference":"Device/scope"},"status":"accepted"},"#,
        )
    };
    house.hub.create(&scope(appointment("a", "r1", "s1", ("08:00", "09:00"), cleaning))).await;
    let soon = appointment("b", "r1", "s2", ("09:15", "10:00"), "");
    assert_eq!(refused(&house, &soon).await, "scheduling.room-taken");
    let unsterile = scope(appointment("b", "r2", "s2", ("09:59", "10:30"), ""));
    assert_eq!(refused(&house, &unsterile).await, "scheduling.pool-empty");
    house.hub.create(&scope(appointment("b", "r2", "s2", ("10:00", "10:30"), ""))).await;
}

#[tokio::test]
async fn what_is_closed_or_absent_is_not_booked() {
    let house = house().await;
    for (schedule, of) in [("sr", "Location/site"), ("sp", "Practitioner/s2")] {
        house
            .hub
            .create(&format!(
                r#"{{"resourceType":"Schedule","id":"{schedule}","actor":[{{"reference":"{of}"}}]}}"#
            ))
            .await;
    }
    house.hub.create(r#"{"resourceType":"Slot","id":"x","schedule":{"reference":"Schedule/sp"},"status":"busy-unavailable","start":"2026-11-01T00:00:00+01:00","end":"2026-12-01T00:00:00+01:00","comment":"Congés"}"#).await;
    assert_eq!(
        refused(&house, &appointment("a", "r1", "s2", ("08:00", "09:00"), "")).await,
        "scheduling.absent"
    );
    house.hub.create(&appointment("a", "r1", "s1", ("08:00", "09:00"), "")).await;
    // A closure under a plan changes nothing of it; what is new is refused.
    house.hub.create(r#"{"resourceType":"Slot","id":"y","schedule":{"reference":"Schedule/sr"},"status":"busy-unavailable","start":"2026-11-23T00:00:00+01:00","end":"2026-11-24T00:00:00+01:00","comment":"Panne électrique"}"#).await;
    assert_eq!(
        refused(&house, &appointment("b", "r2", "s1", ("10:00", "11:00"), "")).await,
        "scheduling.closed"
    );
    let arrived = appointment("a", "r1", "s1", ("08:00", "09:00"), "").replace("booked", "arrived");
    house.hub.create(&arrived).await;
}

#[tokio::test]
async fn impossible_times_and_sides_are_refused() {
    let house = house().await;
    let back = appointment("a", "r1", "s1", ("09:00", "08:00"), "");
    assert!(house.hub.try_create(&back).await.is_err());
    let long =
        appointment("a", "r1", "s1", ("08:00", "09:00"), "").replace("2026-11-23T09:00", "2026-11-24T14:00");
    assert_eq!(refused(&house, &long).await, "scheduling.too-long");
    let side = r#","basedOn":[{"reference":"ServiceRequest/c1"}],"extension":[{"url":"urn:medhub:booking:side","valueCode":"right"}]"#;
    assert_eq!(
        refused(&house, &appointment("a", "r1", "s1", ("08:00", "09:00"), side)).await,
        "scheduling.side-differs"
    );
    let left = side.replace("right", "left");
    house.hub.create(&appointment("a", "r1", "s1", ("08:00", "09:00"), &left)).await;
    assert_eq!(
        refused(&house, &appointment("b", "r2", "s2", ("10:00", "11:00"), &left)).await,
        "scheduling.case-booked-twice"
    );
    house.hub.create(&case(1, "s1", "left", "")).await;
}

#[tokio::test]
async fn history_and_unknown_kinds_are_free() {
    let house = house().await;
    let done = appointment("a", "r1", "s1", ("08:00", "09:00"), "").replace("booked", "fulfilled");
    house.hub.create(&done).await;
    house.hub.create(&done.replace(r#""id":"a""#, r#""id":"b""#)).await;
    let plain = r#"{"resourceType":"Appointment","id":"p","status":"booked","start":"2026-11-23T08:00:00+01:00","end":"2026-11-23T08:30:00+01:00","participant":[{"actor":{"reference":"Practitioner/s1"},"status":"accepted"}]}"#;
    house.hub.create(plain).await;
    house.hub.create(&plain.replace(r#""id":"p""#, r#""id":"q""#)).await;
    // They take the time of their people all the same.
    assert_eq!(
        refused(&house, &appointment("c", "r1", "s1", ("08:00", "09:00"), "")).await,
        "scheduling.person-taken"
    );
}

#[tokio::test]
async fn a_locked_booking_stays() {
    let house = house().await;
    let locked = r#","extension":[{"url":"urn:medhub:booking:lock","valueCode":"locked"}]"#;
    house.hub.create(&appointment("a", "r1", "s1", ("08:00", "09:00"), locked)).await;
    let moved = appointment("a", "r1", "s1", ("10:00", "11:00"), locked);
    assert_eq!(refused(&house, &moved).await, "scheduling.locked");
    house.hub.create(&appointment("a", "r1", "s1", ("08:00", "09:00"), "")).await;
    house.hub.create(&moved).await;
}

#[tokio::test]
async fn a_hold_holds_for_its_time_and_no_longer() {
    let house = house().await;
    let hold = r#","extension":[{"url":"urn:medhub:booking:hold-until","valueInstant":"UNTIL"}]"#;
    let now = house.ctx().clock.now_ms();
    let hold = hold.replace("UNTIL", &fhir::date::instant_format(now + 300_000));
    let held = appointment("a", "r1", "s1", ("08:00", "09:00"), &hold).replace("booked", "pending");
    house.hub.create(&held).await;
    let wish = appointment("b", "r1", "s2", ("08:30", "09:30"), "");
    assert_eq!(refused(&house, &wish).await, "scheduling.room-taken");
    house.hub.clock.advance(std::time::Duration::from_secs(301));
    house.hub.create(&wish).await;
    // Whoever held it comes too late, though the hold was never ended.
    let late = appointment("a", "r1", "s1", ("08:00", "09:00"), "");
    assert_eq!(refused(&house, &late).await, "scheduling.room-taken");
}
