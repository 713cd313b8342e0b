//! From the file to events: what of them matters here.

use super::super::ics::OURS;
use icalendar::parser::{Component, Property, read_calendar, unfold};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::collections::HashSet;

/// How deep components stand in each other.
const DEPTH_MAX: usize = 8;

/// When something begins or ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// All day.
    Day(Date),
    At(DateTime, TimeZone),
}

impl Moment {
    /// Milliseconds since 1970. A day begins at midnight of the clinic.
    pub fn ms(&self) -> Option<i64> {
        match self {
            Moment::Day(day) => Some(crate::zone::midnight(*day)),
            Moment::At(at, zone) => zone.to_timestamp(*at).ok().map(|moment| moment.as_millisecond()),
        }
    }
}

/// One VEVENT.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub uid: String,
    pub start: Moment,
    /// Milliseconds; of whole days, their number.
    pub lasts: Lasts,
    pub rule: Option<String>,
    pub without: HashSet<i64>,
    /// The occurrence of a series that this one stands for.
    pub instead: Option<i64>,
    /// Neither cancelled nor marked as free, nor a booking of ours that came back with its own feed.
    pub busy: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lasts {
    Days(i64),
    Ms(i64),
}

/// Events that could be read, and how many could not; `None` for what is no calendar.
pub(super) fn events(text: &str) -> Option<(Vec<Event>, usize)> {
    let unfolded = unfold(text);
    if !is_shallow(&unfolded) {
        return None;
    }
    let calendar = read_calendar(&unfolded).ok()?;
    let all = calendar.components.iter().filter(|c| c.name.as_str().eq_ignore_ascii_case("VEVENT"));
    let (mut events, mut unread) = (Vec::new(), 0);
    for component in all {
        match event(component) {
            Some(event) => events.push(event),
            None => unread += 1,
        }
    }
    Some((events, unread))
}

/// The parser calls itself for each level: VCALENDAR, VEVENT and VALARM is all there is, and a million levels would end
/// the program.
fn is_shallow(unfolded: &str) -> bool {
    let mut depth = 0_usize;
    unfolded.split(['\r', '\n']).all(|line| {
        let begins =
            |word: &str| line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if begins("BEGIN:") {
            depth += 1;
        } else if begins("END:") {
            depth = depth.saturating_sub(1);
        }
        depth <= DEPTH_MAX
    })
}

fn event(component: &Component<'_>) -> Option<Event> {
    let all = |name: &'static str| {
        component.properties.iter().filter(move |p| p.name.as_str().eq_ignore_ascii_case(name))
    };
    let text = |name: &'static str| all(name).next().map(|p| p.val.as_str().trim().to_string());
    // More days by a list, and "from here on": what is not understood is told, not left out.
    let ranged = |p: &Property<'_>| p.params.iter().any(|one| one.key.as_str().eq_ignore_ascii_case("RANGE"));
    if all("RDATE").next().is_some() || all("RECURRENCE-ID").any(ranged) {
        return None;
    }
    let start = moment(all("DTSTART").next()?)?;
    let lasts = match (all("DTEND").next(), text("DURATION")) {
        (Some(end), _) => between(&start, &moment(end)?)?,
        (None, Some(said)) => {
            let span: jiff::SignedDuration =
                said.parse::<jiff::Span>().ok()?.to_duration(jiff::civil::date(2026, 1, 1)).ok()?;
            Lasts::Ms(i64::try_from(span.as_millis()).ok().filter(|ms| *ms > 0)?)
        }
        (None, None) if matches!(start, Moment::Day(_)) => Lasts::Days(1),
        // A moment takes no time.
        (None, None) => Lasts::Ms(0),
    };
    let without: Option<HashSet<i64>> = all("EXDATE").flat_map(moments).collect();
    let instead = match all("RECURRENCE-ID").next() {
        Some(said) => Some(moment(said)?.ms()?),
        None => None,
    };
    let is =
        |name: &'static str, value: &str| text(name).is_some_and(|said| said.eq_ignore_ascii_case(value));
    let uid = text("UID").unwrap_or_default();
    let ours = uid.ends_with(OURS);
    Some(Event {
        uid,
        start,
        lasts,
        rule: text("RRULE"),
        without: without?,
        instead,
        busy: !ours && !is("STATUS", "CANCELLED") && !is("TRANSP", "TRANSPARENT"),
    })
}

fn between(start: &Moment, end: &Moment) -> Option<Lasts> {
    match (start, end) {
        (Moment::Day(from), Moment::Day(to)) => {
            let days = crate::zone::days_between(*from, *to);
            (days >= 0).then_some(Lasts::Days(days.max(1)))
        }
        _ => {
            let ms = end.ms()? - start.ms()?;
            (ms >= 0).then_some(Lasts::Ms(ms))
        }
    }
}

/// Several, with commas between them; `None` stands for one that cannot be read.
fn moments(property: &Property<'_>) -> Vec<Option<i64>> {
    let zone = zone_of(property);
    property.val.as_str().split(',').map(|one| written(one.trim(), zone.as_ref()?)?.ms()).collect()
}

fn moment(property: &Property<'_>) -> Option<Moment> {
    written(property.val.as_str().trim(), &zone_of(property)?)
}

/// `20261123`, `20261123T080000` or `20261123T080000Z`.
pub(super) fn written(text: &str, zone: &TimeZone) -> Option<Moment> {
    if text.len() == 8 {
        return Date::strptime("%Y%m%d", text).ok().map(Moment::Day);
    }
    let (text, zone) = match text.strip_suffix('Z') {
        Some(text) => (text, TimeZone::UTC),
        None => (text, zone.clone()),
    };
    DateTime::strptime("%Y%m%dT%H%M%S", text).ok().map(|at| Moment::At(at, zone))
}

/// The zone that a property names, by IANA or as Windows does; the clinic's when it names none.
fn zone_of(property: &Property<'_>) -> Option<TimeZone> {
    let named = property.params.iter().find(|p| p.key.as_str().eq_ignore_ascii_case("TZID"));
    let Some(named) = named.and_then(|p| p.val.as_ref()) else { return Some(crate::zone::zone().clone()) };
    let named = named.as_str().trim_matches('"');
    let name = match named {
        "Romance Standard Time" => "Europe/Paris",
        "W. Europe Standard Time" => "Europe/Berlin",
        "Central Europe Standard Time" => "Europe/Budapest",
        "GMT Standard Time" => "Europe/London",
        "GTB Standard Time" => "Europe/Bucharest",
        "Eastern Standard Time" => "America/New_York",
        other => other,
    };
    TimeZone::get(name).ok()
}
