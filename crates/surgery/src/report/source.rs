//! Everything that the report is drafted from, read once.

use crate::anaesthesia::{self, Consultation};
use crate::implant;
use crate::perioperative::booking::Booking;
use crate::perioperative::case::{Case, parsed};
use crate::perioperative::entry::Stored;
use crate::perioperative::{self, entries};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::{Error, Result};

const MILESTONE: &str = "urn:medhub:milestone";

pub(super) struct Source {
    pub case: Case,
    pub nursing: Vec<Stored>,
    pub anaesthesia: Vec<Stored>,
    pub consultation: Option<Consultation>,
    /// The implants that stand.
    pub implants: Vec<Json<'static>>,
    /// Part in the team and name.
    pub team: Vec<(String, String)>,
    /// What the operation is for, in words.
    pub reasons: Vec<String>,
}

impl Source {
    pub async fn read(cx: &RouteCtx, id: &str) -> Result<Source> {
        let case = Case::read(cx, id).await?;
        let standing = |all: Vec<Stored>| all.into_iter().filter(Stored::stands).collect();
        let nursing = standing(entries(cx, &case, &perioperative::SHEET).await?);
        let anaesthesia = standing(entries(cx, &case, &anaesthesia::SHEET).await?);
        let consultation = Consultation::read(cx, &case).await?;
        let implants = implant::of_case(cx, &case).await?.into_iter().map(|(_, json)| json);
        let implants = implants.filter(|json| json.get_str("status") != Some("entered-in-error")).collect();
        let team = team(&case, Booking::of(cx, &case).await?.as_ref());
        let reasons = reasons(cx, &case).await?;
        Ok(Source { case, nursing, anaesthesia, consultation, implants, team, reasons })
    }

    pub fn nursing<'s>(&'s self, kind: &'s str) -> impl Iterator<Item = &'s Stored> {
        self.nursing.iter().filter(move |entry| entry.kind.name == kind)
    }

    pub fn events(&self) -> impl Iterator<Item = &Stored> {
        self.anaesthesia.iter().filter(|entry| entry.kind.name == "event")
    }

    /// When the room marked something: `in`, `incision`, `closure`, `out` …
    pub fn milestone(&self, code: &str) -> Option<String> {
        let (_, _, procedure) = self.case.procedure.as_ref()?;
        let part = |milestone: &Json<'static>, url: &str| {
            milestone.each("extension").find(|p| p.get_str("url") == Some(url)).cloned()
        };
        let mut milestones = procedure.each("extension").filter(|e| e.get_str("url") == Some(MILESTONE));
        let found = milestones.find(|m| {
            part(m, "code").and_then(|c| c.get_str("valueCode").map(String::from)).as_deref() == Some(code)
        })?;
        let time = part(found, "time")?;
        time.get_str("valueInstant").or_else(|| time.get_str("valueDateTime")).map(String::from)
    }

    /// The words of a concept that the request holds as an extension.
    pub fn extension(&self, url: &str) -> Option<String> {
        let found = self.case.json.each("extension").find(|e| e.get_str("url") == Some(url))?;
        words(found.get("valueCodeableConcept")?)
    }

    /// The CCAM code of the act.
    pub fn ccam(&self) -> Option<&str> {
        let mut codings = self.case.json.get("code")?.each("coding");
        codings.find(|c| c.get_str("system").is_some_and(|s| s.contains("ccam")))?.get_str("code")
    }

    pub fn act(&self) -> Option<String> {
        words(self.case.json.get("code")?)
    }
}

/// The text of a CodeableConcept, else what its first coding is called.
fn words(concept: &Json<'_>) -> Option<String> {
    let shown = || concept.each("coding").find_map(|c| c.get_str("display").or_else(|| c.get_str("code")));
    concept.get_str("text").or_else(shown).map(String::from)
}

fn team(case: &Case, booking: Option<&Booking>) -> Vec<(String, String)> {
    let booked = booking.map(Booking::team).unwrap_or_default();
    if !booked.is_empty() {
        return booked;
    }
    let named = |person: &Json<'static>| person.get_str("display").map(String::from);
    let mut team: Vec<(String, String)> = Vec::new();
    let performers = case.json.each("performer").filter_map(named).take(1);
    team.extend(performers.map(|name| ("surgeon".to_string(), name)));
    for performer in case.procedure.iter().flat_map(|(_, _, json)| json.each("performer")) {
        let Some(name) = performer.get("actor").and_then(named) else { continue };
        let part = performer.get("function").and_then(words).unwrap_or_else(|| "surgeon".into());
        if !team.iter().any(|(_, known)| *known == name) {
            team.push((part, name));
        }
    }
    team
}

async fn reasons(cx: &RouteCtx, case: &Case) -> Result<Vec<String>> {
    let mut reasons: Vec<String> = case.json.each("reasonCode").filter_map(words).collect();
    for reference in case.json.each("reasonReference").filter_map(|r| r.get_str("reference")).take(10) {
        let Some(id) = reference.strip_prefix("Condition/") else { continue };
        match cx.tenant.read(&cx.ctx, ResourceType::CONDITION, id).await {
            Ok(found) => reasons.extend(parsed(&found)?.get("code").and_then(words)),
            Err(Error::NotFound | Error::Gone { .. } | Error::Denied) => {}
            Err(other) => return Err(other),
        }
    }
    reasons.dedup();
    Ok(reasons)
}
