//! When something is closed or someone is absent: a Slot `busy-unavailable` on the Schedule of the room, the site or
//! the person; once, or every week within its period.

use crate::element::{BLOCK, extension, label, ms, value_number, value_text};
use crate::zone;
use fhir::Json;
use jiff::civil::{Date, Time};

/// More weeks are not looked through.
const DAYS_MAX: i64 = 400;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weeks {
    All,
    Odd,
    Even,
}

impl Weeks {
    pub fn as_str(self) -> &'static str {
        match self {
            Weeks::All => "all",
            Weeks::Odd => "odd",
            Weeks::Even => "even",
        }
    }

    pub fn parse(text: &str) -> Weeks {
        match text {
            "odd" => Weeks::Odd,
            "even" => Weeks::Even,
            _ => Weeks::All,
        }
    }

    /// ISO weeks.
    fn has(self, day: Date) -> bool {
        let odd = day.iso_week_date().week() % 2 == 1;
        match self {
            Weeks::All => true,
            Weeks::Odd => odd,
            Weeks::Even => !odd,
        }
    }
}

/// Hours of one day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// Monday = 1.
    pub weekday: i8,
    pub from: Time,
    pub until: Time,
    pub weeks: Weeks,
    /// How many days before the vacation goes back to all.
    pub release: i64,
}

impl Pattern {
    /// From the extension `urn:medhub:block`.
    pub fn of(json: &Json<'_>) -> Option<Pattern> {
        let block = extension(json, BLOCK)?;
        let part = |url: &str| block.each("extension").find(|e| e.get_str("url") == Some(url));
        let time = |url: &str| part(url).and_then(value_text).and_then(hour);
        let weekday = part("weekday").and_then(value_number).filter(|n| (1..=7).contains(n))?;
        let (from, until) = (time("from")?, time("until")?);
        let weeks = part("weeks").and_then(value_text).map_or(Weeks::All, Weeks::parse);
        let release = part("release").and_then(value_number).unwrap_or(0).clamp(0, 365);
        Some(Pattern { weekday: weekday as i8, from, until, weeks, release })
    }

    pub fn is_on(&self, day: Date) -> bool {
        day.weekday().to_monday_one_offset() == self.weekday && self.weeks.has(day)
    }

    /// The hours on that day; past midnight when `until` is not after `from`.
    pub fn on(&self, day: Date) -> Option<(i64, i64)> {
        if !self.is_on(day) {
            return None;
        }
        let end = if self.until > self.from { day } else { zone::plus(day, 1) };
        Some((zone::at(day, self.from), zone::at(end, self.until)))
    }

    pub fn json(&self) -> Json<'static> {
        let part = |url: &'static str, name: &'static str, value: Json<'static>| {
            Json::object([("url", Json::string(url)), (name, value)])
        };
        let parts = [
            part("weekday", "valueUnsignedInt", Json::integer(i64::from(self.weekday))),
            part("from", "valueString", Json::string(written(self.from))),
            part("until", "valueString", Json::string(written(self.until))),
            part("weeks", "valueCode", Json::string(self.weeks.as_str())),
            part("release", "valueUnsignedInt", Json::integer(self.release)),
        ];
        Json::object([("url", Json::string(BLOCK)), ("extension", Json::array(parts))])
    }
}

/// `08:00` or `08:00:00`.
pub(crate) fn hour(text: &str) -> Option<Time> {
    text.parse().ok()
}

pub(crate) fn written(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// One time of being closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// Id of the Slot.
    pub slot: String,
    pub from: i64,
    pub until: i64,
    pub reason: Option<String>,
}

/// A Slot that closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Closure {
    pub id: String,
    pub version: u64,
    /// Id of the Schedule.
    pub schedule: String,
    pub from: i64,
    pub until: i64,
    pub reason: Option<String>,
    pub status: Box<str>,
    pub pattern: Option<Pattern>,
}

impl Closure {
    pub fn of(slot: &Json<'_>, version: u64) -> Option<Closure> {
        let schedule = slot.get("schedule")?.get_str("reference")?.strip_prefix("Schedule/")?;
        let reason = slot.get_str("comment").map(str::to_string);
        Some(Closure {
            id: slot.get_str("id").unwrap_or_default().to_string(),
            version,
            schedule: schedule.to_string(),
            from: slot.get_str("start").and_then(ms)?,
            until: slot.get_str("end").and_then(ms)?,
            reason: reason.or_else(|| slot.each("serviceType").find_map(label)),
            status: slot.get_str("status")?.into(),
            pattern: Pattern::of(slot),
        })
    }

    pub fn closes(&self) -> bool {
        &*self.status == "busy-unavailable"
    }

    /// When it holds between two moments.
    pub fn spans(&self, from: i64, until: i64) -> Vec<Span> {
        let span =
            |from: i64, until: i64| Span { slot: self.id.clone(), from, until, reason: self.reason.clone() };
        if self.from >= until || self.until <= from {
            return Vec::new();
        }
        let Some(pattern) = &self.pattern else { return vec![span(self.from, self.until)] };
        let (mut day, last) = (zone::plus(zone::day_of(from.max(self.from)), -1), zone::day_of(until));
        let mut found = Vec::new();
        for _ in 0..DAYS_MAX {
            let meets =
                |(on, off): &(i64, i64)| *on < until && *off > from && *on >= self.from && *off <= self.until;
            found.extend(pattern.on(day).filter(meets).map(|(on, off)| span(on, off)));
            if day >= last {
                break;
            }
            day = zone::plus(day, 1);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn odd_and_even_weeks() {
        let pattern = Pattern {
            weekday: 1,
            from: hour("08:00").unwrap(),
            until: hour("13:00").unwrap(),
            weeks: Weeks::Even,
            release: 7,
        };
        // 2026-11-23 is the Monday of week 48.
        assert!(pattern.is_on(date(2026, 11, 23)));
        assert!(!pattern.is_on(date(2026, 11, 30)) && !pattern.is_on(date(2026, 11, 24)));
        let json = Json::object([("extension", Json::array([pattern.json()]))]);
        assert_eq!(Pattern::of(&json), Some(pattern));
        let closure = Closure {
            id: "c".into(),
            version: 1,
            schedule: "s".into(),
            from: zone::midnight(date(2026, 11, 1)),
            until: zone::midnight(date(2027, 1, 1)),
            reason: None,
            status: "busy-unavailable".into(),
            pattern: Some(pattern),
        };
        let month = closure.spans(zone::midnight(date(2026, 11, 1)), zone::midnight(date(2026, 12, 1)));
        assert_eq!(month.len(), 2);
        assert_eq!(zone::hour(month[1].from), "08:00");
        let noon = zone::at(date(2026, 11, 23), hour("12:00").unwrap());
        assert_eq!(closure.spans(noon, noon + 60_000).len(), 1);
        assert_eq!(closure.spans(noon + 3_600_000, noon + 3_660_000).len(), 0);
    }
}
