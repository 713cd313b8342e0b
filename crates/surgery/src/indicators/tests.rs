//! Days that were worked out by hand, and what holds of any day.

use super::facts::{Facts, Operation, Stopped, Vacation};
use super::figures::{By, Measures};
use super::kinds::KINDS;
use super::weekly::without;
use crate::Surgery;
use fhir::Json;
use proptest::prelude::*;
use service::testing::TestHub;
use std::sync::Arc;
use store::Role;

const MINUTE: i64 = 60_000;
/// Monday 2026-11-16, 00:00 in Paris.
const MONDAY: i64 = 1_794_783_600_000;

/// A moment of that Monday.
fn at(hour: i64, minute: i64) -> i64 {
    MONDAY + (hour * 60 + minute) * MINUTE
}

fn operation(room: &str, (start, end, clean): (i64, i64, i64), planned: i64) -> Operation {
    Operation {
        case: format!("{room}-{start}"),
        number: String::new(),
        act: String::new(),
        room: room.into(),
        surgeon: Some("Practitioner/a".into()),
        planned: Some(planned),
        start,
        end,
        clean,
    }
}

fn vacation(room: &str, from: i64, until: i64) -> Vacation {
    Vacation { room: room.into(), owner: Some("Practitioner/a".into()), from, until }
}

fn value(row: &super::figures::Row, code: &str) -> Option<f64> {
    row.values[KINDS.iter().position(|kind| kind.code == code).unwrap()]
}

/// Room 1, vacation 08:00–13:00 (300 min). In at 08:12 planned 08:00, out 09:42, clean 10:00; in 10:10, out 12:50,
/// clean 13:20; in 15:00, out 16:00 (outside). Room 2, no vacation.
#[test]
fn a_morning_by_hand() {
    let mut facts = Facts {
        operations: vec![
            operation("1", (at(8, 12), at(9, 42), at(10, 0)), at(8, 0)),
            operation("1", (at(10, 10), at(12, 50), at(13, 20)), at(10, 0)),
            operation("1", (at(15, 0), at(16, 0), at(16, 0)), at(15, 0)),
            operation("2", (at(9, 0), at(9, 30), at(9, 30)), at(9, 0)),
        ],
        vacations: vec![vacation("1", at(8, 0), at(13, 0))],
        ..Facts::default()
    };
    facts.stopped.push(Stopped {
        case: "s".into(),
        number: String::new(),
        act: String::new(),
        room: "1".into(),
        surgeon: None,
        planned: at(11, 0),
    });
    let measures = Measures::new(&facts, 5);
    let rows = measures.rows(By::Room);
    let first = &rows[0];
    assert_eq!((first.key.as_str(), first.cases), ("1", 3));
    // 108 + 190 + 60 used; 108 + 170 inside; 20 over; 60 outside.
    let minutes = ["tvo", "tros", "trov", "debordement", "outside"].map(|code| value(first, code));
    assert_eq!(minutes, [300.0, 358.0, 278.0, 20.0, 60.0].map(Some));
    assert!((value(first, "occupation").unwrap() - 100.0 * 278.0 / 300.0).abs() < 1e-9);
    assert_eq!(value(first, "late-start"), Some(12.0));
    assert_eq!(value(first, "first-on-time"), Some(0.0));
    // 09:42 to 10:10; 12:50 to 15:00 is an empty room.
    assert_eq!(value(first, "inter-case"), Some(28.0));
    assert_eq!(value(first, "cancelled"), Some(25.0));
    let second = &rows[1];
    assert_eq!((value(second, "tvo"), value(second, "occupation")), (None, None));
    assert_eq!((value(second, "outside"), value(second, "late-start")), (Some(30.0), None));
    assert_eq!(value(&measures.total(), "tros"), Some(388.0));
    assert_eq!(value(&Measures::new(&facts, 15).total(), "first-on-time"), Some(100.0));
    let weeks = measures.weeks();
    assert_eq!((weeks.len(), weeks[0].key.as_str()), (1, "2026-11-16"));
    assert_eq!(measures.rows(By::Period)[0].key, "2026-11");
    assert_eq!(measures.rows(By::Specialty).iter().map(|r| r.key.as_str()).collect::<Vec<_>>(), ["-"]);
}

/// Two vacations one after the other: whoever comes at the end of the first is not the first of the second.
#[test]
fn each_vacation_has_a_first_patient_of_its_own() {
    let facts = Facts {
        operations: vec![
            operation("1", (at(7, 50), at(9, 0), at(9, 0)), at(8, 0)),
            operation("1", (at(12, 30), at(13, 10), at(13, 30)), at(12, 30)),
            operation("1", (at(13, 45), at(14, 0), at(14, 0)), at(13, 15)),
        ],
        vacations: vec![vacation("1", at(8, 0), at(13, 0)), vacation("1", at(13, 0), at(18, 0))],
        ..Facts::default()
    };
    let late: Vec<Option<i64>> = Measures::new(&facts, 5).each.iter().map(|m| m.late).collect();
    assert_eq!(late, [Some(0), None, Some(30)]);
    let total = Measures::new(&facts, 5).total();
    assert_eq!((value(&total, "debordement"), value(&total, "outside")), (Some(0.0), Some(10.0)));
}

