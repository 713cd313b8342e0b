//! What a patient agrees to, and opposes: one Consent (<https://hl7.org/fhir/R4/consent.html>) a patient and
//! kind, whose versions are its history. Whoever decides on access reads it at the next request, so a
//! withdrawal holds at once.

mod draft;
mod get;
mod history;
mod kind;
mod oppose;
mod photo;
mod put;
mod rule;
#[cfg(test)]
mod tests;
mod text;
mod texts;
mod view;

pub(crate) use photo::{ends_photo, permits_photo};
pub(crate) use rule::ConsentRules;

use fhir::ResourceType;
use service::{Route, RouteCtx};
use store::search::SearchRequest;
use store::{Result, Visible};
use uuid::Uuid;

pub(crate) fn routes() -> Vec<Route> {
    vec![put::route(), get::route(), history::route(), texts::route(), oppose::route()]
}

/// Namespace of the ids of consents: a patient and a kind have one.
const NAMESPACE: Uuid = Uuid::from_u128(0x3b1c_6d0e_51aa_5f07_9c44_6f6e_7365_6e74);

/// The id of a patient's consent of a kind; `about` tells oppositions apart.
fn id_of(patient: &str, kind: kind::Kind, about: &str) -> String {
    Uuid::new_v5(&NAMESPACE, format!("{patient}\n{}\n{about}", kind.as_str()).as_bytes()).to_string()
}

/// Consents and oppositions of one patient that are looked at; more are not made by people.
const CONSENTS_MAX: &str = "500";

/// The Consents of a patient, as the caller may see them.
async fn all_of(cx: &RouteCtx, patient: &str) -> Result<Vec<Visible>> {
    // That the patient exists, and that the caller may know it, is the store's answer.
    cx.tenant.read(&cx.ctx, ResourceType::PATIENT, patient).await?;
    let request = SearchRequest {
        rt: Some(ResourceType::CONSENT),
        params: vec![
            ("patient".into(), format!("Patient/{patient}")),
            ("_count".into(), CONSENTS_MAX.into()),
        ],
        ..SearchRequest::default()
    };
    let page = cx.tenant.search(&cx.ctx, &request).await?;
    Ok(page.entries.into_iter().map(|found| found.visible).collect())
}
