//! From events to the stretches of time in which somebody is away.

use super::read::{Event, Lasts, Moment, written};
use crate::zone::{self, DAY};
use jiff::tz::TimeZone;
use rrule::RRuleSet;
use std::collections::{HashMap, HashSet};

/// What the series of one file may cost, in occurrences that are gone through, those of years long over too: a file may
/// be made to keep the program busy.
const BUDGET: i64 = 1_000_000;
/// Occurrences of one day.
const TIMES_A_DAY: usize = 24;
/// What a series costs whatever comes of it, and one that never comes to an occurrence.
const SERIES: i64 = 2_000;
const BARREN: i64 = 50_000;
/// Whoever is away longer says so as an absence.
const LASTS_MAX: i64 = 400 * DAY;

/// What a calendar comes to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Away {
    /// In order, without overlaps.
    pub spans: Vec<(i64, i64)>,
    /// Events that do not take the person away, or not in these days.
    pub skipped: usize,
    pub unread: usize,
}

/// The busy time of events between two moments.
pub(super) fn away(events: &[Event], (from, until): (i64, i64)) -> Away {
    let mut replaced: HashMap<&str, HashSet<i64>> = HashMap::new();
    for event in events {
        if let Some(instead) = event.instead {
            replaced.entry(&event.uid).or_default().insert(instead);
        }
    }
    let mut out = Away::default();
    let mut spans = Vec::new();
    let mut budget = BUDGET;
    for event in events {
        if !event.busy {
            out.skipped += 1;
            continue;
        }
        let none = HashSet::new();
        let others = match event.instead {
            Some(_) => &none,
            None => replaced.get(event.uid.as_str()).unwrap_or(&none),
        };
        match occurrences(event, others, (from, until), &mut budget) {
            None => out.unread += 1,
            Some(found) if found.is_empty() => out.skipped += 1,
            Some(found) => spans.extend(found),
        }
    }
    spans.sort_unstable();
    for (start, end) in spans {
        match out.spans.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => out.spans.push((start, end)),
        }
    }
    out
}

fn occurrences(
    event: &Event,
    replaced: &HashSet<i64>,
    (from, until): (i64, i64),
    budget: &mut i64,
) -> Option<Vec<(i64, i64)>> {
    let first = event.start.ms()?;
    let starts = match (&event.rule, event.instead) {
        (Some(rule), None) => series(event, rule, (from, until), budget)?,
        _ => vec![first],
    };
    let gone = |at: &i64| event.without.contains(at) || replaced.contains(at);
    let mut found = Vec::new();
    for start in starts.into_iter().filter(|at| !gone(at)) {
        let end = match event.lasts {
            Lasts::Ms(ms) => start.checked_add(ms)?,
            Lasts::Days(days) => zone::midnight(zone::plus(zone::day_of(start), days)),
        };
        if end - start > LASTS_MAX {
            return None;
        }
        // What began before today, and what lasts longer than the year, is cut.
        let (start, end) = (start.max(from), end.min(until));
        if start < end {
            found.push((start, end));
        }
    }
    Some(found)
}

/// The starts of a series up to the end, and from so far back that one may still last.
fn series(event: &Event, rule: &str, (from, until): (i64, i64), budget: &mut i64) -> Option<Vec<i64>> {
    let upper = rule.to_uppercase();
    if ["SECONDLY", "MINUTELY", "HOURLY"].iter().any(|often| upper.contains(often)) {
        return None;
    }
    // A whole period is made before its first occurrence is given: hours times minutes times seconds, for a year of days.
    let many = |name: &str| {
        let lists = upper.split(';').filter_map(|part| part.trim().strip_prefix(name));
        lists.map(|list| list.split(',').count()).max().unwrap_or(1)
    };
    if many("BYHOUR=").saturating_mul(many("BYMINUTE=")).saturating_mul(many("BYSECOND=")) > TIMES_A_DAY {
        return None;
    }
    *budget -= SERIES;
    if *budget < 0 {
        return None;
    }
    let (start, zone) = match &event.start {
        Moment::Day(day) => (format!("{}T000000", day.strftime("%Y%m%d")), zone::zone().clone()),
        Moment::At(at, zone) => (at.strftime("%Y%m%dT%H%M%S").to_string(), zone.clone()),
    };
    let begins = match zone.iana_name() {
        Some(name) if zone != TimeZone::UTC => format!("DTSTART;TZID={name}:{start}"),
        _ if zone == *zone::zone() => format!("DTSTART;TZID={}:{start}", zone::NAME),
        _ => format!("DTSTART:{start}Z"),
    };
    let set: RRuleSet = format!("{begins}\nRRULE:{}", with_end(&upper, &zone)?).parse().ok()?;
    let lasts = match event.lasts {
        Lasts::Ms(ms) => ms,
        Lasts::Days(days) => days.checked_mul(DAY)?,
    };
    let early = from.saturating_sub(lasts).saturating_sub(DAY);
    let (mut found, mut none) = (Vec::new(), true);
    for date in &set.limit() {
        none = false;
        *budget -= 1;
        let at = date.timestamp_millis();
        if *budget < 0 {
            return None;
        }
        if at >= until {
            break;
        }
        if at >= early {
            found.push(at);
        }
    }
    if none {
        *budget -= BARREN;
    }
    Some(found)
}

fn chrono_of(ms: i64) -> Option<chrono::DateTime<chrono::Utc>> {
    chrono::DateTime::from_timestamp_millis(ms)
}

/// The rule with its end as a moment in UTC, as a rule of a start with a zone must have it (RFC 5545, 3.3.10); many
/// programs write a day, or a time without a zone.
fn with_end(rule: &str, zone: &TimeZone) -> Option<String> {
    let part = |one: &str| match one.strip_prefix("UNTIL=") {
        None => Some(one.to_string()),
        Some(said) => {
            let end = match written(said, zone)? {
                Moment::Day(day) => zone::midnight(zone::plus(day, 1)) - 1_000,
                at => at.ms()?,
            };
            Some(format!("UNTIL={}", chrono_of(end)?.format("%Y%m%dT%H%M%SZ")))
        }
    };
    let parts: Option<Vec<String>> = rule.split(';').filter(|one| !one.is_empty()).map(part).collect();
    Some(parts?.join(";"))
}
