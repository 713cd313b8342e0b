//! Who is named in a patient's care, and where it takes place.

use super::period::{end, span, until};
use fhir::{Json, ResourceType};
use std::collections::HashMap;
use store::access::{Named, PatientTies, Records, Span, Stored};
use store::{Error, Result};

/// Who took part in the care goes on with it for so long: follow-up, late results, letters.
const CARE_DAYS: i64 = 730;
/// A place where the patient was goes on caring for so long.
const PLACE_DAYS: i64 = 90;
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

pub async fn read(records: &Records<'_>, patient: &str) -> Result<PatientTies> {
    let mut found = Found::default();
    if let Some(stored) = records.read(ResourceType::PATIENT, patient).await? {
        let json = parse(&stored)?;
        json.each("generalPractitioner").for_each(|one| found.add(Some(one), Span::ALWAYS));
    }
    let mut all = records.of_patient(patient, &STANDING, STANDING_MAX).await?;
    all.extend(records.of_patient(patient, &EVENTS, EVENTS_MAX).await?);
    for stored in &all {
        found.read(stored.rt(), &parse(stored)?);
    }
    let wider = wider(records, &found.ties.places).await?;
    found.ties.places.extend(wider);
    Ok(found.ties)
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
        // Of the same name the longest counts; most people are named many times.
        match list.iter_mut().find(|named| &*named.what == reference && named.span.from <= span.from) {
            Some(named) if named.span.until >= span.until => {}
            Some(named) if named.span.from == span.from => named.span.until = span.until,
            _ => list.push(Named::new(reference, span)),
        }
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
            ResourceType::APPOINTMENT => {
                let over = end(json.get_str("end").or(json.get_str("start"))).unwrap_or(i64::MAX);
                json.each("participant").for_each(|one| self.event(one.get("actor"), over));
            }
            ResourceType::PROCEDURE => {
                let period = json.get("performedPeriod");
                let over = end(period.and_then(|p| p.get_str("end").or(p.get_str("start"))));
                let over = over.or(end(json.get_str("performedDateTime"))).unwrap_or(i64::MAX);
                for performer in json.each("performer") {
                    self.event(performer.get("actor"), over);
                }
            }
            ResourceType::SERVICE_REQUEST => {
                let dates = ["occurrenceDateTime", "authoredOn"];
                let over = dates.iter().find_map(|name| end(json.get_str(name))).unwrap_or(i64::MAX);
                self.event(json.get("requester"), over);
                json.each("performer").for_each(|one| self.event(Some(one), over));
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

    fn encounter(&mut self, json: &Json<'_>) {
        let period = json.get("period");
        let finished = json.get_str("status") == Some("finished");
        let over = match period.and_then(|p| p.get_str("end")) {
            Some(text) => end(Some(text)),
            // Finished without an end: it ended when it began, for all that is known.
            None if finished => end(period.and_then(|p| p.get_str("start"))),
            None => None,
        };
        let over = over.unwrap_or(i64::MAX);
        json.each("participant").for_each(|one| self.event(one.get("individual"), over));
        self.event(json.get("serviceProvider"), over);
        json.each("location").for_each(|one| self.event(one.get("location"), over));
    }

    /// A person or a place of something that ends at `over`.
    fn event(&mut self, reference: Option<&Json<'_>>, over: i64) {
        let text = reference.and_then(|r| r.get_str("reference")).unwrap_or_default();
        let days = if text.starts_with("Practitioner") { CARE_DAYS } else { PLACE_DAYS };
        self.add(reference, until(over, days));
    }
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
