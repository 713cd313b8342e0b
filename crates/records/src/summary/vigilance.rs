//! What must not be missed: severe allergies, treatments and states that change how one is operated on or treated.
//! Each point comes from a resource; nothing is guessed from words.

use super::allergy;
use super::chart::Chart;
use super::history::{latest, watched};
use super::line::{Emphasis, Line, code, has_code, quantity, value, when, words};
use super::medication::{ATC, taken};
use super::other::flags;
use super::words as w;
use fhir::{Json, Text};

/// ATC classes: antithrombotics, immunosuppressants, systemic corticosteroids, insulins.
const CLASSES: [(&str, Text); 4] =
    [("B01A", w::ANTICOAGULANT), ("L04", w::IMMUNOSUPPRESSED), ("H02AB", w::STEROID), ("A10A", w::INSULIN)];
/// Estimated glomerular filtration rate.
const FILTRATION: [&str; 3] = ["62238-1", "33914-3", "98979-8"];
const FILTRATION_LOW: f64 = 60.0;
const FILTRATION_VERY_LOW: f64 = 30.0;

pub(crate) fn lines(chart: &Chart) -> Option<Vec<Line>> {
    // Who may read none of it is told so.
    if chart.allergies.is_none() && chart.statements.is_none() && chart.conditions.is_none() {
        return None;
    }
    let mut lines: Vec<Line> = Vec::new();
    let allergies = allergy::known(chart, chart.allergies.as_deref().unwrap_or_default());
    for severe in allergies.into_iter().filter(|line| line.emphasis == Emphasis::Critical) {
        let text = format!("{} : {}", w::tell(w::ALLERGY, chart.lang), severe.text);
        lines.push(Line { text, ..severe });
    }
    lines.extend(flags(chart).unwrap_or_default());
    for medicine in taken(chart).unwrap_or_default() {
        lines.extend(class(chart, medicine));
    }
    lines.extend(kidneys(chart));
    for condition in watched(&chart.conditions) {
        let text = words(condition.get("code")).unwrap_or_default();
        let line = Line::new(condition, text).date(when(condition, "onset"));
        lines.push(line.emphasis(Emphasis::Abnormal));
    }
    // In the order of the checks, what is critical first: sorting by emphasis keeps the rest as it is.
    lines.sort_by_key(|line| line.emphasis);
    Some(lines)
}

fn class(chart: &Chart, medicine: &Json<'_>) -> Option<Line> {
    let concept = medicine.get("medicationCodeableConcept");
    let atc = code(concept, ATC)?;
    let (_, name) = CLASSES.iter().find(|(class, _)| atc.starts_with(class))?;
    let text = format!("{} : {}", w::tell(*name, chart.lang), words(concept)?);
    Some(Line::new(medicine, text).emphasis(Emphasis::Abnormal))
}

fn kidneys(chart: &Chart) -> Option<Line> {
    let found = latest(chart.results.as_deref()?).find(|result| has_code(result.get("code"), &FILTRATION))?;
    let rate = value(found.get("valueQuantity")).filter(|rate| *rate < FILTRATION_LOW)?;
    let emphasis = if rate < FILTRATION_VERY_LOW { Emphasis::Critical } else { Emphasis::Abnormal };
    let line = Line::new(found, w::tell(w::RENAL, chart.lang)).date(when(found, "effective"));
    Some(line.detail(quantity(found.get("valueQuantity"), chart.lang)).emphasis(emphasis))
}
