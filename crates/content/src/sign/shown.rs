//! Signatures as the last page of a document shows them.

use crate::document::{self, Document, Signature, binary_read};
use crate::kind::Signer;
use crate::paper::Shown;
use crate::words::language;
use crate::zone;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fhir::Lang;
use service::RouteCtx;
use store::Result;

const DECISIONS: [(&str, [&str; 3]); 3] = [
    ("signed", ["Signé", "Signed", "Unterzeichnet"]),
    ("refused", ["Refusé", "Refused", "Abgelehnt"]),
    ("revoked", ["Consentement retiré", "Consent withdrawn", "Einwilligung widerrufen"]),
];

/// How something was checked.
const METHODS: [(&str, [&str; 3]); 15] = [
    ("pwd", ["mot de passe", "password", "Passwort"]),
    ("otp", ["code à usage unique", "one-time code", "Einmalcode"]),
    ("hwk", ["clé d'accès", "passkey", "Passkey"]),
    ("user", ["vérification sur l'appareil", "check on the device", "Prüfung am Gerät"]),
    ("mfa", ["deux facteurs", "two factors", "zwei Faktoren"]),
    ("token", ["jeton d'accès", "access token", "Zugangstoken"]),
    ("pin", ["code personnel", "PIN", "PIN"]),
    ("id-card", ["carte d'identité", "identity card", "Personalausweis"]),
    ("passport", ["passeport", "passport", "Reisepass"]),
    ("residence-permit", ["titre de séjour", "residence permit", "Aufenthaltstitel"]),
    ("known", ["connu personnellement", "known personally", "persönlich bekannt"]),
    ("bracelet", ["bracelet d'identification", "identity bracelet", "Patientenarmband"]),
    ("handwritten", ["signature manuscrite", "handwritten signature", "handschriftlich"]),
    ("code-email", ["code reçu par courriel", "code by e-mail", "Code per E-Mail"]),
    ("code-in-person", ["code remis en main propre", "code handed over", "Code persönlich übergeben"]),
];

/// All signatures with the new one, whose picture is given.
pub(super) async fn all(
    cx: &RouteCtx,
    document: &Document,
    new: &Signature,
    image: Option<Vec<u8>>,
) -> Result<Vec<Shown>> {
    let said = document::fact(&document.json, "language").and_then(|l| language(l.as_str()?));
    let lang = said.unwrap_or(Lang::Fr);
    let mut shown = Vec::new();
    for old in document::signatures(&document.json) {
        let image = picture(cx, &old).await?;
        shown.push(one(cx, &old, image, lang).await?);
    }
    shown.push(one(cx, new, image, lang).await?);
    Ok(shown)
}

/// The handwritten picture in the evidence.
async fn picture(cx: &RouteCtx, signature: &Signature) -> Result<Option<Vec<u8>>> {
    let Some(id) = signature.evidence.as_deref().and_then(|e| e.strip_prefix("Binary/")) else {
        return Ok(None);
    };
    let bytes = binary_read(cx, id).await?;
    let Ok(json) = fhir::json::parse(&bytes) else { return Ok(None) };
    Ok(json.get_str("image").and_then(|image| STANDARD.decode(image).ok()))
}

async fn one(cx: &RouteCtx, signature: &Signature, image: Option<Vec<u8>>, lang: Lang) -> Result<Shown> {
    let word = |table: &[(&str, [&str; 3])], code: &str| {
        table
            .iter()
            .find(|(known, _)| *known == code)
            .map_or(code.to_string(), |(_, w)| w[lang as usize].into())
    };
    let name = signature.who.get_str("display").unwrap_or_default().to_string();
    let how: Vec<String> = signature.methods.iter().map(|method| word(&METHODS, method)).collect();
    let by = match &signature.collected_by {
        Some(by) => match (by.get_str("display"), by.get_str("reference")) {
            (Some(name), _) => Some(name.to_string()),
            (None, Some(reference)) => {
                crate::read::referred(cx, reference).await?.and_then(|found| crate::read::name(&found.json))
            }
            _ => None,
        },
        None => None,
    };
    let (who, capacity) = match (&signature.representative, signature.signer) {
        (Some(named), _) => (format!("{named} ({name})"), "representative"),
        (None, Signer::Patient) => (name, "patient"),
        (None, Signer::Professional) => (name, "professional"),
    };
    Ok(Shown {
        decision: word(&DECISIONS, &signature.decision),
        who,
        capacity,
        at: zone::ms(&signature.at).map_or_else(|| signature.at.clone(), |ms| zone::moment(ms, lang)),
        by,
        how: (!how.is_empty()).then(|| how.join(", ")),
        hash: signature.hash.trim_start_matches("sha256:").to_string(),
        certificate: signature.certificate.clone(),
        image,
    })
}
