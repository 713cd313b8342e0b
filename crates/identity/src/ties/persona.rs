//! Who an account is, as records name it: the professional with all roles and places, those for whom it acts,
//! and in the portal the patient, or the one who acts for a patient.

use super::period::span;
use crate::account::delegations;
use fhir::{Json, ResourceType};
use store::access::{Named, Persona, Records, Span};
use store::{Actor, Error, Hub, Result};

/// Roles that one professional holds at most.
const ROLES_MAX: usize = 100;

pub async fn read(hub: &Hub, records: &Records<'_>, actor: &Actor) -> Result<Persona> {
    let mut persona = Persona::default();
    if let Some(person) = actor.person.as_deref() {
        match person.split_once('/') {
            Some(("Patient", id)) => persona.own.push((id.into(), policy::Ties::SELF, Span::ALWAYS)),
            Some(("RelatedPerson", id)) => proxy(records, id, &mut persona).await?,
            Some(("Practitioner", id)) => professional(records, id, &mut persona).await?,
            // Accounts of before know the bare id of a professional.
            None if !person.is_empty() => professional(records, person, &mut persona).await?,
            _ => {}
        }
    }
    for delegation in delegations(hub, records.tenant(), actor.id, records.now_ms()).await? {
        let Some(other) = hub.account_by_id(records.tenant(), delegation.for_account).await? else {
            continue;
        };
        let Some(id) = other.practitioner.as_deref().filter(|_| !other.disabled) else { continue };
        let mut principal = Persona::default();
        professional(records, id.strip_prefix("Practitioner/").unwrap_or(id), &mut principal).await?;
        let until = |named: Named| {
            let span = Span { until: named.span.until.min(delegation.until), ..named.span };
            Named { span, ..named }
        };
        persona.acts_for.extend(principal.names.into_iter().map(until));
    }
    Ok(persona)
}

/// The professional, and the roles held with their places.
async fn professional(records: &Records<'_>, id: &str, persona: &mut Persona) -> Result<()> {
    let name = format!("Practitioner/{id}");
    let roles = records.search(ResourceType::PRACTITIONER_ROLE, "practitioner", &name, ROLES_MAX).await?;
    persona.names.push(Named::new(name, Span::ALWAYS));
    for role in roles {
        let json = fhir::json::parse(role.body()).map_err(|_| Error::Corrupt("stored JSON".into()))?;
        if json.get("active").and_then(Json::as_bool) == Some(false) {
            continue;
        }
        let held = span(json.get("period"));
        persona.names.push(Named::new(format!("PractitionerRole/{}", role.id()), held));
        let places = json.get("organization").into_iter().chain(json.each("location"));
        let references = places.filter_map(|place| place.get_str("reference"));
        persona.places.extend(references.map(|reference| Named::new(reference, held)));
    }
    Ok(())
}

const CONTACTS: &str = "http://terminology.hl7.org/CodeSystem/v2-0131";
/// What makes somebody more than the person to call: parental authority, guardianship, the person of trust.
const STANDING: [&str; 3] = ["parental-authority", "GUARD", "trusted-person"];

/// Whether the record names this person only as the one to call: that opens nothing, whoever has the account.
fn is_contact_only(related: &Json<'_>) -> bool {
    let mut codings = related.each("relationship").flat_map(|relation| relation.each("coding"));
    let (mut contact, mut standing) = (false, false);
    for coding in &mut codings {
        let code = coding.get_str("code").unwrap_or_default();
        contact |= coding.get_str("system") == Some(CONTACTS) && code == "C";
        standing |= STANDING.contains(&code);
    }
    contact && !standing
}

/// A parent, guardian or trusted person.
async fn proxy(records: &Records<'_>, id: &str, persona: &mut Persona) -> Result<()> {
    let Some(related) = records.read(ResourceType::RELATED_PERSON, id).await? else { return Ok(()) };
    let json = fhir::json::parse(related.body()).map_err(|_| Error::Corrupt("stored JSON".into()))?;
    let patient = json.get("patient").and_then(|patient| patient.get_str("reference"));
    let active = json.get("active").and_then(Json::as_bool) != Some(false) && !is_contact_only(&json);
    if let Some(patient) = patient.and_then(|reference| reference.strip_prefix("Patient/")).filter(|_| active)
    {
        persona.own.push((patient.into(), policy::Ties::PROXY, span(json.get("period"))));
        persona.names.push(Named::new(format!("RelatedPerson/{id}"), Span::ALWAYS));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_person_to_call_is_no_proxy() {
        let related = |codes: &str| {
            let text = format!(r#"{{"relationship":[{codes}]}}"#);
            is_contact_only(&fhir::json::parse(text.as_bytes()).unwrap())
        };
        let call = r#"{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0131","code":"C"}]}"#;
        let trust = r#"{"coding":[{"system":"urn:medhub:person-role","code":"trusted-person"}]}"#;
        assert!(related(call));
        assert!(!related(&format!("{call},{trust}")) && !related(trust) && !related(""));
    }
}
