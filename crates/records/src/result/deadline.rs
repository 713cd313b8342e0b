//! Until when a result must be looked at: data (`data/result_review.json`).

use super::flag::Urgency;
use fhir::Json;
use std::sync::OnceLock;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

struct Deadlines {
    critical: i64,
    abnormal: i64,
    normal: i64,
    history: i64,
}

fn deadlines() -> &'static Deadlines {
    static DEADLINES: OnceLock<Deadlines> = OnceLock::new();
    DEADLINES.get_or_init(|| {
        let json = fhir::json::parse(include_bytes!("../../data/result_review.json")).unwrap_or(Json::Null);
        let number = |name: &str, otherwise: i64| {
            json.get(name).and_then(Json::as_number).and_then(|n| n.parse().ok()).unwrap_or(otherwise)
        };
        Deadlines {
            critical: number("critical_minutes", 30) * MINUTE,
            abnormal: number("abnormal_minutes", 48 * 60) * MINUTE,
            normal: number("normal_minutes", 7 * 24 * 60) * MINUTE,
            history: number("history_days", 30) * DAY,
        }
    })
}

/// When a result that arrives at `now` is due; ms since epoch.
pub(super) fn due(urgency: Urgency, now: i64) -> i64 {
    let times = deadlines();
    now + match urgency {
        Urgency::Critical => times.critical,
        Urgency::Abnormal => times.abnormal,
        Urgency::Normal => times.normal,
    }
}

/// Whether a report of that time comes as history, which asks for nothing.
pub(super) fn is_history(at: i64, now: i64) -> bool {
    now.saturating_sub(at) > deadlines().history
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
        assert_eq!(due(Urgency::Critical, 0), 30 * MINUTE);
        assert!(due(Urgency::Abnormal, 0) < due(Urgency::Normal, 0));
        assert!(is_history(0, 31 * DAY) && !is_history(0, 29 * DAY));
    }
}
