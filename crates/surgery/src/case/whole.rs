//! A case with everything that belongs to it: its booking, its Procedure, its checklist.

use super::element::{self, all, case_of, is_surgery, parsed, text_at};
use super::message::NOT_A_CASE;
use crate::checklist::library;
use crate::checklist::version::{self, Version};
use crate::status::{Status, status};
use fhir::{Code, Issue, Json, ResourceType};
use service::RouteCtx;
use std::collections::HashMap;
use std::sync::Arc;
use store::{Result, Visible};

/// A resource that was found.
#[derive(Clone)]
pub(crate) struct Stored {
    pub id: String,
    pub version: u64,
    pub json: Json<'static>,
}

pub(crate) struct Whole {
    pub id: String,
    pub version: u64,
    pub json: Json<'static>,
    pub booking: Option<Stored>,
    pub procedure: Option<Stored>,
    pub checklist: Option<Stored>,
    /// The version of the check-list that it began with, or would begin with.
    pub checks: Arc<Version>,
    /// Only what the schedule says of it.
    pub partial: bool,
}

/// Someone of the team.
pub(crate) struct Member {
    pub role: &'static str,
    pub what: String,
    pub name: String,
}

pub(crate) const ROLES: [&str; 6] =
    ["surgeon", "assistant", "anaesthetist", "scrub-nurse", "circulating-nurse", "nurse-anaesthetist"];

impl Whole {
    /// # Errors
    /// `Refused` when it is no case; the store's.
    pub async fn read(cx: &RouteCtx, id: &str) -> Result<Whole> {
        let found = cx.tenant.read(&cx.ctx, ResourceType::SERVICE_REQUEST, id).await?;
        let whole = Whole::of_all(cx, vec![found]).await?.into_iter().next();
        whole.ok_or_else(|| Issue::error(Code::NotFound, NOT_A_CASE).into())
    }

    /// The cases among these ServiceRequests, each with what belongs to it.
    ///
    /// # Errors
    /// The store's.
    pub async fn of_all(cx: &RouteCtx, found: Vec<Visible>) -> Result<Vec<Whole>> {
        let mut cases: Vec<Whole> = Vec::new();
        let Some(shipped) = version::named(None) else { return Ok(cases) };
        for one in found {
            let json = parsed(&one)?;
            if is_surgery(&json) {
                let (booking, procedure, checklist) = (None, None, None);
                let (id, version) = (one.id, one.version);
                let (checks, partial) = (shipped.clone(), false);
                cases.push(Whole { id, version, json, booking, procedure, checklist, checks, partial });
            }
        }
        let references: Vec<String> = cases.iter().map(|c| format!("ServiceRequest/{}", c.id)).collect();
        let bookings = linked(cx, ResourceType::APPOINTMENT, &references).await?;
        let procedures = linked(cx, ResourceType::PROCEDURE, &references).await?;
        let checklists = linked(cx, ResourceType::QUESTIONNAIRE_RESPONSE, &references).await?;
        for (case, reference) in cases.iter_mut().zip(&references) {
            let of = |map: &HashMap<String, Vec<Stored>>| map.get(reference).cloned().unwrap_or_default();
            case.booking = counting(of(&bookings));
            let own = element::derived("procedure", &case.id);
            let mut known = of(&procedures);
            known.retain(|p| p.json.get_str("status") != Some("entered-in-error"));
            known.sort_by_key(|p| p.id != own);
            case.procedure = known.into_iter().next();
            let own = element::derived("checklist", &case.id);
            case.checklist = of(&checklists).into_iter().find(|c| c.id == own);
        }
        checks(cx, &mut cases).await?;
        Ok(cases)
    }

    pub fn status(&self) -> Status {
        let json = |stored: &'_ Option<Stored>| stored.as_ref().map(|s| s.json.clone());
        status(&self.json, json(&self.booking).as_ref(), json(&self.procedure).as_ref())
    }

    pub fn marks(&self) -> Vec<crate::milestone::Mark> {
        self.procedure.as_ref().map(|p| crate::milestone::read(&p.json)).unwrap_or_default()
    }

    /// Id of the patient.
    pub fn patient(&self) -> &str {
        let subject = self.json.get("subject").and_then(|s| s.get_str("reference"));
        subject.and_then(|s| s.strip_prefix("Patient/")).unwrap_or_default()
    }

    pub fn act(&self) -> String {
        self.json.get("code").and_then(element::label).unwrap_or_default()
    }

    pub fn act_code(&self) -> &str {
        let coding = self.json.get("code").and_then(|code| code.each("coding").next());
        coding.and_then(|c| c.get_str("code")).unwrap_or_default()
    }

    pub fn number(&self) -> String {
        let ours = self.json.each("identifier").find_map(|i| i.get_str("value"));
        let booked =
            self.booking.as_ref().and_then(|b| b.json.each("identifier").find_map(|i| i.get_str("value")));
        let short = || self.id.chars().take(8).collect();
        ours.or(booked).map_or_else(short, str::to_string)
    }

