//! The facts that a clinic's own texts may name.

use crate::chart::Chart;
use crate::words::{code, maybe, text};
use crate::zone;
use fhir::Json;

pub(crate) const FACTS: [&str; 27] = [
    "date",
    "place",
    "gp",
    "allergies",
    "history",
    "patient.name",
    "patient.birthName",
    "patient.birth",
    "patient.birthplace",
    "patient.sex",
    "patient.ipp",
    "patient.phone",
    "author.name",
    "author.specialty",
    "author.phone",
    "author.email",
    "clinic.name",
    "clinic.phone",
    "case.act",
    "case.ccam",
    "case.side",
    "case.surgeon",
    "case.planned",
    "case.performed",
    "case.times",
    "case.room",
    "case.setting",
];

/// Lists, with what each row says.
pub(crate) const LISTS: [(&str, &[&str]); 2] = [
    ("medications", &["drug", "dose"]),
    ("case.implants", &["name", "maker", "udi", "lot", "serial", "expiry", "site"]),
];

pub(super) fn is_list(path: &str) -> bool {
    LISTS.iter().any(|(list, _)| *list == path)
}

/// Whether a path may be named; `list` is the loop that it stands in.
pub(super) fn is_known(path: &str, list: Option<&str>) -> bool {
    let row = LISTS.iter().find(|(name, _)| Some(*name) == list);
    FACTS.contains(&path) || is_list(path) || row.is_some_and(|(_, columns)| columns.contains(&path))
}

/// The facts of a chart.
pub(super) fn of(chart: &Chart) -> Json<'static> {
    let today = zone::long(zone::day_of(chart.now), chart.lang);
    Json::object([
        ("lang", text(code(chart.lang))),
        ("date", text(today)),
        ("place", maybe(chart.clinic.town.clone())),
        ("gp", maybe(chart.patient.gp.clone())),
        ("allergies", maybe(chart.clinical.allergies.clone())),
        ("history", maybe(chart.clinical.history.clone())),
        ("medications", chart.clinical.rows().unwrap_or_else(|| Json::Array(Vec::new()))),
        ("patient", chart.patient.json()),
        ("author", chart.author.json()),
        ("clinic", chart.clinic.json()),
        ("case", chart.case.as_ref().map_or(Json::Null, |case| case.json())),
    ])
}

/// A chart that nobody has, to show what a text becomes.
pub(super) fn sample() -> Json<'static> {
    fhir::json::parse(include_bytes!("../../data/sample.json")).map_or(Json::Null, Json::into_owned)
}
