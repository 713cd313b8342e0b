//! Limits beyond which a value is critical whatever the laboratory says: data (`data/critical_limits.tsv`).

use fhir::{Json, ucum};
use std::collections::HashMap;
use std::sync::OnceLock;

const LOINC: &str = "http://loinc.org";

/// In UCUM's base units: which units, and the bounds.
struct Limit {
    units: String,
    low: Option<f64>,
    high: Option<f64>,
}

/// Whether the value lies beyond the limits of its LOINC. Only what can be compared is: a value in a unit of
/// another kind is not.
pub(super) fn is_critical(json: &Json<'_>) -> bool {
    let codings = json.get("code").into_iter().flat_map(|code| code.each("coding"));
    let mut codes =
        codings.filter(|c| c.get_str("system") == Some(LOINC)).filter_map(|coding| coding.get_str("code"));
    let Some(limit) = codes.find_map(|code| table().get(code)) else { return false };
    let Some(quantity) = json.get("valueQuantity") else { return false };
    let amount = quantity.get("value").and_then(Json::as_number);
    let unit = quantity.get_str("code").or_else(|| quantity.get_str("unit"));
    let (Some(amount), Some(unit)) = (amount, unit) else { return false };
    let Some((value, units)) = ucum::canonical(unit, amount) else { return false };
    // What is measured as "less than" a bound is beyond it if the bound is.
    units == limit.units
        && (limit.low.is_some_and(|low| value < low) || limit.high.is_some_and(|high| value > high))
}

fn table() -> &'static HashMap<String, Limit> {
    static TABLE: OnceLock<HashMap<String, Limit>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = include_str!("../../data/critical_limits.tsv").lines();
        lines.filter(|line| !line.starts_with('#') && !line.is_empty()).filter_map(read).collect()
    })
}

fn read(line: &str) -> Option<(String, Limit)> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [code, unit, low, high, _] = fields.as_slice() else { return None };
    let bound = |text: &str| match text {
        "" => Some(None),
        text => ucum::canonical(unit, text).map(|(value, _)| Some(value)),
    };
    let units = ucum::canonical(unit, "1")?.1;
    Some((code.to_string(), Limit { units, low: bound(low)?, high: bound(high)? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let lines = include_str!("../../data/critical_limits.tsv").lines();
        for line in lines.filter(|line| !line.starts_with('#')) {
            let (code, limit) = read(line).unwrap_or_else(|| panic!("{line}"));
            assert!(limit.low.is_some() || limit.high.is_some(), "{code}");
        }
    }

    #[test]
    fn units_are_compared_not_texts() {
        let glucose = |value: &str, unit: &str| {
            let json = format!(
                r#"{{"code":{{"coding":[{{"system":"http://loinc.org","code":"718-7"}}]}},"valueQuantity":{{"value":{value},"code":"{unit}"}}}}"#
            );
            is_critical(&fhir::json::parse(json.as_bytes()).unwrap())
        };
        assert!(glucose("6.5", "g/dL") && glucose("65", "g/L") && !glucose("95", "g/L"));
        assert!(!glucose("6.5", "mmol/L") && !glucose("6.5", "nonsense"));
    }
}
