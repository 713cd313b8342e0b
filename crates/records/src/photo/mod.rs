//! The photo by which a patient is recognised: a small JPEG in `Patient.photo`, so that it goes where the identity
//! goes and is sealed with it. It stands only as long as the patient agrees (consent kind `photo`): a rule refuses
//! it without, and a reaction takes it away when the agreement ends. Earlier versions of the record keep it, sealed,
//! as they keep everything.

mod put;
mod remove;
mod rule;
#[cfg(test)]
mod tests;
mod withdrawal;

pub(crate) use rule::PhotoRule;
pub(crate) use withdrawal::PhotoWithdrawal;

use bytes::Bytes;
use fhir::Json;
use service::Route;
use store::{Error, Result, Visible, Write};

pub(crate) fn routes() -> Vec<Route> {
    vec![put::route(), remove::route()]
}

/// The record with this photo, or without one; only over the version that was read.
fn with(found: &Visible, photo: Option<Json<'static>>) -> Result<Write> {
    let mut patient =
        fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored Patient is not JSON".into()))?;
    if let Some(edit) = fhir::edit::edit(&mut patient) {
        edit.set_or_remove("photo", photo.map(|photo| Json::array([photo])));
    }
    Ok(Write::Update {
        rt: found.rt,
        id: found.id.clone(),
        body: Bytes::from(patient.to_vec()),
        if_match: Some(found.version),
        if_none_match: false,
    })
}
