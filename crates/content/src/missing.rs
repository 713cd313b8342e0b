//! What a document cannot do without, and the chart or the form does not say. It is told before anything is printed:
//! nothing stays blank in silence.

use crate::chart::Chart;
use crate::field::Form;
use crate::kind::Kind;
use crate::message::{MINOR, MISSING, NO_SIDE, NOT_QUALIFIED, NOTE_NOT_SIGNED};
use fhir::{Code, Issue, Json, Lang, Text};

/// What the chart may lack, by name, in the order of the languages.
pub(crate) const LACKS: &[(&str, [&str; 3])] = &[
    (
        "clinic.finess",
        [
            "Numéro FINESS de l'établissement du praticien : à compléter dans l'annuaire.",
            "FINESS number of the practitioner's clinic: complete the directory.",
            "FINESS-Nummer der Einrichtung: im Verzeichnis ergänzen.",
        ],
    ),
    (
        "clinic.address",
        [
            "Adresse de l'établissement : à compléter dans l'annuaire.",
            "Address of the clinic: complete the directory.",
            "Adresse der Einrichtung: im Verzeichnis ergänzen.",
        ],
    ),
    (
        "clinic.phone",
        [
            "Téléphone de l'établissement : à compléter dans l'annuaire.",
            "Phone of the clinic: complete the directory.",
            "Telefon der Einrichtung: im Verzeichnis ergänzen.",
        ],
    ),
    (
        "author.rpps",
        [
            "Numéro RPPS du praticien : à compléter dans l'annuaire.",
            "RPPS number of the practitioner: complete the directory.",
            "RPPS-Nummer des Arztes: im Verzeichnis ergänzen.",
        ],
    ),
    (
        "author.specialty",
        [
            "Spécialité du praticien : à compléter dans l'annuaire.",
            "Specialty of the practitioner: complete the directory.",
            "Fachgebiet des Arztes: im Verzeichnis ergänzen.",
        ],
    ),
    (
        "author.email",
        [
            "Adresse électronique du praticien : à compléter dans l'annuaire.",
            "E-mail address of the practitioner: complete the directory.",
            "E-Mail-Adresse des Arztes: im Verzeichnis ergänzen.",
        ],
    ),
    (
        "patient.birth",
        [
            "Date de naissance du patient : à compléter à l'accueil.",
            "The patient's birth date: complete at reception.",
            "Geburtsdatum: am Empfang ergänzen.",
        ],
    ),
    (
        "patient.sex",
        [
            "Sexe du patient : à compléter à l'accueil.",
            "The patient's sex: complete at reception.",
            "Geschlecht: am Empfang ergänzen.",
        ],
    ),
    (
        "gp",
        [
            "Médecin traitant : à indiquer au dossier.",
            "General practitioner: name one in the record.",
            "Hausarzt: in der Akte angeben.",
        ],
    ),
    (
        "case.act",
        [
            "Acte : à indiquer sur la demande d'intervention.",
            "Act: name it on the request.",
            "Eingriff: in der Anforderung angeben.",
        ],
    ),
    (
        "case.ccam",
        [
            "Code CCAM : à indiquer sur la demande d'intervention.",
            "CCAM code: put it on the request.",
            "CCAM-Code: in der Anforderung angeben.",
        ],
    ),
    (
        "case.surgeon",
        [
            "Opérateur : à indiquer sur la demande d'intervention.",
            "Surgeon: name one on the request.",
            "Operateur: in der Anforderung angeben.",
        ],
    ),
    (
        "case.planned",
        [
            "Date prévue : programmez l'intervention.",
            "Planned date: schedule the operation.",
            "Geplantes Datum: Planen Sie den Eingriff.",
        ],
    ),
    (
        "case.performed",
        [
            "Date de l'intervention : l'entrée en salle n'est pas notée.",
            "Date of the operation: the entry into the room is not recorded.",
            "Datum des Eingriffs: Der Eintritt in den Saal ist nicht erfasst.",
        ],
    ),
    (
        "case.times",
        [
            "Heures d'incision et de fermeture : à noter au bloc.",
            "Times of incision and closure: record them in the theatre.",
            "Zeiten von Schnitt und Naht: im OP erfassen.",
        ],
    ),
    (
        "case.implants",
        [
            "Implants : aucun dispositif avec son lot ou son numéro de série n'est enregistré.",
            "Implants: no device with its lot or serial number is recorded.",
            "Implantate: Kein Produkt mit Charge oder Seriennummer ist erfasst.",
        ],
    ),
    (
        "report.indication",
        [
            "Compte rendu : rubrique « Indication » à rédiger.",
            "Report: write the section \"Indication\".",
            "Bericht: Abschnitt „Indikation“ schreiben.",
        ],
    ),
    (
        "report.team",
        [
            "Compte rendu : rubrique « Équipe » à compléter.",
            "Report: complete the section \"Team\".",
            "Bericht: Abschnitt „Team“ ergänzen.",
        ],
    ),
    (
        "report.anaesthesia",
        [
            "Compte rendu : rubrique « Anesthésie » à compléter.",
            "Report: complete the section \"Anaesthesia\".",
            "Bericht: Abschnitt „Anästhesie“ ergänzen.",
        ],
    ),
    (
        "report.position",
        [
            "Compte rendu : rubrique « Installation » à rédiger.",
            "Report: write the section \"Positioning\".",
            "Bericht: Abschnitt „Lagerung“ schreiben.",
        ],
    ),
    (
        "report.approach",
        [
            "Compte rendu : rubrique « Voie d'abord » à rédiger.",
            "Report: write the section \"Approach\".",
            "Bericht: Abschnitt „Zugang“ schreiben.",
        ],
    ),
    (
        "report.findings",
        [
            "Compte rendu : rubrique « Constatations » à rédiger.",
            "Report: write the section \"Findings\".",
            "Bericht: Abschnitt „Befund“ schreiben.",
        ],
    ),
    (
        "report.procedure",
        [
            "Compte rendu : rubrique « Déroulement » à rédiger.",
            "Report: write the section \"Procedure\".",
            "Bericht: Abschnitt „Vorgehen“ schreiben.",
        ],
    ),
    (
        "report.implants",
        [
            "Compte rendu : rubrique « Implants » à compléter.",
            "Report: complete the section \"Implants\".",
            "Bericht: Abschnitt „Implantate“ ergänzen.",
        ],
    ),
    (
        "report.specimens",
        [
            "Compte rendu : rubrique « Prélèvements » à compléter.",
            "Report: complete the section \"Specimens\".",
            "Bericht: Abschnitt „Proben“ ergänzen.",
        ],
    ),
    (
        "report.losses",
        [
            "Compte rendu : rubrique « Pertes sanguines » à compléter.",
            "Report: complete the section \"Blood loss\".",
            "Bericht: Abschnitt „Blutverlust“ ergänzen.",
        ],
    ),
    (
        "report.drains",
        [
            "Compte rendu : rubrique « Drainages » à compléter.",
            "Report: complete the section \"Drains\".",
            "Bericht: Abschnitt „Drainagen“ ergänzen.",
        ],
    ),
    (
        "report.incidents",
        [
            "Compte rendu : rubrique « Incidents » à compléter.",
            "Report: complete the section \"Incidents\".",
            "Bericht: Abschnitt „Zwischenfälle“ ergänzen.",
        ],
    ),
    (
        "report.orders",
        [
            "Compte rendu : rubrique « Consignes post-opératoires » à rédiger.",
            "Report: write the section \"Post-operative orders\".",
            "Bericht: Abschnitt „Anordnungen“ schreiben.",
        ],
    ),
];

