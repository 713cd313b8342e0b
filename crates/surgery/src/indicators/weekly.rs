//! Hours that return every week (`urn:medhub:block`), and hours taken away from hours.

use crate::case::zone;
use fhir::Json;
use jiff::civil::{Date, Time};

const BLOCK: &str = "urn:medhub:block";

pub(super) type Span = (i64, i64);

/// Hours of one day of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Weekly {
    /// Monday = 1.
    pub weekday: i8,
    pub from: Time,
    pub until: Time,
    /// Remainder of the ISO week by two, where only those count.
    pub parity: Option<i8>,
}

impl Weekly {
    pub fn of(json: &Json<'_>) -> Option<Weekly> {
        let block = json.each("extension").find(|e| e.get_str("url") == Some(BLOCK))?;
        let part = |url: &str| block.each("extension").find(|e| e.get_str("url") == Some(url));
        let hour = |url: &str| part(url)?.get_str("valueString")?.parse::<Time>().ok();
        let weekday = part("weekday")?.get("valueUnsignedInt")?.as_number()?.parse().ok();
        let parity = match part("weeks").and_then(|w| w.get_str("valueCode")) {
            Some("odd") => Some(1),
            Some("even") => Some(0),
            _ => None,
        };
        let weekday = weekday.filter(|day| (1..=7).contains(day))?;
        Some(Weekly { weekday, from: hour("from")?, until: hour("until")?, parity })
    }

    /// The hours on that day; past midnight when they do not end after they begin.
    pub fn on(&self, day: Date) -> Option<Span> {
        let falls = day.weekday().to_monday_one_offset() == self.weekday;
        let counts = self.parity.is_none_or(|parity| day.iso_week_date().week() % 2 == parity);
        let end = if self.until > self.from { day } else { zone::plus(day, 1) };
        (falls && counts).then(|| (zone::at(day, self.from), zone::at(end, self.until)))
    }
}

/// What is left of some hours without others.
pub(super) fn without(spans: Vec<Span>, away: Span) -> Vec<Span> {
    let parts = spans.into_iter().flat_map(|(from, until)| {
        [(from, until.min(away.0.max(from))), (from.max(away.1.min(until)), until)]
    });
    parts.filter(|(from, until)| from < until).collect()
}
