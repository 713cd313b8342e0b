//! A vacation: hours of a room that belong to someone every week, unless they were given back.

use crate::closure::Pattern;
use crate::zone;
use fhir::Json;
use jiff::civil::Date;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Id of the Schedule.
    pub id: String,
    pub version: u64,
    /// `Location/…`.
    pub room: String,
    /// `Practitioner/…`, `HealthcareService/…` or `Organization/…`.
    pub owner: Option<String>,
    pub owner_name: Option<String>,
    pub pattern: Pattern,
    pub starts: Option<Date>,
    pub ends: Option<Date>,
    pub active: bool,
}

impl Block {
    pub fn of(schedule: &Json<'_>, version: u64) -> Option<Block> {
        let pattern = Pattern::of(schedule)?;
        let actors = || schedule.each("actor");
        let room = actors().filter_map(|a| a.get_str("reference")).find(|r| r.starts_with("Location/"))?;
        let owner = actors().find(|a| a.get_str("reference").is_some_and(|r| !r.starts_with("Location/")));
        let horizon = schedule.get("planningHorizon");
        let day = |name: &str| {
            horizon.and_then(|h| h.get_str(name)).and_then(|t| t.get(..10)).and_then(|t| t.parse().ok())
        };
        Some(Block {
            id: schedule.get_str("id").unwrap_or_default().to_string(),
            version,
            room: room.to_string(),
            owner: owner.and_then(|o| o.get_str("reference")).map(str::to_string),
            owner_name: owner.and_then(|o| o.get_str("display")).map(str::to_string),
            pattern,
            starts: day("start"),
            ends: day("end"),
            active: schedule.get("active").and_then(Json::as_bool).unwrap_or(true),
        })
    }

    /// Its hours on that day, if it has any.
    pub fn on(&self, day: Date) -> Option<(i64, i64)> {
        let runs = self.active && self.starts.is_none_or(|s| s <= day) && self.ends.is_none_or(|e| day <= e);
        if runs { self.pattern.on(day) } else { None }
    }

    /// The day on which it goes back to all if nobody uses it.
    pub fn release_day(&self, day: Date) -> Date {
        zone::plus(day, -self.pattern.release)
    }
}
