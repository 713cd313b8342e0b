//! Who is named in a patient's care, and where it takes place.

use super::period::{DAY_MS, end, span};
use fhir::{Json, ResourceType};
use std::collections::HashMap;
use store::access::{Named, PatientTies, Records, Span, Stored};
use store::{Error, Result};

/// Who took part in the care goes on with it for so long: follow-up, late results, letters.
const CARE_DAYS: i64 = 730;
/// A place where the patient was goes on caring for so long.
const PLACE_DAYS: i64 = 90;
/// What is to come counts from so long before.
const AHEAD_DAYS: i64 = 90;
/// No appointment lasts longer.
const APPOINTMENT_MS_MAX: i64 = 7 * DAY_MS;
/// Of each kind; the newest count.
const STANDING_MAX: usize = 200;
const EVENTS_MAX: usize = 500;
/// Locations lie within others: rooms in floors in sites.
const NESTED_MAX: usize = 4;

const STANDING: [ResourceType; 2] = [ResourceType::CARE_TEAM, ResourceType::EPISODE_OF_CARE];
const EVENTS: [ResourceType; 4] = [
    ResourceType::APPOINTMENT,
    ResourceType::ENCOUNTER,
    ResourceType::PROCEDURE,
    ResourceType::SERVICE_REQUEST,
];

/// What never took place, or was entered in error, ties nobody.
const VOID: [&str; 6] = ["cancelled", "entered-in-error", "inactive", "noshow", "not-done", "revoked"];

/// Appointments that are kept, or were.
const KEPT_APPOINTMENTS: [&str; 4] = ["arrived", "booked", "checked-in", "fulfilled"];

pub async fn read(records: &Records<'_>, patient: &str) -> Result<PatientTies> {
    let mut all = records.of_patient(patient, &STANDING, STANDING_MAX).await?;
    all.extend(records.of_patient(patient, &EVENTS, EVENTS_MAX).await?);
    let mut ties = PatientTies::default();
    for stored in &all {
        let mut found = Found::default();
        found.read(stored.rt(), &parse(stored)?);
        // Whoever writes oneself into the care is not in it by that alone: somebody else must have said so.
        for named in found.ties.care {
            let by = records.writers(stored, |json| names(json, &named.what)).await?;
            keep(&mut ties.care, named.by(by));
        }
        found.ties.places.into_iter().for_each(|place| keep(&mut ties.places, place));
    }
    let wider = wider(records, &ties.places).await?;
    ties.places.extend(wider);
    Ok(ties)
}

/// Of the same name, said by the same, the longest counts; most people are named many times.
fn keep(list: &mut Vec<Named>, new: Named) {
    let alike =
        |named: &&mut Named| named.what == new.what && named.by == new.by && named.span.from == new.span.from;
    match list.iter_mut().find(alike) {
        Some(named) => named.span.until = named.span.until.max(new.span.until),
        None => list.push(new),
    }
}

/// Whether a reference somewhere in the resource leads there.
fn names(json: &Json<'_>, what: &str) -> bool {
    match json {
        Json::Array(items) => items.iter().any(|item| names(item, what)),
        Json::Object(object) => object.iter().any(|(name, value)| match value {
            Json::String(text) => name == "reference" && text == what,
            other => names(other, what),
        }),
        _ => false,
    }
}

fn parse(stored: &Stored) -> Result<Json<'_>> {
    fhir::json::parse(stored.body()).map_err(|_| Error::Corrupt("stored JSON".into()))
}

#[derive(Default)]
struct Found {
    ties: PatientTies,
}

impl Found {
    /// Someone or some place that counts for a while.
    fn add(&mut self, reference: Option<&Json<'_>>, span: Span) {
        let Some(reference) = reference.and_then(|r| r.get_str("reference")) else { return };
        let list = match reference.split('/').next() {
            Some("Organization" | "Location") => &mut self.ties.places,
            Some("Practitioner" | "PractitionerRole") => &mut self.ties.care,
            _ => return,
        };
        keep(list, Named::new(reference, span));
    }

