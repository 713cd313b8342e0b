//! What the record of anaesthesia says.

use fhir::Text;

pub(super) const NAME_MISSING: Text = Text {
    key: "drug.name",
    fr: "Indiquez le médicament : « code » du catalogue, ou « name ».",
    en: "Name the drug: \"code\" of the catalogue, or \"name\".",
    de: "Nennen Sie das Medikament: „code“ aus dem Katalog oder „name“.",
};
pub(super) const DOSE_MISSING: Text = Text {
    key: "drug.dose",
    fr: "Indiquez la dose avec son unité, ou le débit avec son unité.",
    en: "Give the dose with its unit, or the rate with its unit.",
    de: "Geben Sie die Dosis mit Einheit oder die Laufrate mit Einheit an.",
};
pub(super) const UNTIL: Text = Text {
    key: "drug.until",
    fr: "Seule une perfusion a une fin : enregistrez un bolus sans heure de fin.",
    en: "Only an infusion has an end: record a bolus without one.",
    de: "Nur eine Infusion hat ein Ende: Erfassen Sie einen Bolus ohne Endzeit.",
};
pub(super) const DOSE_IMPOSSIBLE: Text = Text {
    key: "record.impossible",
    fr: "{drug} : une dose de {value} {unit} est impossible (au plus {high} {unit}). Vérifiez la dose et l'unité.",
    en: "{drug}: a dose of {value} {unit} is impossible (at most {high} {unit}). Check dose and unit.",
    de: "{drug}: Eine Dosis von {value} {unit} ist unmöglich (höchstens {high} {unit}). Prüfen Sie Dosis und Einheit.",
};
pub(super) const DOSE_UNUSUAL: Text = Text {
    key: "record.unusual",
    fr: "{drug} : {value} {unit} est inhabituel (habituellement de {low} à {high} {unit}). Si c'est exact, confirmez.",
    en: "{drug}: {value} {unit} is unusual (usually {low} to {high} {unit}). If it is right, confirm.",
    de: "{drug}: {value} {unit} ist ungewöhnlich (üblich sind {low} bis {high} {unit}). Falls es stimmt, bestätigen Sie.",
};
