use super::expand::away;
use super::read::events;
use crate::fixture::{House, house};
use crate::zone::DAY;
use fhir::Json;

/// 2026-11-22, noon in Paris.
const NOW: i64 = 1_795_345_200_000;

fn spans(lines: &str) -> (Vec<String>, usize, usize) {
    let text = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{}END:VCALENDAR\r\n",
        lines.replace('\n', "\r\n")
    );
    let (events, unread) = events(&text).expect("a calendar");
    let found = away(&events, (NOW, NOW + 365 * DAY));
    let told = found.spans.iter().map(|(from, until)| {
        let at = |ms: i64| fhir::date::instant_format(ms).chars().take(16).collect::<String>();
        format!("{} {}", at(*from), at(*until))
    });
    (told.collect(), found.skipped, unread + found.unread)
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:u1\nSUMMARY:Chez\\, Paul\n{lines}\nEND:VEVENT\n")
}

#[test]
fn times_days_durations_and_zones_are_read() {
    for (lines, wanted) in [
        ("DTSTART:20261201T080000Z\nDTEND:20261201T093000Z", "2026-12-01T08:00 2026-12-01T09:30"),
        ("DTSTART:20261201T080000\nDURATION:PT1H30M", "2026-12-01T07:00 2026-12-01T08:30"),
        (
            "DTSTART;TZID=America/New_York:20261201T080000\nDTEND;TZID=America/New_York:20261201T090000",
            "2026-12-01T13:00 2026-12-01T14:00",
        ),
        (
            "DTSTART;TZID=\"Romance Standard Time\":20270701T080000\nDTEND;TZID=\"Romance Standard Time\":20270701T090000",
            "2027-07-01T06:00 2027-07-01T07:00",
        ),
        ("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227", "2026-12-23T23:00 2026-12-26T23:00"),
        ("DTSTART;VALUE=DATE:20261224", "2026-12-23T23:00 2026-12-24T23:00"),
        // The day that loses an hour is a day.
        ("DTSTART;VALUE=DATE:20270328", "2027-03-27T23:00 2027-03-28T22:00"),
        // What began before is cut to what is left of it.
        ("DTSTART:20261101T000000Z\nDTEND:20261123T000000Z", "2026-11-22T11:00 2026-11-23T00:00"),
    ] {
        assert_eq!(spans(&event(lines)), (vec![wanted.to_string()], 0, 0), "{lines}");
    }
}

#[test]
fn series_keep_their_hour_and_their_exceptions() {
    let weekly = "DTSTART;TZID=Europe/Paris:20270322T080000\nDTEND;TZID=Europe/Paris:20270322T090000\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;TZID=Europe/Paris:20270329T080000";
    let (found, ..) = spans(&event(weekly));
    assert_eq!(found, ["2027-03-22T07:00 2027-03-22T08:00", "2027-04-05T06:00 2027-04-05T07:00"]);
    // One of the series was moved, another cancelled; the end is a mere day.
    let series = "DTSTART;TZID=Europe/Paris:20261130T080000\nDTEND;TZID=Europe/Paris:20261130T090000\nRRULE:FREQ=DAILY;UNTIL=20261203";
    let moved = "RECURRENCE-ID;TZID=Europe/Paris:20261201T080000\nDTSTART;TZID=Europe/Paris:20261201T180000\nDTEND;TZID=Europe/Paris:20261201T190000";
    let cancelled = "RECURRENCE-ID;TZID=Europe/Paris:20261202T080000\nDTSTART;TZID=Europe/Paris:20261202T080000\nSTATUS:CANCELLED";
    let (found, skipped, unread) = spans(&format!("{}{}{}", event(series), event(moved), event(cancelled)));
    assert_eq!(
        found,
        [
            "2026-11-30T07:00 2026-11-30T08:00",
            "2026-12-01T17:00 2026-12-01T18:00",
            "2026-12-03T07:00 2026-12-03T08:00"
        ]
    );
    assert_eq!((skipped, unread), (1, 0));
    // From 1970, without an end: the coming year of it.
    let (found, _, unread) = spans(&event("DTSTART;VALUE=DATE:19700101\nRRULE:FREQ=YEARLY"));
    assert_eq!((found.len(), unread), (1, 0), "{found:?}");
}