    /// general, spinal, regional, local, sedation, none, or nothing.
    pub fn anaesthesia(&self) -> &'static str {
        element::value(&self.json, element::ANAESTHESIA).map_or("", super::anaesthesia::of)
    }

    pub fn minutes(&self) -> Option<i64> {
        element::number_at(&self.json, element::MINUTES).filter(|n| (1..=1440).contains(n))
    }

    pub fn cleaning(&self) -> i64 {
        let booked =
            self.booking.as_ref().and_then(|b| element::number_at(&b.json, "urn:medhub:booking:cleaning"));
        let minutes = booked.or_else(|| element::number_at(&self.json, element::CLEANING));
        minutes.unwrap_or(15).clamp(0, 240)
    }

    /// elective, soon, urgent, immediate.
    pub fn urgency(&self) -> &str {
        let said = text_at(&self.json, element::URGENCY);
        match said.or_else(|| self.json.get_str("priority")) {
            Some("soon" | "asap") => "soon",
            Some("urgent") => "urgent",
            Some("immediate" | "stat") => "immediate",
            _ => "elective",
        }
    }

    /// Who operates and what they are called.
    pub fn surgeon(&self) -> Option<(String, String)> {
        let asked = self.json.each("performer").next().or_else(|| self.json.get("requester"));
        let asked = asked.filter(|r| r.get_str("reference").is_some_and(|r| r.starts_with("Practitioner/")));
        let asked = asked.map(|r| {
            let text = |name: &str| r.get_str(name).unwrap_or_default().to_string();
            (text("reference"), text("display"))
        });
        let team = || self.team().into_iter().find(|m| m.role == "surgeon").map(|m| (m.what, m.name));
        asked.or_else(team)
    }

    /// The room of the booking: `Location/…` and its name.
    pub fn room(&self) -> Option<(String, String)> {
        room_of(&self.booking.as_ref()?.json)
    }

    pub fn team(&self) -> Vec<Member> {
        self.booking.as_ref().map(|booking| team_of(&booking.json)).unwrap_or_default()
    }

    /// Start and end of the booking.
    pub fn planned(&self) -> Option<(i64, i64)> {
        let booking = &self.booking.as_ref()?.json;
        let at = |name: &str| booking.get_str(name).and_then(element::ms);
        Some((at("start")?, at("end")?))
    }
}

/// Gives each case the version of the check-list that its team answers, and what has not begun the clinic's choice.
async fn checks(cx: &RouteCtx, cases: &mut [Whole]) -> Result<()> {
    let canonical = |case: &Whole| {
        let response = &case.checklist.as_ref()?.json;
        response.get_str("questionnaire").map(str::to_string)
    };
    let known = library::of_canonicals(cx, cases.iter().filter_map(canonical).collect()).await?;
    let chosen = match cases.iter().any(|case| case.checklist.is_none()) {
        true => Some(library::chosen(cx).await?),
        false => None,
    };
    for case in cases {
        let found = match canonical(case) {
            Some(canonical) => known.get(&canonical),
            None => chosen.as_ref(),
        };
        if let Some(found) = found {
            case.checks = found.clone();
        }
    }
    Ok(())
}

/// The room of an Appointment: `Location/…` and its name.
pub(crate) fn room_of(booking: &Json<'_>) -> Option<(String, String)> {
    // Beds have a period of their own; the room is taken as long as the booking.
    let actor = booking.each("participant").filter(|p| p.get("period").is_none()).find_map(|p| {
        p.get("actor").filter(|a| a.get_str("reference").is_some_and(|r| r.starts_with("Location/")))
    })?;
    let text = |name: &str| actor.get_str(name).unwrap_or_default().to_string();
    Some((text("reference"), text("display")))
}

/// The team of an Appointment.
pub(crate) fn team_of(booking: &Json<'_>) -> Vec<Member> {
    let members = booking.each("participant").filter_map(|p| {
        let mut codes = p.each("type").flat_map(|t| t.each("coding")).filter_map(|c| c.get_str("code"));
        let role = codes.find_map(|code| ROLES.into_iter().find(|role| *role == code))?;
        let actor = p.get("actor")?;
        let name = actor.get_str("display").unwrap_or_default().to_string();
        Some(Member { role, what: actor.get_str("reference")?.to_string(), name })
    });
    members.collect()
}

async fn linked(
    cx: &RouteCtx,
    rt: ResourceType,
    references: &[String],
) -> Result<HashMap<String, Vec<Stored>>> {
    let mut map: HashMap<String, Vec<Stored>> = HashMap::new();
    for some in references.chunks(element::CHUNK) {
        for found in all(cx, rt, &[("based-on", some.join(","))]).await? {
            let json = parsed(&found)?;
            if let Some(case) = case_of(&json).map(str::to_string) {
                map.entry(case).or_default().push(Stored { id: found.id, version: found.version, json });
            }
        }
    }
    Ok(map)
}

/// The booking that counts: of several, the one that begins last.
fn counting(mut bookings: Vec<Stored>) -> Option<Stored> {
    let counts = |b: &Stored| {
        matches!(b.json.get_str("status"), Some("booked" | "arrived" | "checked-in" | "fulfilled"))
    };
    bookings.retain(counts);
    bookings.sort_by_key(|b| b.json.get_str("start").and_then(element::ms));
    bookings.pop()
}
