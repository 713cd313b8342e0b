//! A search that names one patient whose record is closed to the caller: it is refused, for an empty list would
//! read as "nothing is known".

use super::SearchRequest;
use crate::access::groups::Groups;
use crate::access::kind;
use crate::access::label::Labels;
use crate::access::sight::{Sight, Subject, Whose};
use crate::error::{Error, Result};
use fhir::ResourceType;
use fhir::search::Reference;
use policy::Group;

/// Whether the search can only be about one patient, of whom the caller may know that he is here, but not read
/// what is searched.
pub(super) async fn is_closed(sight: &Sight<'_>, request: &SearchRequest) -> Result<bool> {
    let Some(rt) = request.rt else { return Ok(false) };
    let own = kind::may_be(rt);
    if rt == ResourceType::PATIENT || !kind::group_of(rt).is_of_patient() {
        return Ok(false);
    }
    let named = the_patient(rt, request).filter(|_| !sight.everything());
    let Some(patient) = named else { return Ok(false) };
    let whose = match sight.whose_id(patient).await {
        Err(Error::Gone { .. }) => return Ok(false),
        other => other?,
    };
    if !matches!(whose, Whose::Patient(_)) || sight.confined(rt).await?.is_some() {
        return Ok(false);
    }
    let subject = Subject { whose, labels: Labels::default(), stored: None };
    let asked = own.with(Groups::one(Group::Identity));
    let granted = sight.granted(asked, &subject).await?;
    Ok(granted.has(Group::Identity) && !own.iter().any(|group| granted.has(group)))
}

/// The id of the one patient that the request names.
fn the_patient(rt: ResourceType, request: &SearchRequest) -> Option<&str> {
    if let Some((ResourceType::PATIENT, id)) = &request.compartment {
        return Some(id);
    }
    let (_, value) = request.params.iter().find(|(name, _)| is_patient(rt, name))?;
    if value.contains([',', '|', '$', '\\']) {
        return None;
    }
    match value.split_once('/') {
        None => Some(value),
        Some(_) => {
            let named = Reference::parse(value).local();
            named.filter(|(target, _)| *target == ResourceType::PATIENT).map(|(_, id)| id)
        }
    }
}

/// Whether a parameter without a chain means the patient of the resource.
fn is_patient(rt: ResourceType, name: &str) -> bool {
    match name.split_once(':') {
        None => matches!(name, "patient" | "subject") || rt == ResourceType::APPOINTMENT && name == "actor",
        Some((name, kind)) => matches!(name, "patient" | "subject") && kind == "Patient",
    }
}
