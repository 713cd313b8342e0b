//! One value of a result as it is shown: texts, ready to read.

use super::flag::Flag;
use super::limits::Limits;
use crate::find::concept;
use fhir::Json;

/// The value as a text, without its unit.
pub(super) fn text(json: &Json<'_>) -> String {
    if let Some(quantity) = json.get("valueQuantity") {
        let comparator = quantity.get_str("comparator").unwrap_or("");
        let number = quantity.get("value").and_then(Json::as_number).unwrap_or("–");
        return format!("{comparator}{number}");
    }
    let other = ["valueString", "valueDateTime", "valueTime"].iter().find_map(|name| json.get_str(name));
    if let Some(text) = other {
        return text.to_string();
    }
    if let Some(text) = concept(json.get("valueCodeableConcept")) {
        return text;
    }
    let number = json.get("valueInteger").and_then(Json::as_number).map(String::from);
    let parts: Vec<String> = json.each("component").map(component).collect();
    match (number, parts.is_empty()) {
        (Some(number), _) => number,
        (None, false) => parts.join(" · "),
        (None, true) => concept(json.get("dataAbsentReason")).unwrap_or_else(|| "–".to_string()),
    }
}

fn component(json: &Json<'_>) -> String {
    let name = concept(json.get("code")).unwrap_or_default();
    let unit = unit(json).map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{name} {}{unit}", text(json)).trim().to_string()
}

pub(super) fn unit<'j>(json: &'j Json<'_>) -> Option<&'j str> {
    let quantity = json.get("valueQuantity")?;
    quantity.get_str("unit").or_else(|| quantity.get_str("code"))
}

/// The normal range: as the laboratory writes it, or its bounds.
fn range(json: &Json<'_>) -> Option<String> {
    let range = json.each("referenceRange").next()?;
    if let Some(text) = range.get_str("text") {
        return Some(text.to_string());
    }
    let bound = |name: &str| range.get(name).and_then(|one| one.get("value")).and_then(Json::as_number);
    match (bound("low"), bound("high")) {
        (Some(low), Some(high)) => Some(format!("{low} – {high}")),
        (Some(low), None) => Some(format!("≥ {low}")),
        (None, Some(high)) => Some(format!("≤ {high}")),
        (None, None) => None,
    }
}

/// Codes by which values of the same kind are found: `system|code`. What a search would read otherwise is left out.
pub(super) fn codes(json: &Json<'_>) -> Vec<String> {
    let codings = json.get("code").into_iter().flat_map(|code| code.each("coding"));
    let plain = |text: &&str| !text.is_empty() && !text.contains([',', '|', '$', '\\']);
    let part = |coding: &Json<'_>, name: &str| coding.get_str(name).filter(plain).map(String::from);
    codings.filter_map(|c| Some(format!("{}|{}", part(c, "system")?, part(c, "code")?))).collect()
}

pub(super) fn date<'j>(json: &'j Json<'_>) -> Option<&'j str> {
    let period = || json.get("effectivePeriod").and_then(|period| period.get_str("start"));
    json.get_str("effectiveDateTime").or_else(period).or_else(|| json.get_str("issued"))
}

/// `{observation, name, value, unit?, range?, flag, previous?}`
pub(super) fn view(json: &Json<'_>, previous: Option<&Json<'_>>, limits: &Limits) -> Json<'static> {
    let owned = |text: &str| Json::string(text.to_string());
    let reference = json.get_str("id").map(|id| Json::string(format!("Observation/{id}")));
    let mut out = vec![
        ("observation", reference.unwrap_or(Json::Null)),
        ("name", Json::string(concept(json.get("code")).unwrap_or_default())),
        ("value", Json::string(text(json))),
    ];
    out.extend(unit(json).map(|unit| ("unit", owned(unit))));
    out.extend(range(json).map(|range| ("range", Json::string(range))));
    out.push(("flag", Json::string(Flag::of(json, limits).as_str())));
    if let Some(previous) = previous {
        let date = date(previous).map(owned).unwrap_or(Json::Null);
        out.push(("previous", Json::object([("value", Json::string(text(previous))), ("date", date)])));
    }
    Json::object(out)
}
