//! What the chart gives for the fields of a form.

use crate::chart::Chart;
use crate::field::Field;
use crate::kind::Kind;
use crate::leaflet::{self, Leaflet};
use crate::words::text;
use crate::zone;
use fhir::{Json, Lang};
use jiff::ToSpan;

const REQUESTER: [&str; 3] = ["l'intéressé(e)", "the person concerned", "der betroffenen Person"];
const MIDNIGHT: [&str; 3] = ["minuit la veille", "midnight the evening before", "Mitternacht am Vorabend"];
const TWO_HOURS: [&str; 3] =
    ["deux heures avant l'heure d'arrivée", "two hours before arrival", "zwei Stunden vor der Ankunft"];
/// The consultation that has not taken place yet.
const DUE: [&str; 3] = [
    "à prévoir, au moins 48 heures avant l'intervention",
    "to be arranged, at least 48 hours before the operation",
    "zu vereinbaren, mindestens 48 Stunden vor dem Eingriff",
];
const CONFIRMED: [&str; 3] = [
    "l'heure que l'établissement vous confirme la veille",
    "the time that the clinic confirms the day before",
    "der am Vortag bestätigten Uhrzeit",
];
const DRUGS: [&str; 3] = [
    "Suivez les consignes de l'anesthésiste et apportez vos ordonnances. N'arrêtez aucun traitement de vous-même.",
    "Follow the anaesthetist's instructions and bring your prescriptions. Stop no treatment on your own.",
    "Befolgen Sie die Anweisungen der Anästhesie und bringen Sie Ihre Rezepte mit. Setzen Sie nichts selbst ab.",
];
const COLLEAGUE: [&str; 3] =
    ["Cher confrère, chère consœur,", "Dear colleague,", "Sehr geehrte Kollegin, sehr geehrter Kollege,"];

/// The leaflet on the act of the case.
pub(crate) fn leaflet(chart: &Chart) -> Option<&'static Leaflet> {
    leaflet::of(chart.case.as_ref().and_then(|case| case.ccam.as_deref()))
}

/// The values of the form, with those of the chart where it leaves something out.
pub(crate) fn completed(kind: &Kind, chart: &Chart, given: &Json<'static>) -> Json<'static> {
    let mut values = given.as_object().cloned().unwrap_or_default();
    for (name, value) in prefilled(kind, chart) {
        if values.get(&name).is_none() {
            values.set(name, value);
        }
    }
    Json::Object(values)
}

/// What the clinic's own text gives, else the chart, by field.
pub(crate) fn prefilled(kind: &Kind, chart: &Chart) -> Vec<(String, Json<'static>)> {
    let worded = |field: &Field| chart.wording.as_ref().and_then(|worded| worded.of(&field.name));
    let one = |field: &Field| {
        let chart = || field.prefill.iter().find_map(|source| said(chart, source));
        let found = worded(field).or_else(chart)?;
        Some((field.name.clone(), found))
    };
    kind.fields.iter().filter_map(one).collect()
}

fn said(chart: &Chart, source: &str) -> Option<Json<'static>> {
    let lang = chart.lang;
    if let Some(name) = source.strip_prefix("leaflet.") {
        return leaflet(chart)?.tell(name, lang).map(text);
    }
    if let Some((kind, section)) = source.strip_prefix("note:").and_then(|rest| rest.split_once('.')) {
        return chart.notes.said(kind, section).map(text);
    }
    let today = zone::day_of(chart.now);
    let found: Option<String> = match source {
        "reasons" => chart.case.as_ref().map(|case| case.reasons.join("\n")).filter(|text| !text.is_empty()),
        "today" => Some(today.to_string()),
        "inThreeMonths" => today.checked_add(3.months()).ok().map(|day| day.to_string()),
        "allergies" => chart.clinical.allergies.clone(),
        "history" => chart.clinical.history.clone(),
        "medications" => return chart.clinical.rows(),
        "gp" => chart.patient.gp.clone(),
        "patient.address" => joined(&chart.patient.address),
        "clinic.address" => joined(&chart.clinic.address).map(|address| match chart.clinic.name.is_empty() {
            true => address,
            false => format!("{}, {address}", chart.clinic.name),
        }),
        "clinic.phone" => chart.clinic.phone.clone(),
        "admitted" => chart.around.admitted.clone(),
        "discharged" => chart.around.discharged.clone(),
        "entryMode" => chart.around.entry_mode.clone(),
        "anaesthesia" => chart.around.anaesthesia.clone(),
        "anaesthesiaDue" => Some(DUE[lang as usize].into()),
        "arrival" => Some(CONFIRMED[lang as usize].into()),
        "drugsBefore" => Some(drugs(chart)),
        "requester" => Some(REQUESTER[lang as usize].into()),
        "fastingSolids" => Some(MIDNIGHT[lang as usize].into()),
        "fastingFluids" => Some(TWO_HOURS[lang as usize].into()),
        "salutation" => Some(COLLEAGUE[lang as usize].into()),
        _ => None,
    };
    found.map(text)
}

/// What to do with one's medicines before the operation: nobody but the anaesthetist says which are stopped.
fn drugs(chart: &Chart) -> String {
    let known: Vec<&str> = chart.clinical.medications.iter().map(|(drug, _)| drug.as_str()).collect();
    let advice = DRUGS[chart.lang as usize];
    if known.is_empty() { advice.into() } else { format!("{advice}\n{}.", known.join(", ")) }
}

/// An address in one line.
fn joined(lines: &[String]) -> Option<String> {
    (!lines.is_empty()).then(|| lines.join(", "))
}

/// Used where a value is a code or a date: what stands on the paper.
pub(crate) fn printed(kind: &Kind, values: &Json<'static>, lang: Lang) -> Json<'static> {
    let told = |fields: &[Field], name: &str, value: &Json<'static>| -> Json<'static> {
        let Some(field) = fields.iter().find(|field| field.name == name) else { return value.clone() };
        match (field.form, value) {
            (crate::field::Form::Date, Json::String(day)) => {
                zone::told(day, lang).map_or_else(|| value.clone(), text)
            }
            (crate::field::Form::Choice, Json::String(code)) => {
                let found = field.choices.iter().find(|(known, _)| known == code);
                found.map_or_else(|| value.clone(), |(_, words)| text(words.tell(lang)))
            }
            // Digits can be added to, so words stand before them.
            (crate::field::Form::Count, Json::String(count)) => count.parse().map_or_else(
                |_| value.clone(),
                |n| text(format!("{} ({count})", crate::letters::letters(n))),
            ),
            (_, Json::String(long)) => text(breakable(long)),
            _ => value.clone(),
        }
    };
    let members = values.as_object().into_iter().flat_map(|object| object.iter());
    Json::object(members.map(|(name, value)| {
        let columns = kind.field(name).map(|field| field.columns.as_slice()).unwrap_or_default();
        let value = match value {
            Json::Array(rows) => Json::array(rows.iter().map(|row| {
                let cells = row.as_object().into_iter().flat_map(|object| object.iter());
                Json::object(cells.map(|(name, cell)| (name.to_string(), told(columns, name, cell))))
            })),
            other => told(&kind.fields, name, other),
        };
        (name.to_string(), value)
    }))
}

/// Longer runs of letters than any word are given places to break, so that nothing leaves the page.
pub(crate) fn breakable(text: &str) -> String {
    const RUN: usize = 24;
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    for letter in text.chars() {
        run = if letter.is_whitespace() || letter == '-' { 0 } else { run + 1 };
        out.push(letter);
        if run == RUN {
            out.push('\u{200b}');
            run = 0;
        }
    }
    out
}
