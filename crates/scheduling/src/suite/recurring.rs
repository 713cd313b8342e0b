//! What closes again every week: the day, the hours and the weeks that a body says.

use super::wish::whole;
use crate::closure::{Pattern, Weeks, hour, written};
use crate::element::text;
use fhir::{Code, Issue, Json, Text};
use service::Form;
use store::Result;

const WRONG: Text = Text {
    key: "scheduling.recurring-wrong",
    fr: "Une fermeture qui revient a un jour de semaine (« weekday », de 1 = lundi à 7) et des heures (« hours » : « from » et « until », hh:mm ; la même heure deux fois = tout le jour).",
    en: "A closure that comes again has a weekday (\"weekday\", 1 = Monday to 7) and hours (\"hours\": \"from\" and \"until\", hh:mm; the same hour twice = the whole day).",
    de: "Eine wiederkehrende Schließung hat einen Wochentag („weekday“, 1 = Montag bis 7) und Stunden („hours“: „from“ und „until“, hh:mm; zweimal dieselbe Stunde = der ganze Tag).",
};

/// The pattern that the form asks for; `None` when it is for once. Faults of single fields are noted in the form.
///
/// # Errors
/// Weekday without hours, hours or weeks without weekday, and hours that are none.
pub(super) fn read(form: &mut Form<'_>) -> Result<Option<Pattern>> {
    let weekday = whole(form, "weekday", 1, 7);
    let weeks = form.choice("weeks", &[("all", Weeks::All), ("odd", Weeks::Odd), ("even", Weeks::Even)]);
    let said = form.json().get("hours").filter(|hours| !matches!(hours, Json::Null));
    let time = |name: &str| said.and_then(|hours| hours.get_str(name)).and_then(hour);
    let hours = time("from").zip(time("until"));
    let wrong = |place: &'static str| Err(Issue::error(Code::Value, WRONG).at(place).into());
    match (weekday, hours) {
        (Some(weekday), Some((from, until))) => {
            let weeks = weeks.unwrap_or(Weeks::All);
            Ok(Some(Pattern { weekday: weekday as i8, from, until, weeks, release: 0 }))
        }
        (Some(_), None) => wrong("hours"),
        (None, _) if said.is_some() || weeks.is_some() => wrong("weekday"),
        (None, _) => Ok(None),
    }
}

/// The three members of a closure that comes again, as they were asked for.
pub(super) fn tell(pattern: &Pattern) -> [(&'static str, Json<'static>); 3] {
    let hours = [("from", text(written(pattern.from))), ("until", text(written(pattern.until)))];
    [
        ("weekday", Json::integer(i64::from(pattern.weekday))),
        ("weeks", text(pattern.weeks.as_str())),
        ("hours", Json::object(hours)),
    ]
}

#[cfg(test)]
mod tests {
    use crate::fixture::house;

    /// From the Sunday before the Monday that the theatre of tests is about, for three weeks.
    fn closure(of: &str, more: &str) -> String {
        format!(
            r#"{{"of":"{of}","from":"2026-11-22T00:00","until":"2026-12-13T00:00","reason":"Staff"{more}}}"#
        )
    }

    #[tokio::test]
    async fn every_monday_morning_is_refused_and_the_afternoon_is_not() {
        let house = house().await;
        let more = r#","weekday":1,"hours":{"from":"08:00","until":"12:00"}"#;
        let (status, made) = house.call("POST", "theatre/closures", &closure("Location/r1", more)).await;
        assert_eq!((status, made.each("hit").count()), (201, 0), "{made}");
        for monday in ["2026-11-23", "2026-11-30"] {
            let (status, refused) = house.book(1, 1, &format!("{monday}T09:00")).await;
            assert_eq!(status, 409, "{refused}");
            assert!(refused.each("conflicts").any(|c| c.get_str("kind") == Some("closed")), "{refused}");
        }
        let (status, booked) = house.book(1, 1, "2026-11-30T13:00").await;
        assert_eq!(status, 201, "{booked}");
        let (_, all) = house.call("GET", "theatre/closures?from=2026-11-23&to=2026-11-24", "").await;
        let told = all.each("closures").next().unwrap();
        assert_eq!(told.get_str("weeks"), Some("all"), "{told}");
        assert_eq!(told.get("hours").and_then(|h| h.get_str("until")), Some("12:00"), "{told}");
    }

    #[tokio::test]
    async fn a_surgeon_is_away_in_even_weeks_and_what_is_booked_there_is_told() {
        let house = house().await;
        assert_eq!(house.book(1, 1, "2026-11-23T09:00").await.0, 201);
        // Week 48.
        let more = r#","kind":"absent","weekday":1,"weeks":"even","hours":{"from":"00:00","until":"00:00"}"#;
        let (status, made) = house.call("POST", "theatre/closures", &closure("Practitioner/s1", more)).await;
        assert_eq!((status, made.each("hit").count()), (201, 1), "{made}");
        assert_eq!(house.book(3, 2, "2026-11-23T14:00").await.0, 409);
        assert_eq!(house.book(3, 2, "2026-11-30T14:00").await.0, 201);
    }

    #[tokio::test]
    async fn half_a_pattern_is_refused() {
        let house = house().await;
        for more in [
            r#","weekday":1"#,
            r#","hours":{"from":"08:00","until":"12:00"}"#,
            r#","weeks":"odd""#,
            r#","weekday":8,"hours":{"from":"08:00","until":"12:00"}"#,
            r#","weekday":1,"hours":{"from":"25:00","until":"12:00"}"#,
        ] {
            let (status, told) = house.call("POST", "theatre/closures", &closure("Location/r1", more)).await;
            assert!(matches!(status, 400 | 422), "{more}: {status} {told}");
        }
        let (_, all) = house.call("GET", "theatre/closures?from=2026-11-23&to=2026-12-10", "").await;
        assert_eq!(all.each("closures").count(), 0);
    }
}
