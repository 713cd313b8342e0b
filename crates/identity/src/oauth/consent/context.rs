//! The record that a launch is about: one that the person may see, and a stay of that very patient.

use fhir::{Code, Issue, Json, ResourceType, Text};
use service::RouteCtx;
use store::{Error, Result};

/// Patient and encounter, checked against the store as the person who asks.
///
/// # Errors
/// `NotFound` or `Denied` when the person may not read them; `Refused` when they do not belong together.
pub(crate) async fn context(
    cx: &RouteCtx,
    patient: Option<String>,
    encounter: Option<String>,
) -> Result<(Option<String>, Option<String>)> {
    let mut patient = patient;
    if let Some(id) = &encounter {
        let found = cx.tenant.read(&cx.ctx, ResourceType::ENCOUNTER, id).await?;
        let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("an encounter".into()))?;
        let subject = json.get("subject").and_then(|s| s.get_str("reference"));
        let of = subject.and_then(|s| s.strip_prefix("Patient/")).map(str::to_string);
        if of.is_none() || patient.as_ref().is_some_and(|patient| of.as_ref() != Some(patient)) {
            return Err(Issue::error(Code::Conflict, OTHER_PATIENT).at("encounter").into());
        }
        patient = of;
    }
    if let Some(id) = &patient {
        let found = cx.tenant.read(&cx.ctx, ResourceType::PATIENT, id).await?;
        let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a patient".into()))?;
        if json.get("active").and_then(Json::as_bool) == Some(false) {
            return Err(Issue::error(Code::BusinessRule, INACTIVE).at("patient").into());
        }
    }
    Ok((patient, encounter))
}

const OTHER_PATIENT: Text = Text {
    key: "launch.other-patient",
    fr: "Ce séjour n'est pas celui du patient choisi. Choisissez un séjour de ce patient.",
    en: "This encounter is not the chosen patient's. Choose one of this patient.",
    de: "Dieser Aufenthalt gehört nicht zum gewählten Patienten. Wählen Sie einen dieses Patienten.",
};
const INACTIVE: Text = Text {
    key: "launch.inactive-patient",
    fr: "Ce dossier n'est plus actif (fusionné ou fermé). Choisissez le dossier en cours.",
    en: "This record is no longer active (merged or closed). Choose the current one.",
    de: "Diese Akte ist nicht mehr aktiv (zusammengeführt oder geschlossen). Wählen Sie die aktuelle.",
};
