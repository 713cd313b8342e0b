//! Vital signs and abnormal results: of each code the newest.

use super::chart::Chart;
use super::history::latest;
use super::line::{Emphasis, Line, has_code, newest_first, number, quantity, when, words};
use super::words as w;
use crate::result::{Flag, Limits};
use fhir::{Json, Lang};

/// Order in which vital signs are read: pressure, heart, saturation, temperature, breathing, weight, height, index.
const ORDER: [&str; 10] =
    ["85354-9", "8867-4", "2708-6", "59408-5", "8310-5", "9279-1", "29463-7", "8302-2", "39156-5", "72514-3"];

pub(crate) fn vitals(chart: &Chart) -> Option<Vec<Line>> {
    let mut found: Vec<&Json<'static>> = latest(chart.vitals.as_ref()?).collect();
    found.sort_by_key(|vital| {
        let place = ORDER.iter().position(|code| has_code(vital.get("code"), &[code]));
        (place.unwrap_or(ORDER.len()), words(vital.get("code")), vital.get_str("id").map(String::from))
    });
    Some(found.into_iter().map(|vital| line(chart, vital)).collect())
}

/// Results of the last year whose newest value is abnormal.
pub(crate) fn abnormal(chart: &Chart) -> Option<Vec<Line>> {
    let results = chart.results.as_ref()?;
    let mut lines: Vec<Line> = latest(results)
        .map(|result| line(chart, result))
        .filter(|line| line.emphasis != Emphasis::None)
        .collect();
    newest_first(&mut lines);
    Some(lines)
}

fn line(chart: &Chart, observation: &Json<'_>) -> Line {
    let text = words(observation.get("code")).unwrap_or_else(|| w::tell(w::UNNAMED, chart.lang).into());
    let line = Line::new(observation, text).date(when(observation, "effective"));
    line.detail(told(observation, chart.lang)).emphasis(emphasis(observation, &chart.limits))
}

/// The value, or those of the components; pressures as `132/78 mmHg`.
pub(crate) fn told(observation: &Json<'_>, lang: Lang) -> Option<String> {
    let single = quantity(observation.get("valueQuantity"), lang)
        .or_else(|| words(observation.get("valueCodeableConcept")))
        .or_else(|| observation.get_str("valueString").map(String::from))
        .or_else(|| observation.get("valueInteger")?.as_number().map(String::from));
    single.or_else(|| {
        let part = |code: &str| {
            let found = observation.each("component").find(|c| has_code(c.get("code"), &[code]))?;
            found.get("valueQuantity")?.get("value")?.as_number().map(|text| number(text, lang))
        };
        if let (Some(systolic), Some(diastolic)) = (part("8480-6"), part("8462-4")) {
            return Some(format!("{systolic}/{diastolic} mmHg"));
        }
        let parts: Vec<String> = observation
            .each("component")
            .filter_map(|c| {
                let value = quantity(c.get("valueQuantity"), lang)
                    .or_else(|| words(c.get("valueCodeableConcept")))?;
                Some(format!("{} {value}", words(c.get("code"))?))
            })
            .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    })
}

/// As the inbox tells it.
pub(crate) fn emphasis(observation: &Json<'_>, limits: &Limits) -> Emphasis {
    match Flag::of(observation, limits) {
        Flag::Critical => Emphasis::Critical,
        Flag::Normal => Emphasis::None,
        Flag::Abnormal | Flag::Low | Flag::High => Emphasis::Abnormal,
    }
}
