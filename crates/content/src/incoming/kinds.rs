//! What kinds of mail there are, by LOINC (<https://loinc.org>), and by which words they are known.

use crate::words::{code, text};
use fhir::{Json, Lang};

#[derive(Debug)]
pub(super) struct MailKind {
    pub code: &'static str,
    pub loinc: &'static str,
    /// French, English, German.
    pub title: [&'static str; 3],
    /// Folded; each stands in the words of a letter of this kind.
    words: &'static [&'static str],
}

/// In the order in which they are tried: a report of an operation speaks of imaging too.
#[rustfmt::skip]
pub(super) const MAIL_KINDS: [MailKind; 11] = [
    MailKind { code: "operative-report", loinc: "34874-8", title: ["Compte rendu opératoire", "Operative report", "Operationsbericht"],
        words: &["compte rendu operatoire", "protocole operatoire", "compte rendu d intervention"] },
    MailKind { code: "pathology", loinc: "11526-1", title: ["Anatomopathologie", "Pathology report", "Pathologiebefund"],
        words: &["anatomopathologi", "anatomie pathologique", "anatomie et cytologie", "histologi", "cytopathologi"] },
    MailKind { code: "discharge", loinc: "11490-0", title: ["Lettre de liaison, compte rendu d’hospitalisation", "Discharge letter", "Entlassungsbrief"],
        words: &["lettre de liaison", "compte rendu d hospitalisation", "lettre de sortie", "compte rendu de sejour"] },
    MailKind { code: "imaging", loinc: "18748-4", title: ["Compte rendu d’imagerie", "Imaging report", "Bildgebungsbefund"],
        words: &["imagerie", "radiographie", "scanner", "tomodensitometri", " irm ", "echographie", "doppler", "scintigraphie", "radiologie"] },
    MailKind { code: "laboratory", loinc: "11502-2", title: ["Résultats de laboratoire", "Laboratory report", "Laborbefund"],
        words: &["laboratoire", "biologie medicale", "hemogramme", "numeration", "resultats d analyses"] },
    MailKind { code: "ecg", loinc: "11524-6", title: ["Électrocardiogramme", "ECG", "EKG"],
        words: &["electrocardiogramme", " ecg "] },
    MailKind { code: "prescription", loinc: "57833-6", title: ["Ordonnance", "Prescription", "Rezept"],
        words: &["ordonnance", "prescription"] },
    MailKind { code: "referral", loinc: "57133-1", title: ["Courrier d’adressage", "Referral letter", "Überweisung"],
        words: &["merci de recevoir", "je vous adresse", "je t adresse", "merci de voir", "demande d avis"] },
    MailKind { code: "consultation", loinc: "11488-4", title: ["Compte rendu de consultation", "Consultation report", "Konsultationsbericht"],
        words: &["compte rendu de consultation", "vu en consultation", "vue en consultation", "revu en consultation", "revue en consultation", "j ai vu ", "consultation"] },
    MailKind { code: "consent", loinc: "59284-0", title: ["Consentement", "Consent", "Einwilligung"],
        words: &["consentement"] },
    MailKind { code: "administrative", loinc: "51851-4", title: ["Document administratif", "Administrative document", "Verwaltungsdokument"],
        words: &["attestation", "carte nationale d identite", "mutuelle", "complementaire sante", "prise en charge", "securite sociale"] },
];

impl MailKind {
    pub fn find(code: &str) -> Option<&'static MailKind> {
        MAIL_KINDS.iter().find(|kind| kind.code == code)
    }

    pub fn tell(&self, lang: Lang) -> &'static str {
        match code(lang) {
            "en" => self.title[1],
            "de" => self.title[2],
            _ => self.title[0],
        }
    }

    /// The kind that folded words speak of: one whose word comes in the head of the letter before one that is
    /// spoken of further down.
    pub fn spoken(folded: &str) -> Option<&'static MailKind> {
        let end = folded.char_indices().nth(HEAD).map_or(folded.len(), |(at, _)| at);
        let within =
            |part: &str| MAIL_KINDS.iter().find(|kind| kind.words.iter().any(|word| part.contains(word)));
        within(&folded[..end]).or_else(|| within(folded))
    }

    pub fn json(&self, lang: Lang) -> Json<'static> {
        Json::object([("code", Json::string(self.code)), ("title", text(self.tell(lang)))])
    }
}

/// Letters of the head of a page, where it says what it is.
const HEAD: usize = 700;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_says_what_a_letter_is() {
        let kind = |text: &str| MailKind::spoken(&store::index::normalise::fold(text)).map(|kind| kind.code);
        assert_eq!(
            kind("Compte-rendu opératoire. Radiographie de contrôle faite."),
            Some("operative-report")
        );
        assert_eq!(kind("Centre d’imagerie. IRM du genou droit"), Some("imaging"));
        assert_eq!(kind("Cher confrère, merci de recevoir Mme X"), Some("referral"));
        assert_eq!(
            kind(&format!("Résultats de laboratoire {} lettre de liaison", "x ".repeat(600))),
            Some("laboratory")
        );
        assert_eq!(kind("Bonjour"), None);
    }
}
