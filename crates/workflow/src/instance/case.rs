//! The operation that a course is about: a ServiceRequest of surgery.

use super::course::Phase;
use super::{current, parsed};
use crate::element::{SNOMED, refers};
use fhir::{Json, ResourceType};
use store::{Ctx, Result, Tenant};

const SURGERY: &str = "387713003";
const DAY: i64 = 24 * 60 * 60 * 1000;
/// What should have been done longer ago than this was taken over from elsewhere and starts nothing.
const HISTORY_DAYS: i64 = 30;
/// A patient who was operated on longer ago has gone home.
const OVER_DAYS: i64 = 3;
/// Approvals take days; a case that is first seen nearer to its operation has them already.
const NEAR_DAYS: i64 = 2;

pub(crate) struct Case {
    pub id: String,
    /// `Patient/…`.
    pub patient: String,
    pub phase: Phase,
    /// `Practitioner/…` who operates.
    pub surgeon: Option<String>,
    pub json: Json<'static>,
}

impl Case {
    /// `None` for what does not exist, or is no operation of a patient.
    ///
    /// # Errors
    /// The store's.
    pub async fn read(tenant: &Tenant, ctx: &Ctx, id: &str) -> Result<Option<Case>> {
        match current(tenant, ctx, ResourceType::SERVICE_REQUEST, id).await? {
            Some(found) => Ok(Case::of(&found.id, parsed(&found)?)),
            None => Ok(None),
        }
    }

    pub fn of(id: &str, json: Json<'static>) -> Option<Case> {
        let mut kinds = json.each("category").flat_map(|category| category.each("coding"));
        if !kinds.any(|c| c.get_str("system") == Some(SNOMED) && c.get_str("code") == Some(SURGERY)) {
            return None;
        }
        drop(kinds);
        let patient = refers(&json, "subject").filter(|subject| subject.starts_with("Patient/"))?.to_string();
        let surgeon = json.each("performer").next().and_then(|one| one.get_str("reference"));
        let surgeon = surgeon.filter(|one| one.starts_with("Practitioner/")).map(String::from);
        let phase = match json.get_str("status") {
            Some("active") => Phase::Open,
            Some("on-hold") => Phase::Held,
            Some("completed") => Phase::Over,
            Some("revoked" | "entered-in-error") => Phase::Cancelled,
            _ => Phase::Draft,
        };
        Some(Case { id: id.to_string(), patient, phase, surgeon, json })
    }

    /// `right`, `left`, `both`, or nothing.
    pub fn side(&self) -> Option<&'static str> {
        let codings = self.json.each("bodySite").flat_map(|site| site.each("coding"));
        let mut codes = codings.filter(|c| c.get_str("system") == Some(SNOMED));
        codes.find_map(|coding| match coding.get_str("code")? {
            "24028007" => Some("right"),
            "7771000" => Some("left"),
            "51440002" => Some("both"),
            _ => None,
        })
    }

    /// Whether a course may begin by hand; `over`: one that begins when the operation is over.
    pub fn may_begin(&self, over: bool) -> bool {
        self.phase == if over { Phase::Over } else { Phase::Open }
    }

    /// Whether a course would come too late: the operation was long ago, or is so near that what was to be approved
    /// was approved elsewhere (it was taken over, or is an emergency).
    pub fn is_history(&self, booked: Option<(i64, i64)>, now: i64) -> bool {
        if let Some((start, end)) = booked {
            return match self.phase {
                Phase::Over => now.saturating_sub(end) > OVER_DAYS * DAY,
                _ => start.saturating_sub(now) < NEAR_DAYS * DAY,
            };
        }
        let period = self.json.get("occurrencePeriod").and_then(|period| period.get_str("end"));
        let day = period.or(self.json.get_str("occurrenceDateTime")).and_then(fhir::date::parse);
        day.is_some_and(|moment| now.saturating_sub(moment.hi_ms) > HISTORY_DAYS * DAY)
    }
}
