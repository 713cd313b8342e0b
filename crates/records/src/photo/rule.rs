//! A photo needs the patient's agreement, is one, small, and a JPEG.

use crate::consent::permits_photo;
use fhir::{Code, Issue, Json, ResourceType, Text};
use store::rule::Refusal;
use store::{Rule, TxRead};

pub(super) const JPEG: &str = "image/jpeg";
/// Characters of base 64: a picture of 256 pixels has some twenty thousand.
pub(super) const DATA_MAX: usize = 64_000;
/// How every JPEG begins (FF D8 FF), in base 64.
const MAGIC: &str = "/9j/";

const NO_CONSENT: Text = Text {
    key: "photo.no-consent",
    fr: "La photo d'un patient demande son accord : enregistrez le consentement « photo » d'abord.",
    en: "A patient's photo needs their agreement: record the consent \"photo\" first.",
    de: "Das Foto eines Patienten braucht dessen Einwilligung: Erfassen Sie zuerst die Einwilligung „photo“.",
};

const BAD_PHOTO: Text = Text {
    key: "photo.shape",
    fr: "Une photo est une seule image JPEG d'au plus 48 ko, dans le dossier et non par un lien.",
    en: "A photo is a single JPEG image of at most 48 kB, in the record and not by a link.",
    de: "Ein Foto ist ein einziges JPEG-Bild mit höchstens 48 kB, in der Akte und nicht als Verweis.",
};

pub(crate) struct PhotoRule;

impl Rule for PhotoRule {
    fn name(&self) -> &'static str {
        "records.patient-photo"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::PATIENT]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let Some(photo) = after.and_then(|patient| patient.get("photo")) else { return Ok(()) };
        let kept = before.and_then(|patient| patient.get("photo")) == Some(photo);
        if kept || tx.actor().system {
            return Ok(());
        }
        let mut all = photo.items();
        let fits = all.next().is_some_and(|one| {
            let data = one.get_str("data").unwrap_or_default();
            let kind = one.get_str("contentType") == Some(JPEG);
            kind && one.get("url").is_none() && data.starts_with(MAGIC) && data.len() <= DATA_MAX
        });
        if !fits || all.next().is_some() {
            return Err(Issue::error(Code::Value, BAD_PHOTO).at("Patient.photo").into());
        }
        let id = tx.id().to_string();
        if permits_photo(&id, tx)? {
            return Ok(());
        }
        Err(Issue::error(Code::BusinessRule, NO_CONSENT).at("Patient.photo").into())
    }
}
