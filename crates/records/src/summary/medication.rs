//! What the patient takes now.

use super::chart::Chart;
use super::line::{Line, by_name, code, words};
use super::words as w;
use fhir::Json;

pub(crate) const ATC: &str = "http://www.whocc.no/atc";

/// Statements of what is taken, then prescriptions that run and that no statement covers.
pub(crate) fn lines(chart: &Chart) -> Option<Vec<Line>> {
    let mut lines: Vec<Line> = taken(chart)?.into_iter().map(|medicine| line(chart, medicine)).collect();
    by_name(&mut lines);
    Some(lines)
}

pub(crate) fn taken(chart: &Chart) -> Option<Vec<&Json<'static>>> {
    let statements = chart.statements.as_ref()?;
    let running = |m: &&Json<'static>| matches!(m.get_str("status"), Some("active" | "intended" | "unknown"));
    let over = |m: &Json<'_>| {
        let end = m.get("effectivePeriod").and_then(|period| period.get_str("end"));
        end.and_then(fhir::date::parse).is_some_and(|end| end.hi_ms < chart.now)
    };
    let mut found: Vec<&Json<'static>> = statements.iter().filter(running).filter(|m| !over(m)).collect();
    let mut known: Vec<String> = found.iter().filter_map(|m| name(m)).collect();
    // Of prescriptions of one medicine the newest.
    let mut requests: Vec<&Json<'static>> = chart.requests.iter().flatten().filter(running).collect();
    requests.sort_by_key(|r| {
        let at = super::line::moment(r.get_str("authoredOn"));
        (std::cmp::Reverse(at), r.get_str("id").unwrap_or_default().to_string())
    });
    for request in requests {
        let Some(name) = name(request) else { continue };
        if !known.contains(&name) {
            known.push(name);
            found.push(request);
        }
    }
    Some(found)
}

/// By what two entries of one medicine are known: the ATC code, else the words.
fn name(medicine: &Json<'_>) -> Option<String> {
    let concept = medicine.get("medicationCodeableConcept");
    code(concept, ATC).map(String::from).or_else(|| words(concept))
}

fn line(chart: &Chart, medicine: &Json<'_>) -> Line {
    let concept = medicine.get("medicationCodeableConcept");
    let reference = || medicine.get("medicationReference")?.get_str("display").map(String::from);
    let text = words(concept).or_else(reference);
    let text = text.unwrap_or_else(|| w::tell(w::UNNAMED, chart.lang).into());
    let dosage = medicine.each("dosage").chain(medicine.each("dosageInstruction"));
    let said: Vec<String> = dosage
        .filter_map(|dosage| {
            let text = dosage.get_str("text")?.to_string();
            let needed = dosage.get("asNeededBoolean").and_then(Json::as_bool) == Some(true);
            let word = w::tell(w::AS_NEEDED, chart.lang);
            Some(if needed && !text.contains(word) { format!("{text}, {word}") } else { text })
        })
        .collect();
    let period = medicine.get("effectivePeriod").and_then(|period| period.get_str("start"));
    let date = period.or_else(|| medicine.get_str("authoredOn")).or_else(|| medicine.get_str("dateAsserted"));
    Line::new(medicine, text).detail(said.join(" ; ")).date(date)
}