#[test]
fn hours_without_hours() {
    assert_eq!(without(vec![(0, 10)], (3, 5)), [(0, 3), (5, 10)]);
    assert_eq!(without(vec![(0, 10)], (-5, 5)), [(5, 10)]);
    assert_eq!(without(vec![(0, 10)], (-5, 50)), []);
    assert_eq!(without(vec![(0, 10)], (10, 50)), [(0, 10)]);
}

proptest! {
    /// Used time is divided and never counted twice, whatever the day looks like.
    #[test]
    fn used_time_is_inside_over_or_outside(
        cases in prop::collection::vec((0i64..1400, 1i64..300, 0i64..60, 0usize..2), 1..12),
        hours in prop::collection::vec((0i64..700, 1i64..700), 0..3),
    ) {
        let mut vacations: Vec<Vacation> = Vec::new();
        for (from, lasts) in hours {
            let mut left = vec![(at(0, from), at(0, from + lasts))];
            for other in &vacations {
                left = without(left, (other.from, other.until));
            }
            vacations.extend(left.into_iter().map(|(from, until)| vacation("0", from, until)));
        }
        let mut operations: Vec<Operation> = cases.iter().map(|(start, lasts, cleaning, room)| {
            let (start, end) = (at(0, *start), at(0, start + lasts));
            operation(&room.to_string(), (start, end, end + cleaning * MINUTE), start)
        }).collect();
        operations.sort_by(|a, b| (&a.room, a.start).cmp(&(&b.room, b.start)));
        let facts = Facts { operations, vacations, ..Facts::default() };
        let measures = Measures::new(&facts, 5);
        for one in &measures.each {
            prop_assert_eq!(one.used, one.inside + one.over + one.outside);
            prop_assert!(one.used > 0 && one.inside >= 0 && one.over >= 0);
        }
        let total = measures.total();
        let rows = measures.rows(By::Room);
        let sum: f64 = rows.iter().filter_map(|row| value(row, "tros")).sum();
        prop_assert_eq!(value(&total, "tros"), Some(sum));
        let firsts = measures.each.iter().filter(|one| one.late.is_some()).count();
        prop_assert!(firsts <= facts.vacations.len());
    }
}

