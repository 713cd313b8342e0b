//! What the record says of a case that does steps by itself.

use super::case::Case;
use super::parsed;
use crate::element::{coded, extension};
use crate::template::Proof;
use fhir::{Json, ResourceType};
use store::search::SearchRequest;
use store::{Ctx, Result, Tenant};

const APPOINTMENT_KIND: &str = "urn:medhub:appointment-kind";
const COUNT: &str = "100";

/// References to what proves a step: the same one however often it is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub booking: Option<String>,
    pub consent: Option<String>,
    /// From the first begin to the last end of its bookings, milliseconds since 1970.
    pub booked: Option<(i64, i64)>,
}

impl Facts {
    /// # Errors
    /// The store's.
    pub async fn read(tenant: &Tenant, ctx: &Ctx, case: &Case) -> Result<Facts> {
        let reference = format!("ServiceRequest/{}", case.id);
        let booked = [("based-on", reference.as_str()), ("status", "booked,arrived,fulfilled,checked-in")];
        let given = [("data", reference.as_str()), ("patient", case.patient.as_str()), ("status", "active")];
        let bookings = all(tenant, ctx, ResourceType::APPOINTMENT, &booked, is_theatre).await?;
        let consents = all(tenant, ctx, ResourceType::CONSENT, &given, |one| permits(one, case)).await?;
        let at = |name: &'static str| {
            let texts = bookings.iter().filter_map(move |(_, json)| json.get_str(name));
            texts.filter_map(fhir::date::parse).map(|moment| moment.lo_ms)
        };
        let booked = at("start").min().zip(at("end").max());
        Ok(Facts { booking: first(&bookings), consent: first(&consents), booked })
    }

    pub fn of(&self, proof: Proof) -> Option<&str> {
        match proof {
            Proof::Booking => self.booking.as_deref(),
            Proof::Consent => self.consent.as_deref(),
        }
    }
}

fn first(found: &[(String, Json<'static>)]) -> Option<String> {
    found.iter().map(|(reference, _)| reference).min().cloned()
}

/// References with what they refer to.
async fn all(
    tenant: &Tenant,
    ctx: &Ctx,
    rt: ResourceType,
    params: &[(&str, &str)],
    good: impl Fn(&Json<'_>) -> bool,
) -> Result<Vec<(String, Json<'static>)>> {
    let mut params: Vec<(String, String)> =
        params.iter().map(|(name, value)| ((*name).to_string(), (*value).to_string())).collect();
    params.push(("_count".into(), COUNT.into()));
    let request = SearchRequest { rt: Some(rt), params, ..SearchRequest::default() };
    let mut kept = Vec::new();
    for found in tenant.search(ctx, &request).await?.entries {
        let json = parsed(&found.visible)?;
        if good(&json) {
            kept.push((format!("{rt}/{}", found.visible.id), json));
        }
    }
    Ok(kept)
}

/// A consultation before an operation is no place in the theatre. Old bookings do not say what they are.
fn is_theatre(appointment: &Json<'_>) -> bool {
    let mut kinds = appointment.each("serviceCategory").filter_map(|kind| coded(kind, APPOINTMENT_KIND));
    kinds.next().is_none_or(|kind| kind == "theatre")
}

/// Whether it permits what is planned now: another side is not consented to.
fn permits(consent: &Json<'_>, case: &Case) -> bool {
    let provision = consent.get("provision");
    let permit = provision.and_then(|one| one.get_str("type")) == Some("permit");
    let side = extension(consent, "urn:medhub:consent:side").and_then(|one| one.get_str("valueCode"));
    permit && cases_of(consent).any(|id| id == case.id) && side == case.side()
}

/// The cases that a consent is about.
pub(crate) fn cases_of<'j>(consent: &'j Json<'_>) -> impl Iterator<Item = &'j str> {
    let data = consent.get("provision").into_iter().flat_map(|one| one.each("data"));
    data.filter_map(|one| one.get("reference")?.get_str("reference")?.strip_prefix("ServiceRequest/"))
}
