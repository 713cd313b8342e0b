//! Whether a patient agrees to a photo in the record.

use super::draft::Decision;
use super::kind::{KINDS, Kind};
use fhir::{Json, ResourceType};
use store::rule::Refusal;
use store::{Result, TxRead};

/// Whether the patient's consent to a photo is in force, as of the transaction.
pub(crate) fn permits_photo(patient: &str, tx: &mut TxRead<'_>) -> std::result::Result<bool, Refusal> {
    let query = format!(
        "patient=Patient/{patient}&category={}%7C{}",
        KINDS.replace(':', "%3A"),
        Kind::Photo.as_str()
    );
    for id in tx.search(ResourceType::CONSENT, &query, 2)? {
        let body: Result<_> = tx.read(ResourceType::CONSENT, &id);
        let permitted = body?.is_some_and(|body| {
            fhir::json::parse(&body).is_ok_and(|consent| Decision::of(&consent) == Decision::Permit)
        });
        if permitted {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The id of the patient whose photo this Consent no longer permits.
pub(crate) fn ends_photo(consent: &Json<'_>) -> Option<String> {
    let ends = Kind::of(consent) == Some(Kind::Photo) && Decision::of(consent) != Decision::Permit;
    let patient = consent.get("patient")?.get_str("reference")?.strip_prefix("Patient/")?;
    ends.then(|| patient.to_string())
}
