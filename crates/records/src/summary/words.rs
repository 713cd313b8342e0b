//! The fixed words of the synthesis.

use fhir::{Lang, Text};

macro_rules! text {
    ($key:literal, $fr:literal, $en:literal, $de:literal) => {
        Text { key: $key, fr: $fr, en: $en, de: $de }
    };
}

/// The sections in their order.
pub(crate) const TITLES: [Text; 14] = [
    text!("vigilance", "Points de vigilance", "Points of vigilance", "Besonders zu beachten"),
    text!(
        "allergies",
        "Allergies et intolérances",
        "Allergies and intolerances",
        "Allergien und Unverträglichkeiten"
    ),
    text!("problems", "Problèmes actifs", "Active problems", "Aktive Probleme"),
    text!("medical-history", "Antécédents médicaux", "Past medical history", "Medizinische Vorgeschichte"),
    text!("surgical-history", "Antécédents chirurgicaux", "Surgical history", "Operationen"),
    text!("family-history", "Antécédents familiaux", "Family history", "Familienanamnese"),
    text!("risk-factors", "Facteurs de risque", "Risk factors", "Risikofaktoren"),
    text!("medications", "Traitements en cours", "Current medications", "Aktuelle Medikation"),
    text!("results", "Résultats anormaux récents", "Recent abnormal results", "Auffällige Befunde"),
    text!("vitals", "Dernières constantes", "Last vital signs", "Letzte Vitalwerte"),
    text!("immunizations", "Vaccinations", "Immunizations", "Impfungen"),
    text!("appointments", "Rendez-vous à venir", "Upcoming appointments", "Kommende Termine"),
    text!("care-team", "Équipe de soins", "Care team", "Behandlungsteam"),
    text!("flags", "Alertes", "Alerts", "Warnhinweise"),
];

pub(super) const ANTICOAGULANT: Text =
    text!("summary.anticoagulant", "Antithrombotique", "Antithrombotic", "Antithrombotikum");
pub(super) const IMMUNOSUPPRESSED: Text =
    text!("summary.immunosuppressed", "Immunosuppresseur", "Immunosuppressant", "Immunsuppressivum");
pub(super) const STEROID: Text =
    text!("summary.steroid", "Corticoïde au long cours", "Systemic corticosteroid", "Systemisches Kortikoid");
pub(super) const INSULIN: Text = text!("summary.insulin", "Insuline", "Insulin", "Insulin");
pub(super) const RENAL: Text = text!(
    "summary.renal",
    "Fonction rénale diminuée",
    "Reduced kidney function",
    "Eingeschränkte Nierenfunktion"
);
pub(super) const ALLERGY: Text = text!("summary.allergy", "Allergie", "Allergy", "Allergie");
pub(super) const DOSES: Text = text!("summary.doses", "{n} doses", "{n} doses", "{n} Dosen");
pub(super) const GP: Text = text!("summary.gp", "Médecin traitant", "General practitioner", "Hausarzt");
pub(super) const UNNAMED: Text = text!("summary.unnamed", "Sans libellé", "Not named", "Ohne Bezeichnung");
pub(super) const AS_NEEDED: Text = text!("summary.as-needed", "si besoin", "as needed", "bei Bedarf");

pub(crate) fn tell(text: Text, lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => text.fr,
        Lang::En => text.en,
        Lang::De => text.de,
    }
}

pub(crate) fn title(code: &str, lang: Lang) -> &'static str {
    TITLES.iter().find(|title| title.key == code).map_or("", |title| tell(*title, lang))
}
