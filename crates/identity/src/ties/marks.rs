//! What is marked on a patient: people in the public eye, colleagues, oppositions and refusals.

use super::period::span;
use fhir::{Json, ResourceType};
use policy::{Marks, Purpose, Role, Roles};
use store::access::{Opposition, PatientMarks, Records, Span};
use store::{Error, Result};

const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
/// What a consent is about, in this house: `opposition`, `sharing`, `research` …
const KIND: &str = "urn:medhub:consent-kind";
/// Roles of accounts, where an opposition names a class of people.
const ROLE: &str = "urn:medhub:role";
/// Consents and persons of one patient.
const READ_MAX: usize = 1_000;

pub async fn read(records: &Records<'_>, patient: &str) -> Result<PatientMarks> {
    let mut marks = PatientMarks::default();
    if let Some(stored) = records.read(ResourceType::PATIENT, patient).await? {
        let json = fhir::json::parse(stored.body()).map_err(|_| Error::Corrupt("stored JSON".into()))?;
        marks.marks = of_labels(&json);
    }
    let types = [ResourceType::CONSENT, ResourceType::PERSON];
    let all = records.of_patient(patient, &types, READ_MAX).await?;
    if all.len() >= READ_MAX {
        // Nobody has so many. An opposition may lie beyond: closed until somebody looks into it.
        tracing::error!("a patient has more consents than are read: the record is closed to all staff");
        let roles = Roles::of(&Role::ALL);
        marks.opposed.push(Opposition { actors: Vec::new(), roles, span: Span::ALWAYS });
    }
    for stored in all {
        let json = fhir::json::parse(stored.body()).map_err(|_| Error::Corrupt("stored JSON".into()))?;
        match stored.rt() {
            ResourceType::PERSON => {
                marks.marks = marks.marks.set(Marks::COLLEAGUE, is_professional(&json));
            }
            _ => consent(&json, &mut marks),
        }
    }
    Ok(marks)
}

fn of_labels(patient: &Json<'_>) -> Marks {
    let labels = patient.get("meta").into_iter().flat_map(|meta| meta.each("security"));
    labels.filter(|label| label.get_str("system") == Some(ACT_CODE)).fold(Marks::NONE, |sum, label| {
        match label.get_str("code") {
            Some("CEL" | "VIP") => sum.with(Marks::VIP),
            Some("EMP") => sum.with(Marks::COLLEAGUE),
            _ => sum,
        }
    })
}

/// Whether the person is known as a professional too.
fn is_professional(person: &Json<'_>) -> bool {
    let targets = person.each("link").filter_map(|link| link.get("target")?.get_str("reference"));
    targets.into_iter().any(|reference| reference.starts_with("Practitioner/"))
}

fn consent(json: &Json<'_>, marks: &mut PatientMarks) {
    let categories = json.each("category").flat_map(|category| category.each("coding"));
    let kind = categories.filter(|c| c.get_str("system") == Some(KIND)).find_map(|c| c.get_str("code"));
    let scope = json.get("scope").into_iter().flat_map(|scope| scope.each("coding"));
    let scope = scope.into_iter().find_map(|coding| coding.get_str("code"));
    let Some(provision) = json.get("provision") else { return };
    let denies = provision.get_str("type") == Some("deny");
    let lasts = span(provision.get("period"));
    match (json.get_str("status"), kind.or(scope)) {
        // Taking a consent to research or to sharing back is refusing it.
        (Some("inactive"), Some("research")) => marks.refused.push((Purpose::Research, lasts)),
        (Some("inactive"), Some("sharing")) if denies => marks.opposed.push(everyone(lasts)),
        (Some("active"), Some("research")) if denies => marks.refused.push((Purpose::Research, lasts)),
        (Some("active"), Some("opposition" | "sharing" | "patient-privacy")) if denies => {
            oppose(provision, lasts, marks);
        }
        _ => {}
    }
}

fn oppose(provision: &Json<'_>, lasts: Span, marks: &mut PatientMarks) {
    let mut opposition = everyone(lasts);
    let mut roles: Vec<Role> = Vec::new();
    for actor in provision.each("actor") {
        match actor.get("reference").and_then(|reference| reference.get_str("reference")) {
            Some(reference) => opposition.actors.push(reference.into()),
            None => {
                let codings = actor.get("role").into_iter().flat_map(|role| role.each("coding"));
                let ours = codings.filter(|coding| coding.get_str("system") == Some(ROLE));
                roles.extend(ours.filter_map(|coding| Role::parse(coding.get_str("code")?)));
            }
        }
    }
    opposition.roles = Roles::of(&roles);
    let named = !opposition.actors.is_empty() || !roles.is_empty();
    let purposes: Vec<Purpose> =
        provision.each("purpose").filter_map(|p| Purpose::parse(p.get_str("code")?)).collect();
    match (named, purposes.is_empty()) {
        (false, false) => marks.refused.extend(purposes.into_iter().map(|purpose| (purpose, lasts))),
        // Somebody whom we cannot tell apart is named: that is nobody here, not everybody.
        (false, true) if provision.each("actor").next().is_some() => {}
        _ => marks.opposed.push(opposition),
    }
}

fn everyone(span: Span) -> Opposition {
    Opposition { actors: Vec::new(), roles: Roles::default(), span }
}
