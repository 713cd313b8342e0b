//! Problems, past history, operations, family, risk factors.

use super::chart::{Chart, Kindred};
use super::line::{Emphasis, Line, by_name, code, has_code, newest_first, quantity, value, when, words};
use super::words as w;
use fhir::Json;

const ICD10: &str = "http://hl7.org/fhir/sid/icd-10";
const ENTERED_IN_ERROR: &str = "entered-in-error";

/// CIM-10: diabetes, obesity, lipids, tobacco, alcohol, hypertension, family history of heart disease.
const RISKS: [&str; 15] =
    ["E10", "E11", "E12", "E13", "E14", "E66", "E78", "F10", "F17", "I10", "I11", "I12", "I13", "Z72", "Z82"];
const BODY_MASS: &str = "39156-5";

fn is_active(condition: &Json<'_>) -> bool {
    let status = condition.get("clinicalStatus");
    status.is_none() || has_code(status, &["active", "recurrence", "relapse"])
}

fn is_meant(condition: &Json<'_>) -> bool {
    !has_code(condition.get("verificationStatus"), &["refuted", ENTERED_IN_ERROR])
}

/// Conditions that count, active or not.
pub(crate) fn conditions(chart: &Chart, active: bool) -> Option<Vec<Line>> {
    let all = chart.conditions.as_ref()?;
    let mut lines: Vec<Line> = all
        .iter()
        .filter(|c| is_meant(c) && is_active(c) == active)
        .map(|condition| {
            let text = words(condition.get("code")).unwrap_or_else(|| w::tell(w::UNNAMED, chart.lang).into());
            let severe = has_code(condition.get("severity"), &["24484000", "severe"]);
            let side = condition.each("bodySite").find_map(|site| words(Some(site)));
            let detail = [side, code(condition.get("code"), ICD10).map(String::from)];
            let line = Line::new(condition, text).date(when(condition, "onset"));
            let emphasis = if severe && active { Emphasis::Abnormal } else { Emphasis::None };
            line.detail(joined(detail)).emphasis(emphasis)
        })
        .collect();
    newest_first(&mut lines);
    Some(lines)
}

/// What is known of it, with commas.
fn joined(parts: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let known: Vec<String> = parts.into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(", "))
}

/// Operations and other procedures that were done.
pub(crate) fn operations(chart: &Chart) -> Option<Vec<Line>> {
    let all = chart.procedures.as_ref()?;
    let mut lines: Vec<Line> = all
        .iter()
        .filter(|p| matches!(p.get_str("status"), Some("completed" | "stopped" | "in-progress")))
        .map(|procedure| {
            let text = words(procedure.get("code")).unwrap_or_else(|| w::tell(w::UNNAMED, chart.lang).into());
            let side = procedure.each("bodySite").find_map(|site| words(Some(site)));
            let complication = procedure.each("complication").find_map(|c| words(Some(c)));
            Line::new(procedure, text).date(when(procedure, "performed")).detail(joined([side, complication]))
        })
        .collect();
    newest_first(&mut lines);
    Some(lines)
}

/// Diseases in the family.
pub(crate) fn family(chart: &Chart) -> Option<Vec<Line>> {
    let all = chart.family.as_ref()?;
    let mut lines: Vec<Line> = Vec::new();
    for member in all.iter().filter(|m| m.get_str("status") != Some(ENTERED_IN_ERROR)) {
        let who = words(member.get("relationship")).unwrap_or_else(|| w::tell(w::UNNAMED, chart.lang).into());
        let diseases: Vec<String> = member
            .each("condition")
            .filter_map(|condition| {
                let name = words(condition.get("code"))?;
                let age = quantity(condition.get("onsetAge"), chart.lang);
                Some(age.map_or_else(|| name.clone(), |age| format!("{name} ({age})")))
            })
            .collect();
        lines.push(Line::new(member, who).detail(diseases.join(", ")).date(member.get_str("date")));
    }
    by_name(&mut lines);
    Some(lines)
}

/// Habits, body-mass index from 30 on, and diseases that are risks themselves.
pub(crate) fn risks(chart: &Chart) -> Option<Vec<Line>> {
    let mut lines: Vec<Line> = latest(chart.habits.as_ref()?)
        .map(|habit| {
            let text = words(habit.get("code")).unwrap_or_else(|| w::tell(w::UNNAMED, chart.lang).into());
            let said = words(habit.get("valueCodeableConcept"))
                .or_else(|| quantity(habit.get("valueQuantity"), chart.lang))
                .or_else(|| habit.get_str("valueString").map(String::from));
            Line::new(habit, text).detail(said).date(when(habit, "effective"))
        })
        .collect();
    for vital in latest(chart.vitals.as_ref().map_or(&[][..], Vec::as_slice)) {
        let index = value(vital.get("valueQuantity")).filter(|_| has_code(vital.get("code"), &[BODY_MASS]));
        if index.is_some_and(|index| index >= 30.0) {
            let text = words(vital.get("code")).unwrap_or_default();
            let detail = quantity(vital.get("valueQuantity"), chart.lang);
            lines.push(Line::new(vital, text).detail(detail).date(when(vital, "effective")));
        }
    }
    for condition in chart.conditions.iter().flatten().filter(|c| is_meant(c) && is_active(c)) {
        let found = code(condition.get("code"), ICD10);
        if found.is_some_and(|code| RISKS.iter().any(|risk| code.starts_with(risk))) {
            let text = words(condition.get("code")).unwrap_or_default();
            lines.push(Line::new(condition, text).date(when(condition, "onset")));
        }
    }
    by_name(&mut lines);
    Some(lines)
}

/// Of observations, newest first, the newest of each code.
pub(crate) fn latest<'c>(all: &'c [Json<'static>]) -> impl Iterator<Item = &'c Json<'static>> {
    let mut sorted: Vec<&Json<'static>> =
        all.iter().filter(|o| !matches!(o.get_str("status"), Some(ENTERED_IN_ERROR | "cancelled"))).collect();
    sorted.sort_by_key(|o| {
        let at = super::line::moment(when(o, "effective"));
        (std::cmp::Reverse(at), o.get_str("id").unwrap_or_default().to_string())
    });
    let mut seen: Vec<Option<String>> = Vec::new();
    sorted.into_iter().filter(move |observation| {
        let name = observation.get("code").and_then(|c| {
            let code = c.each("coding").find_map(|coding| coding.get_str("code"));
            code.or_else(|| c.get_str("text")).map(String::from)
        });
        let new = !seen.contains(&name);
        if new {
            seen.push(name);
        }
        new
    })
}

/// Conditions that are watched for: pacemaker, valve, transplant, resistant germs, pregnancy.
pub(crate) fn watched(all: &Kindred) -> impl Iterator<Item = &Json<'static>> {
    const CODES: [&str; 7] = ["Z95.0", "Z95.2", "Z94", "U82", "U83", "Z33", "O09"];
    all.iter().flatten().filter(|condition| {
        let found = code(condition.get("code"), ICD10);
        is_meant(condition)
            && is_active(condition)
            && found.is_some_and(|code| CODES.iter().any(|watched| code.starts_with(watched)))
    })
}
