//! Looks at people for the verbs: whether a patient is there, what a professional is called.

use fhir::view::{HumanName, View};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::{Result, Visible};

/// The Patient, if it exists and the caller may know it.
///
/// # Errors
/// The store's.
pub(crate) async fn patient_read(cx: &RouteCtx, id: &str) -> Result<Visible> {
    cx.tenant.read(&cx.ctx, ResourceType::PATIENT, id).await
}

/// The name of the person behind `Practitioner/…`, `Organization/…` and the like.
///
/// # Errors
/// `NotFound` when the reference leads nowhere; the store's.
pub(crate) async fn name_of(cx: &RouteCtx, reference: &str) -> Result<Option<String>> {
    let (kind, id) = reference.split_once('/').ok_or(store::Error::NotFound)?;
    let kind = ResourceType::parse(kind).ok_or(store::Error::NotFound)?;
    let found = cx.tenant.read(&cx.ctx, kind, id).await?;
    let json = fhir::json::parse(&found.body).ok();
    Ok(json.as_ref().and_then(name))
}

/// A person's or an organization's name, to be shown.
pub(crate) fn name(json: &Json<'_>) -> Option<String> {
    if let Some(name) = json.get_str("name") {
        return Some(name.to_string());
    }
    let best = json.each("name").find(|n| n.get_str("use") == Some("usual")).or(json.each("name").next())?;
    if let Some(text) = best.get_str("text") {
        return Some(text.to_string());
    }
    let name = HumanName::wrap(best);
    let parts: Vec<&str> = name.prefix().chain(name.given()).chain(name.family()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