const TO_FILL: [&str; 3] = ["{field} : à remplir.", "{field}: to be filled in.", "{field}: auszufüllen."];

const ROW: [&str; 3] = ["ligne", "line", "Zeile"];

/// One thing that is missing: `author.rpps` of the chart, `values.risks` of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Missing {
    pub code: String,
    pub text: String,
}

impl Missing {
    pub fn issue(&self) -> Issue {
        Issue::error(Code::Required, MISSING).at(self.code.clone()).arg("what", &self.text)
    }

    pub fn json(&self) -> Json<'static> {
        let place = if self.code.starts_with("values.") { "values" } else { "chart" };
        Json::object([
            ("code", Json::string(self.code.clone())),
            ("text", Json::string(self.text.clone())),
            ("where", Json::string(place)),
        ])
    }
}

/// Whether the chart says it.
fn known(chart: &Chart, need: &str) -> bool {
    if let Some(section) = need.strip_prefix("report.") {
        return chart.notes.report.iter().any(|s| s.code == section && s.is_whole());
    }
    let case = chart.case.as_ref();
    match need {
        "clinic.finess" => chart.clinic.finess.is_some(),
        "clinic.address" => !chart.clinic.address.is_empty(),
        "clinic.phone" => chart.clinic.phone.is_some(),
        "author.rpps" => chart.author.rpps.is_some(),
        "author.specialty" => chart.author.specialty.is_some(),
        "author.email" => chart.author.email.is_some(),
        "patient.birth" => chart.patient.birth_date.is_some(),
        "patient.sex" => chart.patient.sex.is_some(),
        "gp" => chart.patient.gp.is_some(),
        "case.act" => case.is_some_and(|case| !case.act.is_empty()),
        "case.ccam" => case.is_some_and(|case| case.ccam.is_some()),
        "case.surgeon" => case.is_some_and(|case| case.surgeon.is_some()),
        "case.planned" => case.is_some_and(|case| case.planned.is_some()),
        "case.performed" => case.is_some_and(|case| case.performed.is_some()),
        "case.times" => case.is_some_and(|case| case.times.is_some()),
        "case.implants" => case.is_some_and(|case| {
            !case.implants.is_empty()
                && case.implants.iter().all(|one| !one.name.is_empty() && one.is_traceable())
        }),
        _ => false,
    }
}

