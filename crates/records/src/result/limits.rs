//! Limits beyond which a value is critical whatever the laboratory says: those of the clinic, and where it set none
//! those of `data/critical_limits.tsv`.

use fhir::{Json, ucum};
use std::collections::HashMap;

const LOINC: &str = "http://loinc.org";

/// A limit as people read and write it: LOINC, unit (UCUM), bounds; and in UCUM's base units, to compare.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    pub code: String,
    pub title: String,
    pub unit: String,
    /// As they were written.
    pub low: Option<String>,
    pub high: Option<String>,
    units: String,
    /// Whether more in this unit is less in base units, as of a pH.
    falls: bool,
    lowest: Option<f64>,
    highest: Option<f64>,
}

impl Limit {
    /// `None` when the unit is unknown, a bound is no number, there is none, or the low one is above the high one.
    pub fn new(code: &str, title: &str, unit: &str, low: Option<&str>, high: Option<&str>) -> Option<Limit> {
        let bound = |text: Option<&str>| match text {
            None => Some(None),
            Some(text) => ucum::canonical(unit, text).map(|(value, _)| Some(value)),
        };
        let (lowest, highest) = (bound(low)?, bound(high)?);
        let base = |text: &str| ucum::canonical(unit, text).map(|(value, _)| value);
        let falls = base("2")? < base("1")?;
        let ordered =
            lowest.zip(highest).is_none_or(|(low, high)| if falls { high < low } else { low < high });
        let said = lowest.is_some() || highest.is_some();
        (said && ordered && !code.is_empty()).then_some(Limit {
            code: code.to_string(),
            title: title.to_string(),
            unit: unit.to_string(),
            low: low.map(String::from),
            high: high.map(String::from),
            units: ucum::canonical(unit, "1")?.1,
            falls,
            lowest,
            highest,
        })
    }
}

/// By LOINC.
#[derive(Debug)]
pub(crate) struct Limits(HashMap<String, Limit>);

impl Default for Limits {
    /// Of the software.
    fn default() -> Limits {
        let lines = include_str!("../../data/critical_limits.tsv").lines();
        let lines = lines.filter(|line| !line.starts_with('#') && !line.is_empty());
        Limits(lines.filter_map(read).map(|limit| (limit.code.clone(), limit)).collect())
    }
}

impl Limits {
    /// The clinic's own stand instead of ours; a code that the clinic has switched off has none.
    pub fn overlaid(mut self, own: Vec<Limit>, off: &[String]) -> Limits {
        self.0.retain(|code, _| !off.contains(code));
        self.0.extend(own.into_iter().map(|limit| (limit.code.clone(), limit)));
        self
    }

    /// In the order of their codes.
    pub fn all(&self) -> Vec<&Limit> {
        let mut all: Vec<&Limit> = self.0.values().collect();
        all.sort_by(|a, b| a.code.cmp(&b.code));
        all
    }

    /// Whether the value lies beyond the limits of its LOINC. Only what can be compared is: a value in a unit of
    /// another kind is not.
    pub fn is_critical(&self, json: &Json<'_>) -> bool {
        let codings = json.get("code").into_iter().flat_map(|code| code.each("coding"));
        let mut codes =
            codings.filter(|c| c.get_str("system") == Some(LOINC)).filter_map(|c| c.get_str("code"));
        let Some(limit) = codes.find_map(|code| self.0.get(code)) else { return false };
        let Some(quantity) = json.get("valueQuantity") else { return false };
        let amount = quantity.get("value").and_then(Json::as_number);
        let unit = quantity.get_str("code").or_else(|| quantity.get_str("unit"));
        let (Some(amount), Some(unit)) = (amount, unit) else { return false };
        let Some((value, units)) = ucum::canonical(unit, amount) else { return false };
        let (least, most) =
            if limit.falls { (limit.highest, limit.lowest) } else { (limit.lowest, limit.highest) };
        // What is measured as "less than" a bound is beyond it if the bound is.
        units == limit.units
            && (least.is_some_and(|low| value < low) || most.is_some_and(|high| value > high))
    }
}

fn read(line: &str) -> Option<Limit> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [code, unit, low, high, title] = fields.as_slice() else { return None };
    Limit::new(code, title, unit, given(low), given(high))
}

fn given(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let lines = include_str!("../../data/critical_limits.tsv").lines();
        for line in lines.filter(|line| !line.starts_with('#')) {
            assert!(read(line).is_some(), "{line}");
        }
    }

    #[test]
    fn a_ph_is_critical_when_it_is_low() {
        let ph = |value: &str| {
            let json = format!(
                r#"{{"code":{{"coding":[{{"system":"http://loinc.org","code":"2744-1"}}]}},"valueQuantity":{{"value":{value},"code":"[pH]"}}}}"#
            );
            Limits::default().is_critical(&fhir::json::parse(json.as_bytes()).unwrap())
        };
        assert!(ph("7.10") && ph("7.65") && !ph("7.40"));
    }

    #[test]
    fn units_are_compared_not_texts() {
        let glucose = |value: &str, unit: &str| {
            let json = format!(
                r#"{{"code":{{"coding":[{{"system":"http://loinc.org","code":"718-7"}}]}},"valueQuantity":{{"value":{value},"code":"{unit}"}}}}"#
            );
            Limits::default().is_critical(&fhir::json::parse(json.as_bytes()).unwrap())
        };
        assert!(glucose("6.5", "g/dL") && glucose("65", "g/L") && !glucose("95", "g/L"));
        assert!(!glucose("6.5", "mmol/L") && !glucose("6.5", "nonsense"));
    }
}
