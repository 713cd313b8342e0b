//! A Consent stays the patient's whose it was made, names a text that was published, is the only one of its kind
//! and is never deleted: the proof of a decision is kept (RGPD article 7(1)); to end it is a new version.

use super::kind::{KINDS, Kind};
use super::text;
use fhir::{Code, Issue, Json, ResourceType, Text};
use store::rule::Refusal;
use store::{Rule, TxRead};

const PATIENT_CHANGED: Text = Text {
    key: "consent.patient-changed",
    fr: "Un consentement reste celui du patient qui l'a donné. Enregistrez un nouveau consentement pour l'autre patient.",
    en: "A consent stays that of the patient who gave it. Record a new consent for the other patient.",
    de: "Eine Einwilligung bleibt die des Patienten, der sie gegeben hat. Erfassen Sie für den anderen Patienten eine neue.",
};

const KIND_CHANGED: Text = Text {
    key: "consent.kind-changed",
    fr: "Un consentement garde sa nature, et une opposition garde les personnes qu'elle vise. Retirez-le et enregistrez-en un nouveau.",
    en: "A consent keeps its kind, and an opposition those whom it is against. Withdraw it and record a new one.",
    de: "Eine Einwilligung behält ihre Art, ein Widerspruch die Personen, gegen die er sich richtet. Widerrufen Sie und erfassen Sie neu.",
};

const NO_TEXT: Text = Text {
    key: "consent.text-unknown",
    fr: "Ce consentement renvoie à un texte qui n'a jamais été publié. Choisissez une version de « consent-texts ».",
    en: "This consent names a text that was never published. Choose a version of \"consent-texts\".",
    de: "Diese Einwilligung nennt einen Text, der nie veröffentlicht wurde. Wählen Sie eine Fassung aus „consent-texts“.",
};

const SECOND: Text = Text {
    key: "consent.second",
    fr: "Ce patient a déjà un consentement de cette nature : écrivez-en une nouvelle version.",
    en: "This patient already has a consent of this kind: write a new version of it.",
    de: "Dieser Patient hat bereits eine Einwilligung dieser Art: Schreiben Sie eine neue Fassung davon.",
};

const KEPT: Text = Text {
    key: "consent.kept",
    fr: "Un consentement ne se supprime pas : sa preuve est conservée. Retirez-le par une nouvelle version.",
    en: "A consent is not deleted: its proof is kept. Withdraw it by a new version.",
    de: "Eine Einwilligung wird nicht gelöscht: Ihr Nachweis bleibt. Widerrufen Sie sie mit einer neuen Fassung.",
};

pub(crate) struct ConsentRules;

impl Rule for ConsentRules {
    fn name(&self) -> &'static str {
        "records.consent"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::CONSENT]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let Some(after) = after else {
            return match before.and_then(Kind::of) {
                Some(_) => Err(Issue::error(Code::BusinessRule, KEPT).into()),
                None => Ok(()),
            };
        };
        if before.is_some_and(|before| patient(before) != patient(after)) {
            return Err(Issue::error(Code::BusinessRule, PATIENT_CHANGED).at("Consent.patient").into());
        }
        let Some(kind) = before.and_then(Kind::of).or_else(|| Kind::of(after)) else { return Ok(()) };
        // Else an opposition or a refusal would vanish from all who look for its kind.
        let same = Kind::of(after) == Some(kind)
            && (kind != Kind::Opposition || before.is_none_or(|before| opposed(before) == opposed(after)));
        if !same {
            return Err(Issue::error(Code::BusinessRule, KIND_CHANGED).at("Consent.category").into());
        }
        published(after, kind)?;
        if kind != Kind::Opposition && before.is_none() && has_one(after, kind, tx)? {
            return Err(Issue::error(Code::Duplicate, SECOND).at("Consent.category").into());
        }
        Ok(())
    }
}

fn patient<'j>(consent: &'j Json<'_>) -> Option<&'j str> {
    consent.get("patient")?.get_str("reference")
}

/// Whom an opposition is against.
fn opposed<'j>(consent: &'j Json<'_>) -> Vec<&'j str> {
    let actors = consent.get("provision").into_iter().flat_map(|provision| provision.each("actor"));
    actors.filter_map(|actor| actor.get("reference")?.get_str("reference")).collect()
}

/// Every kind but an opposition names its text.
fn published(consent: &Json<'_>, kind: Kind) -> Result<(), Refusal> {
    let named = text::of(consent).is_some_and(|text| text.kind == kind);
    let claims = consent.each("policy").filter_map(|p| p.get_str("uri")).any(text::is_ours);
    if named || kind == Kind::Opposition && !claims {
        return Ok(());
    }
    Err(Issue::error(Code::CodeInvalid, NO_TEXT).at("Consent.policy[0].uri").into())
}

fn has_one(consent: &Json<'_>, kind: Kind, tx: &mut TxRead<'_>) -> Result<bool, Refusal> {
    let Some(id) = patient(consent).and_then(|p| p.strip_prefix("Patient/")) else { return Ok(false) };
    let fine = id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    if !fine {
        return Ok(false);
    }
    let query = format!("patient=Patient/{id}&category={}%7C{}", KINDS.replace(':', "%3A"), kind.as_str());
    let own = tx.id().to_string();
    Ok(tx.search(ResourceType::CONSENT, &query, 2)?.iter().any(|other| *other != own))
}