/// Everything that is missing, of the chart first. `lang` is the caller's.
pub(crate) fn missing(kind: &Kind, chart: &Chart, values: &Json<'_>, lang: Lang) -> Vec<Missing> {
    let lacks = kind.needs.iter().filter(|need| !known(chart, need)).map(|need| {
        let text = LACKS.iter().find(|(code, _)| code == need).map_or("", |(_, text)| text[lang as usize]);
        Missing { code: need.clone(), text: text.to_string() }
    });
    let mut found: Vec<Missing> = lacks.collect();
    let set = |name: &str| values.get(name).is_some();
    let mut said = |name: &str, label: &str| {
        let text = TO_FILL[lang as usize].replace("{field}", label);
        found.push(Missing { code: format!("values.{name}"), text });
    };
    for field in kind.fields.iter().filter(|field| field.required && !set(&field.name)) {
        said(&field.name, field.label.tell(lang));
    }
    for field in kind.fields.iter().filter(|field| field.form == Form::Rows) {
        for (n, row) in values.each(&field.name).enumerate() {
            for column in field.columns.iter().filter(|c| c.required && row.get(&c.name).is_none()) {
                let place = format!("{}, {} {}", field.label.tell(lang), ROW[lang as usize], n + 1);
                let label = format!("{place}, {}", column.label.tell(lang));
                said(&format!("{}[{n}].{}", field.name, column.name), &label);
            }
        }
    }
    let mut lack = |name: &str| said(name, kind.field(name).map_or(name, |field| field.label.tell(lang)));
    match kind.code.as_str() {
        // Silence about drugs at discharge would be read as none.
        "discharge-letter" if !set("medications") && !set("noMedication") => lack("medications"),
        // A cosmetic quote says more (decree of 17 October 1996).
        "quote" if set("cosmetic") => {
            ["insurance", "sickLeave"].into_iter().filter(|n| !set(n)).for_each(lack)
        }
        "quote" => ["amo", "amc"].into_iter().filter(|name| !set(name)).for_each(lack),
        _ => {}
    }
    found
}

/// What does not hinder, and should be known.
pub(crate) fn warnings(kind: &Kind, chart: &Chart) -> Vec<Text> {
    let mut found = Vec::new();
    if chart.patient.datamatrix.is_none() {
        found.push(NOT_QUALIFIED);
    }
    if chart.case.as_ref().is_some_and(|case| case.side.is_none()) {
        found.push(NO_SIDE);
    }
    if kind.code == "operative-report" && !chart.notes.report.is_empty() && !chart.notes.report_signed {
        found.push(NOTE_NOT_SIGNED);
    }
    if kind.code == "consent" && chart.patient.minor {
        found.push(MINOR);
    }
    found
}
