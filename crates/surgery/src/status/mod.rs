//! How far a case is: one function of what is stored, told everywhere; and the rule that keeps its order.

pub(crate) mod rule;

use crate::milestone::Code;
use fhir::Json;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Requested,
    Scheduled,
    PreOp,
    InProgress,
    PostOp,
    Completed,
    Cancelled,
    Postponed,
}

impl Status {
    pub const ALL: [(&'static str, Status); 8] = [
        ("requested", Status::Requested),
        ("scheduled", Status::Scheduled),
        ("pre_op", Status::PreOp),
        ("in_progress", Status::InProgress),
        ("post_op", Status::PostOp),
        ("completed", Status::Completed),
        ("cancelled", Status::Cancelled),
        ("postponed", Status::Postponed),
    ];

    pub fn as_str(self) -> &'static str {
        Status::ALL.iter().find(|(_, s)| *s == self).map_or("", |(name, _)| name)
    }

    /// Before the patient is received: the request may still be changed.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Requested | Status::Scheduled | Status::Postponed)
    }

    pub fn is_gone(self) -> bool {
        matches!(self, Status::Cancelled | Status::Postponed)
    }
}

/// The status of a case, of its ServiceRequest, its booking that counts (booked, arrived or fulfilled) and its
/// Procedure.
pub(crate) fn status(request: &Json<'_>, booking: Option<&Json<'_>>, procedure: Option<&Json<'_>>) -> Status {
    match request.get_str("status") {
        Some("revoked" | "entered-in-error") => return Status::Cancelled,
        Some("on-hold") => return Status::Postponed,
        Some("completed") => return Status::Completed,
        _ => {}
    }
    let course = procedure.map(crate::milestone::read).unwrap_or_default();
    let out = course.iter().any(|mark| mark.code == Code::Out);
    match procedure.and_then(|p| p.get_str("status")) {
        Some("completed") => Status::Completed,
        Some("not-done") => Status::Cancelled,
        Some("in-progress" | "on-hold" | "stopped") if out => Status::PostOp,
        Some("in-progress" | "on-hold" | "stopped") => Status::InProgress,
        Some("preparation") => Status::PreOp,
        _ if booking.is_some() => Status::Scheduled,
        _ => Status::Requested,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(request: &str, booking: bool, procedure: Option<&str>) -> &'static str {
        let request = fhir::json::parse(request.as_bytes()).unwrap();
        let procedure = procedure.map(|p| fhir::json::parse(p.as_bytes()).unwrap());
        status(&request, booking.then_some(&Json::Null), procedure.as_ref()).as_str()
    }

    #[test]
    fn each_status_from_what_is_stored() {
        let out = r#"{"status":"in-progress","extension":[{"url":"urn:medhub:milestone","extension":[{"url":"code","valueCode":"out"},{"url":"time","valueInstant":"2026-11-22T09:00:00Z"}]}]}"#;
        let active = r#"{"status":"active"}"#;
        assert_eq!(of(active, false, None), "requested");
        assert_eq!(of(active, true, None), "scheduled");
        assert_eq!(of(active, true, Some(r#"{"status":"preparation"}"#)), "pre_op");
        assert_eq!(of(active, true, Some(r#"{"status":"in-progress"}"#)), "in_progress");
        assert_eq!(of(active, true, Some(out)), "post_op");
        assert_eq!(of(active, true, Some(r#"{"status":"completed"}"#)), "completed");
        assert_eq!(of(r#"{"status":"revoked"}"#, true, None), "cancelled");
        assert_eq!(of(r#"{"status":"on-hold"}"#, true, None), "postponed");
        assert_eq!(of(active, true, Some(r#"{"status":"entered-in-error"}"#)), "scheduled");
    }
}
