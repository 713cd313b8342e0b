//! What a booking takes, and for how long. The rule inside the transaction and the index in memory both ask here.

use super::Kind;
use crate::element::{ms, target};
use crate::zone::{DAY, MINUTE};
use fhir::Json;

/// How long before a moment a booking may begin and still hold something then: a day in the room, and a day of
/// cleaning or sterilisation.
pub(crate) const LOOK_BACK: i64 = 2 * DAY;
/// The same of beds over nights.
pub(crate) const LOOK_BACK_BEDS: i64 = 32 * DAY;

/// One resource, held from a moment to another (excluded).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Take {
    /// `Location/…`, `Practitioner/…`, `Device/…` or `Patient/…`.
    pub what: String,
    pub from: i64,
    pub until: i64,
    /// Whether the booking says itself how long: a Device without that is held through its turn-around too.
    pub told: bool,
}

impl Take {
    pub fn meets(&self, other: &Take) -> bool {
        self.what == other.what && self.from < other.until && other.from < self.until
    }

    pub fn is_device(&self) -> bool {
        self.what.starts_with("Device/")
    }
}

/// All takes of an Appointment, without those of what was declined.
pub(super) fn takes(
    appointment: &Json<'_>,
    kind: Kind,
    (start, end): (i64, i64),
    cleaning: i64,
) -> Vec<Take> {
    let mut out = Vec::new();
    for participant in appointment.each("participant") {
        if participant.get_str("status") == Some("declined") {
            continue;
        }
        let Some(what) = target(participant, "actor") else { continue };
        let Some((rt, _)) = what.split_once('/') else { continue };
        let wanted = match rt {
            "Practitioner" => true,
            "Location" | "Device" | "Patient" => kind == Kind::Theatre,
            _ => false,
        };
        if !wanted {
            continue;
        }
        let period = participant.get("period");
        let said = |name: &str| period.and_then(|p| p.get_str(name)).and_then(ms);
        let until = match rt {
            "Location" => end + cleaning * MINUTE,
            _ => end,
        };
        out.push(Take {
            what: what.to_string(),
            from: said("start").unwrap_or(start),
            until: said("end").unwrap_or(until),
            told: period.is_some(),
        });
    }
    out
}
