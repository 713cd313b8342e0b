//! The synthesis of a record (volet de synthèse médicale): sections in a fixed order, each line with the resource
//! that it comes from, nothing invented and nothing that depends on chance. Who asks sees what they may read.
//! The lists of the chart (`records`, `medical_history`, `upcoming_appointments`) stand here too: they are told in
//! the same lines.

mod allergy;
mod chart;
mod generate;
mod history;
mod line;
mod measure;
mod medical_history;
mod medication;
mod other;
mod records;
#[cfg(test)]
mod tests;
mod upcoming;
mod vigilance;
mod words;

pub(crate) use chart::Chart;
pub(crate) use line::{Line, State};

use line::Section;
use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    vec![generate::route(), records::route(), medical_history::route(), upcoming::route()]
}

/// All sections, in the order of their titles.
pub(crate) fn sections(chart: &Chart) -> Vec<Section> {
    words::TITLES.iter().map(|title| section(title.key, chart)).collect()
}

/// One section of the chart.
pub(crate) fn section(code: &'static str, chart: &Chart) -> Section {
    let lines = match code {
        "vigilance" => vigilance::lines(chart),
        "allergies" => return allergy::section(chart),
        "problems" => history::conditions(chart, true),
        "medical-history" => history::conditions(chart, false),
        "surgical-history" => history::operations(chart),
        "family-history" => history::family(chart),
        "risk-factors" => history::risks(chart),
        "medications" => medication::lines(chart),
        "results" => measure::abnormal(chart),
        "vitals" => measure::vitals(chart),
        "immunizations" => other::immunizations(chart),
        "appointments" => other::appointments(chart),
        "care-team" => other::team(chart),
        _ => other::flags(chart),
    };
    let mut section = Section::of(code, lines);
    // That nothing stands out is not a gap in the record.
    if matches!(code, "vigilance" | "results" | "appointments" | "flags")
        && section.state == Some(State::NotRecorded)
    {
        section.state = Some(State::NoneKnown);
    }
    section
}