    fn read(&mut self, rt: ResourceType, json: &Json<'_>) {
        if json.get_str("status").is_some_and(|status| VOID.contains(&status)) {
            return;
        }
        match rt {
            ResourceType::CARE_TEAM => self.care_team(json),
            ResourceType::EPISODE_OF_CARE => {
                let lasts = span(json.get("period"));
                self.add(json.get("careManager"), lasts);
                self.add(json.get("managingOrganization"), lasts);
            }
            ResourceType::ENCOUNTER => self.encounter(json),
            ResourceType::APPOINTMENT => self.appointment(json),
            ResourceType::PROCEDURE => {
                let period = json.get("performedPeriod");
                let over = end(period.and_then(|p| p.get_str("end").or(p.get_str("start"))));
                let Some(over) = over.or(end(json.get_str("performedDateTime"))) else { return };
                let time = Time { from: i64::MIN, over };
                json.each("performer").for_each(|one| self.event(one.get("actor"), time));
            }
            ResourceType::SERVICE_REQUEST => {
                let dates = ["occurrenceDateTime", "authoredOn"];
                let Some(at) = dates.iter().find_map(|name| json.get_str(name)).and_then(fhir::date::parse)
                else {
                    return;
                };
                let time = Time { from: at.lo_ms - AHEAD_DAYS * DAY_MS, over: at.hi_ms };
                self.event(json.get("requester"), time);
                json.each("performer").for_each(|one| self.event(Some(one), time));
            }
            _ => {}
        }
    }

    fn care_team(&mut self, json: &Json<'_>) {
        let lasts = span(json.get("period"));
        for participant in json.each("participant") {
            let own = span(participant.get("period"));
            let both = Span { from: lasts.from.max(own.from), until: lasts.until.min(own.until) };
            self.add(participant.get("member"), both);
        }
        json.each("managingOrganization").for_each(|one| self.add(Some(one), lasts));
    }

    fn appointment(&mut self, json: &Json<'_>) {
        if !json.get_str("status").is_some_and(|status| KEPT_APPOINTMENTS.contains(&status)) {
            return;
        }
        let Some(start) = json.get_str("start").and_then(fhir::date::parse) else { return };
        let over = end(json.get_str("end")).unwrap_or(start.hi_ms).min(start.hi_ms + APPOINTMENT_MS_MAX);
        let time = Time { from: start.lo_ms - AHEAD_DAYS * DAY_MS, over };
        json.each("participant").for_each(|one| self.event(one.get("actor"), time));
    }

    fn encounter(&mut self, json: &Json<'_>) {
        let period = json.get("period");
        let part = |name| period.and_then(|p| p.get_str(name)).and_then(fhir::date::parse);
        let (start, finish) = (part("start"), part("end"));
        let time = match (json.get_str("status"), start, finish) {
            (Some("planned"), None, _) => return,
            // Finished without an end: it ended when it began, for all that is known.
            (Some("finished"), start, finish) => {
                let Some(over) = finish.or(start).map(|moment| moment.hi_ms) else { return };
                Time { from: i64::MIN, over }
            }
            (_, start, finish) => Time {
                from: start.map_or(i64::MIN, |moment| moment.lo_ms - AHEAD_DAYS * DAY_MS),
                over: finish.map_or(i64::MAX, |moment| moment.hi_ms),
            },
        };
        json.each("participant").for_each(|one| self.event(one.get("individual"), time));
        self.event(json.get("serviceProvider"), time);
        json.each("location").for_each(|one| self.event(one.get("location"), time));
    }

    /// A person or a place of something that takes place at a time.
    fn event(&mut self, reference: Option<&Json<'_>>, time: Time) {
        let text = reference.and_then(|r| r.get_str("reference")).unwrap_or_default();
        let days = if text.starts_with("Practitioner") { CARE_DAYS } else { PLACE_DAYS };
        self.add(reference, Span { from: time.from, until: time.over.saturating_add(days * DAY_MS) });
    }
}

/// From when something counts, and when it is over.
#[derive(Clone, Copy)]
struct Time {
    from: i64,
    over: i64,
}

/// The sites in which the locations lie.
async fn wider(records: &Records<'_>, places: &[Named]) -> Result<Vec<Named>> {
    let mut known: HashMap<String, Vec<String>> = HashMap::new();
    let mut out = Vec::new();
    for place in places {
        let Some(id) = place.what.strip_prefix("Location/") else { continue };
        if !known.contains_key(id) {
            known.insert(id.to_string(), around(records, id).await?);
        }
        let around = known.get(id).into_iter().flatten();
        out.extend(around.map(|reference| Named::new(reference.as_str(), place.span)));
    }
    Ok(out)
}

async fn around(records: &Records<'_>, id: &str) -> Result<Vec<String>> {
    let (mut found, mut next) = (Vec::new(), Some(id.to_string()));
    for _ in 0..NESTED_MAX {
        let Some(id) = next.take() else { break };
        let Some(stored) = records.read(ResourceType::LOCATION, &id).await? else { break };
        let json = parse(&stored)?;
        let reference = |name: &str| json.get(name).and_then(|r| r.get_str("reference"));
        found.extend(reference("managingOrganization").map(str::to_string));
        if let Some(outer) = reference("partOf") {
            found.push(outer.to_string());
            next = outer.strip_prefix("Location/").map(str::to_string);
        }
    }
    Ok(found)
}