#[test]
fn what_is_free_is_skipped_what_overlaps_is_one_and_what_is_wrong_is_counted() {
    let busy = "DTSTART:20261201T080000Z\nDTEND:20261201T093000Z";
    let after = "DTSTART:20261201T090000Z\nDTEND:20261201T100000Z";
    let (found, ..) = spans(&format!("{}{}", event(busy), event(after)));
    assert_eq!(found, ["2026-12-01T08:00 2026-12-01T10:00"]);
    for free in ["TRANSP:TRANSPARENT", "STATUS:CANCELLED"] {
        assert_eq!(spans(&event(&format!("{busy}\n{free}"))), (vec![], 1, 0));
    }
    assert_eq!(
        spans(&event("DTSTART:20200101T080000Z\nDTEND:20200101T093000Z")),
        (vec![], 1, 0),
        "long over"
    );
    for wrong in [
        "SUMMARY:none",
        "DTSTART:tomorrow",
        "DTSTART:20261201T080000Z\nDTEND:20261130T080000Z",
        "DTSTART;TZID=Mars/Base:20261201T080000\nDTEND:20261201T093000Z",
        "DTSTART:20261201T080000Z\nDTEND:20281201T093000Z",
        "DTSTART:20261201T080000Z\nDTEND:20261201T080500Z\nRRULE:FREQ=SECONDLY",
        "DTSTART:20261201T080000Z\nDTEND:20261201T080500Z\nRRULE:FREQ=NEVER",
        "DTSTART:20261201T080000Z\nDURATION:soon",
        "DTSTART:20261201T080000Z\nDTEND:20261201T090000Z\nRDATE:20261202T080000Z",
    ] {
        assert_eq!(spans(&event(wrong)), (vec![], 0, 1), "{wrong}");
    }
}

#[test]
fn a_file_that_would_keep_the_program_busy_is_left_unread() {
    // Eighty-six thousand times a day since 1970, and days that never come, a thousand times each.
    let every = |list: &str, to: usize| {
        format!("{list}={}", (0..to).map(|n| n.to_string()).collect::<Vec<_>>().join(","))
    };
    let often = format!("{};{};{}", every("BYHOUR", 24), every("BYMINUTE", 60), every("BYSECOND", 60));
    let bomb = event(&format!("DTSTART:19700101T000000Z\nDTEND:19700101T000001Z\nRRULE:FREQ=DAILY;{often}"));
    let (found, _, unread) = spans(&bomb.repeat(1_000));
    assert_eq!((found.len(), unread), (0, 1_000));
    let yearly = bomb.replace("FREQ=DAILY", "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU");
    assert_eq!(spans(&yearly), (vec![], 0, 1));
    let never =
        event("DTSTART:20260101T000000Z\nDTEND:20260101T010000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30");
    let (found, skipped, unread) = spans(&never.repeat(1_000));
    assert!(found.is_empty() && unread > 900 && skipped > 0, "{skipped} {unread}");
}

fn body(lines: &str) -> String {
    let ics = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", lines.replace('\n', "\r\n"));
    Json::object([("ics", Json::string(ics))]).to_string()
}

async fn put(house: &House, lines: &str) -> (u16, Json<'static>) {
    house.call("PUT", "theatre/people/s1/calendar", &body(lines)).await
}

#[tokio::test]
async fn an_imported_calendar_makes_absences_and_a_later_one_replaces_them() {
    let house = house().await;
    assert_eq!(house.book(1, 1, "2026-11-23T08:00").await.0, 201);
    let monday = event("DTSTART;TZID=Europe/Paris:20261123T080000\nDTEND;TZID=Europe/Paris:20261123T120000");
    let tuesday = event("DTSTART;VALUE=DATE:20261124");
    let (status, told) = put(&house, &format!("{monday}{tuesday}")).await;
    assert_eq!(status, 200, "{told}");
    assert_eq!(told.get("absences").unwrap().to_string(), "2", "{told}");
    assert_eq!(told.each("conflicts").count(), 1, "{told}");
    assert!(!told.to_string().contains("Paul"), "{told}");
    assert_eq!(house.book(3, 1, "2026-11-24T08:00").await.0, 409, "the surgeon is away");
    let (_, told) = put(&house, &monday).await;
    assert_eq!(told.get("absences").unwrap().to_string(), "1", "{told}");
    assert_eq!(house.book(3, 1, "2026-11-24T08:00").await.0, 201);
    let (_, told) = house.call("DELETE", "theatre/people/s1/calendar", "").await;
    assert_eq!(told.get("absences").unwrap().to_string(), "0", "{told}");
    let (_, told) = put(&house, &tuesday).await;
    assert_eq!(told.get("absences").unwrap().to_string(), "1", "{told}");
}

#[tokio::test]
async fn what_is_no_calendar_changes_nothing() {
    let house = house().await;
    let deep = "BEGIN:A\r\n".repeat(100_000);
    for wrong in ["", "bonjour", "BEGIN:VCALENDAR", "\u{0}", &deep] {
        let body = Json::object([("ics", Json::string(wrong.to_string()))]).to_string();
        let (status, told) = house.call("PUT", "theatre/people/s1/calendar", &body).await;
        assert_eq!(status, 422, "{wrong}: {told}");
    }
    let daily = event("DTSTART:20261123T080000Z\nDTEND:20261123T090000Z\nRRULE:FREQ=DAILY;BYHOUR=1,5,9,13");
    let (status, told) = put(&house, &daily).await;
    assert_eq!(status, 422, "{told}");
    assert_eq!(house.call("PUT", "theatre/people/nobody/calendar", &body("")).await.0, 404);
    let (_, told) = house.call("GET", "theatre/people/s1/calendar", "").await;
    assert_eq!(told.get("absences").unwrap().to_string(), "0", "{told}");
}
