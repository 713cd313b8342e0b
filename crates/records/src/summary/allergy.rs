//! Allergies in their four states: known, none known, not recorded, unavailable.

use super::chart::Chart;
use super::line::{Emphasis, Line, Section, State, by_name, has_code, words};
use super::words as w;
use fhir::Json;

/// SNOMED CT: that there is no allergy, or none of a kind.
const NONE: [&str; 4] = ["716186003", "409137002", "428607008", "429625007"];

fn counts(allergy: &Json<'_>) -> bool {
    let status = allergy.get("clinicalStatus");
    let active = status.is_none() || has_code(status, &["active"]);
    active && !has_code(allergy.get("verificationStatus"), &["refuted", "entered-in-error"])
}

fn is_none(allergy: &Json<'_>) -> bool {
    has_code(allergy.get("code"), &NONE)
}

pub(crate) fn section(chart: &Chart) -> Section {
    let code = "allergies";
    let Some(all) = &chart.allergies else { return Section::of(code, None) };
    let lines = known(chart, all);
    if !lines.is_empty() {
        return Section::of(code, Some(lines));
    }
    let mut section = Section::of(code, Some(Vec::new()));
    let general: Vec<&Json<'static>> = all.iter().filter(|a| counts(a) && is_none(a)).collect();
    if !general.is_empty() {
        section.state = Some(State::NoneKnown);
        section.lines = general.iter().map(|a| line(chart, a)).collect();
    } else if chart.allergy_lists.iter().flatten().any(|l| has_code(l.get("emptyReason"), &["unavailable"])) {
        section.state = Some(State::Unavailable);
    }
    section
}

/// Those that are known, the worst first.
pub(crate) fn known(chart: &Chart, all: &[Json<'static>]) -> Vec<Line> {
    let mut lines: Vec<Line> =
        all.iter().filter(|a| counts(a) && !is_none(a)).map(|allergy| line(chart, allergy)).collect();
    by_name(&mut lines);
    lines
}

fn line(chart: &Chart, allergy: &Json<'_>) -> Line {
    let text = words(allergy.get("code")).unwrap_or_else(|| w::tell(w::UNNAMED, chart.lang).into());
    let reactions: Vec<String> = allergy
        .each("reaction")
        .flat_map(|reaction| reaction.each("manifestation"))
        .filter_map(|manifestation| words(Some(manifestation)))
        .collect();
    let severe = allergy.get_str("criticality") == Some("high")
        || allergy.each("reaction").any(|reaction| reaction.get_str("severity") == Some("severe"));
    let emphasis = if severe { Emphasis::Critical } else { Emphasis::None };
    let date = allergy.get_str("lastOccurrence").or_else(|| allergy.get_str("recordedDate"));
    Line::new(allergy, text).detail(reactions.join(", ")).date(date).emphasis(emphasis)
}
