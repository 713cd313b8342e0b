//! Until when a result must be looked at: as the clinic set it (`settings.rs`), else `data/result_review.json`.

use super::flag::Urgency;
use fhir::Json;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// Minutes from the arrival of a result, by how pressing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Times {
    pub critical: i64,
    pub abnormal: i64,
    pub normal: i64,
}

impl Default for Times {
    fn default() -> Times {
        let number = |name: &str, otherwise: i64| data(name).unwrap_or(otherwise);
        Times {
            critical: number("critical_minutes", 30),
            abnormal: number("abnormal_minutes", 48 * 60),
            normal: number("normal_minutes", 7 * 24 * 60),
        }
    }
}

impl Times {
    /// When a result that arrives at `now` is due; ms since epoch.
    pub(super) fn due(&self, urgency: Urgency, now: i64) -> i64 {
        let minutes = match urgency {
            Urgency::Critical => self.critical,
            Urgency::Abnormal => self.abnormal,
            Urgency::Normal => self.normal,
        };
        now + minutes * MINUTE
    }
}

fn data(name: &str) -> Option<i64> {
    let json = fhir::json::parse(include_bytes!("../../data/result_review.json")).ok()?;
    json.get(name).and_then(Json::as_number)?.parse().ok()
}

/// Whether a report of that time comes as history, which asks for nothing.
pub(super) fn is_history(at: i64, now: i64) -> bool {
    now.saturating_sub(at) > data("history_days").unwrap_or(30) * DAY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_read() {
        let json = fhir::json::parse(include_bytes!("../../data/result_review.json")).unwrap();
        for name in ["critical_minutes", "abnormal_minutes", "normal_minutes", "history_days"] {
            assert!(json.get(name).and_then(Json::as_number).is_some(), "{name}");
        }
        let times = Times::default();
        assert_eq!(times.due(Urgency::Critical, 0), 30 * MINUTE);
        assert!(times.due(Urgency::Abnormal, 0) < times.due(Urgency::Normal, 0));
        assert!(is_history(0, 31 * DAY) && !is_history(0, 29 * DAY));
    }
}