/// A clinic of one room: a vacation on Mondays, one operation with milestones, one cancelled on its day.
async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(Surgery)]).await;
    let theatre =
        r#""serviceCategory":[{"coding":[{"system":"urn:medhub:appointment-kind","code":"theatre"}]}]"#;
    let mark = |code: &str, time: &str| {
        format!(
            r#"{{"url":"urn:medhub:milestone","extension":[{{"url":"code","valueCode":"{code}"}},{{"url":"time","valueInstant":"{time}"}}]}}"#
        )
    };
    let booking = |id: &str, status: &str, start: &str, more: &str| {
        format!(
            r#"{{"resourceType":"Appointment","id":"b{id}","status":"{status}",{theatre},"identifier":[{{"system":"urn:medhub:case","value":"BLOC-{id}"}}],"start":"{start}","end":"2026-11-16T12:00:00Z","basedOn":[{{"reference":"ServiceRequest/c{id}"}}],"participant":[{{"actor":{{"reference":"Location/r"}},"status":"accepted"}},{{"type":[{{"coding":[{{"system":"urn:medhub:team","code":"surgeon"}}]}}],"actor":{{"reference":"Practitioner/d"}},"status":"accepted"}}]{more}}}"#
        )
    };
    let category = r#"{"coding":[{"system":"http://snomed.info/sct","code":"387713003"}]}"#;
    for json in [
        r#"{"resourceType":"Patient","id":"p","name":[{"family":"Martin"}]}"#.to_string(),
        r#"{"resourceType":"Practitioner","id":"d","name":[{"text":"Dr Ferrand"}]}"#.into(),
        r#"{"resourceType":"PractitionerRole","id":"dr","practitioner":{"reference":"Practitioner/d"},"specialty":[{"text":"Orthopédie"}]}"#.into(),
        r#"{"resourceType":"Location","id":"r","name":"Salle 1"}"#.into(),
        r#"{"resourceType":"Schedule","id":"v","actor":[{"reference":"Location/r"},{"reference":"Practitioner/d"}],"extension":[{"url":"urn:medhub:block","extension":[{"url":"weekday","valueUnsignedInt":1},{"url":"from","valueString":"08:00"},{"url":"until","valueString":"13:00"},{"url":"weeks","valueCode":"all"}]}]}"#.into(),
        r#"{"resourceType":"Schedule","id":"shut","actor":[{"reference":"Location/r"}]}"#.into(),
        r#"{"resourceType":"Slot","id":"s","schedule":{"reference":"Schedule/shut"},"status":"busy-unavailable","start":"2026-11-16T11:00:00Z","end":"2026-11-16T12:00:00Z"}"#.into(),
    ] {
        hub.create(&json).await;
    }
    for id in ["1", "2"] {
        hub.create(&format!(r#"{{"resourceType":"ServiceRequest","id":"c{id}","status":"active","intent":"order","category":[{category}],"subject":{{"reference":"Patient/p"}}}}"#)).await;
    }
    hub.create(&booking("1", "fulfilled", "2026-11-16T07:00:00Z", "")).await;
    let gone =
        r#","extension":[{"url":"urn:medhub:booking:cancelled-at","valueInstant":"2026-11-16T06:30:00Z"}]"#;
    hub.create(&booking("2", "cancelled", "2026-11-16T10:00:00Z", gone)).await;
    let marks = [
        mark("in", "2026-11-16T07:20:00Z"),
        mark("out", "2026-11-16T08:20:00Z"),
        mark("cleaned", "2026-11-16T08:40:00Z"),
    ];
    hub.create(&format!(r#"{{"resourceType":"Procedure","id":"pr","status":"completed","category":{category},"basedOn":[{{"reference":"ServiceRequest/c1"}}],"subject":{{"reference":"Patient/p"}},"location":{{"reference":"Location/r"}},"performedPeriod":{{"start":"2026-11-16T07:20:00Z","end":"2026-11-16T08:20:00Z"}},"extension":[{}]}}"#, marks.join(","))).await;
    hub
}

#[tokio::test]
async fn from_the_record_to_the_figures_and_back_to_the_cases() {
    let hub = hub().await;
    let ask = async |path: &str| {
        hub.ask(&Surgery, hub.ctx(&[Role::Surgeon, Role::MedicalAdmin]), "GET", path, "").await
    };
    let figures = ask("surgeries/indicators?from=2026-11-16&to=2026-11-16&by=specialty").await;
    let row = figures.each("rows").next().unwrap();
    assert_eq!(row.get_str("name"), Some("Orthopédie"));
    let value =
        |code: &str| row.get("values").and_then(|v| v.get(code)).and_then(Json::as_number).map(String::from);
    // 300 minutes without the hour that the room was shut; 80 used; 20 late; one of two did not take place.
    let found = ["tvo", "trov", "late-start", "first-on-time", "cancelled"].map(value);
    assert_eq!(found, ["240", "80", "20", "0", "50"].map(|text| Some(text.to_string())), "{figures}");
    let at = "surgeries/indicators/cases?from=2026-11-16&to=2026-11-16&by=specialty&key=Orthop%C3%A9die&indicator=";
    let at = at.replace("%C3%A9", "é");
    let late = ask(&format!("{at}late-start")).await;
    let late = late.each("cases").next().unwrap();
    assert_eq!(
        (late.get_str("id"), late.get_str("number"), late.get_str("room")),
        (Some("c1"), Some("BLOC-1"), Some("Salle 1"))
    );
    let stopped = ask(&format!("{at}cancelled")).await;
    assert_eq!(stopped.each("cases").map(|c| c.get_str("id")).collect::<Vec<_>>(), [Some("c2")]);
    let reply = hub
        .call(
            &Surgery,
            hub.ctx(&[Role::Surgeon]),
            "GET",
            "surgeries/indicators?from=2026-11-16&to=2026-11-16&format=csv",
            "",
        )
        .await
        .unwrap();
    assert!(
        String::from_utf8_lossy(&reply.body).contains("Salle 1;1;240;80;80;33,3;0;0;20;0;;50\r\n"),
        "{reply:?}"
    );
}

#[tokio::test]
async fn what_cannot_be_answered_is_said() {
    let hub = hub().await;
    for path in [
        "?from=2026-11-17&to=2026-11-16",
        "?from=hier",
        "?by=moon",
        "?tolerance=900",
        "?from=2020-01-01&to=2026-01-01",
        "/cases?indicator=no",
    ] {
        let answer = hub
            .call(&Surgery, hub.ctx(&[Role::Surgeon]), "GET", &format!("surgeries/indicators{path}"), "")
            .await;
        assert!(matches!(answer, Err(store::Error::Refused(_))), "{path}");
    }
    let patient = hub.call(&Surgery, hub.ctx(&[Role::Patient]), "GET", "surgeries/indicators", "").await;
    assert!(matches!(patient, Err(store::Error::Denied)));
}
