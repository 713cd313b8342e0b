//! How much a result asks for attention.

use super::limits::Limits;
use fhir::Json;

/// Of one value, the least pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Flag {
    Normal,
    Abnormal,
    Low,
    High,
    Critical,
}

/// Of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Urgency {
    Normal,
    Abnormal,
    Critical,
}

impl Flag {
    pub fn as_str(self) -> &'static str {
        match self {
            Flag::Normal => "normal",
            Flag::Abnormal => "abnormal",
            Flag::Low => "low",
            Flag::High => "high",
            Flag::Critical => "critical",
        }
    }

    /// Of an Observation and its components: what the laboratory says, else its ranges; and the clinic's limits in
    /// any case. Whoever tells how a value stands (inbox, synthesis, record) asks here.
    pub fn of(observation: &Json<'_>, limits: &Limits) -> Flag {
        let of_value = |json| Flag::of_value(json, limits);
        let components = observation.each("component").map(of_value).max();
        of_value(observation).max(components.unwrap_or(Flag::Normal))
    }

    fn of_value(json: &Json<'_>, limits: &Limits) -> Flag {
        let said = json.each("interpretation").flat_map(|one| one.each("coding"));
        let said = said.filter_map(|coding| interpretation(coding.get_str("code")?)).max();
        let own = said.unwrap_or_else(|| by_range(json));
        if limits.is_critical(json) { Flag::Critical } else { own }
    }
}

/// Of v3-ObservationInterpretation (<https://hl7.org/fhir/R4/valueset-observation-interpretation.html>).
fn interpretation(code: &str) -> Option<Flag> {
    match code {
        "HH" | "LL" | "AA" | "HU" | "LU" => Some(Flag::Critical),
        "H" | ">" | "HX" => Some(Flag::High),
        "L" | "<" | "LX" => Some(Flag::Low),
        "A" | "POS" | "DET" | "E" => Some(Flag::Abnormal),
        "N" | "NEG" | "ND" => Some(Flag::Normal),
        _ => None,
    }
}

/// Outside the first range that is no other than the normal one.
fn by_range(json: &Json<'_>) -> Flag {
    let number = |json: &Json<'_>| json.get("value").and_then(Json::as_number)?.parse::<f64>().ok();
    let Some(value) = json.get("valueQuantity").and_then(number) else { return Flag::Normal };
    let normal = |range: &&Json<'_>| {
        let mut codes = range.get("type").into_iter().flat_map(|kind| kind.each("coding"));
        range.get("type").is_none() || codes.any(|coding| coding.get_str("code") == Some("normal"))
    };
    let Some(range) = json.each("referenceRange").find(normal) else { return Flag::Normal };
    let bound = |name: &str| range.get(name).and_then(number);
    match (bound("low"), bound("high")) {
        (Some(low), _) if value < low => Flag::Low,
        (_, Some(high)) if value > high => Flag::High,
        _ => Flag::Normal,
    }
}

impl Urgency {
    pub const ALL: [Urgency; 3] = [Urgency::Normal, Urgency::Abnormal, Urgency::Critical];

    pub fn as_str(self) -> &'static str {
        match self {
            Urgency::Normal => "normal",
            Urgency::Abnormal => "abnormal",
            Urgency::Critical => "critical",
        }
    }

    pub fn parse(text: &str) -> Option<Urgency> {
        Urgency::ALL.into_iter().find(|urgency| urgency.as_str() == text)
    }

    /// As a Task says it.
    pub fn priority(self) -> &'static str {
        match self {
            Urgency::Normal => "routine",
            Urgency::Abnormal => "urgent",
            Urgency::Critical => "stat",
        }
    }

    pub fn of(flags: impl Iterator<Item = Flag>) -> Urgency {
        match flags.max() {
            Some(Flag::Critical) => Urgency::Critical,
            None | Some(Flag::Normal) => Urgency::Normal,
            Some(_) => Urgency::Abnormal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flag(json: &str) -> Flag {
        Flag::of(&fhir::json::parse(json.as_bytes()).unwrap(), &Limits::default())
    }

    #[test]
    fn what_the_laboratory_says_counts_and_our_limits_too() {
        let said =
            |code: &str| flag(&format!(r#"{{"interpretation":[{{"coding":[{{"code":"{code}"}}]}}]}}"#));
        assert_eq!(
            ["HH", "H", "L", "A", "N", "??"].map(said),
            [Flag::Critical, Flag::High, Flag::Low, Flag::Abnormal, Flag::Normal, Flag::Normal]
        );
        let potassium = |value: &str, more: &str| {
            flag(&format!(
                r#"{{"code":{{"coding":[{{"system":"http://loinc.org","code":"2823-3"}}]}},"valueQuantity":{{"value":{value},"system":"http://unitsofmeasure.org","code":"mmol/L"}}{more}}}"#
            ))
        };
        assert_eq!(potassium("6.9", ""), Flag::Critical);
        assert_eq!(potassium("6.9", r#","interpretation":[{"coding":[{"code":"H"}]}]"#), Flag::Critical);
        let range = r#","referenceRange":[{"low":{"value":3.5},"high":{"value":5.0}}]"#;
        assert_eq!(["5.4", "3.1", "4.2"].map(|v| potassium(v, range)), [Flag::High, Flag::Low, Flag::Normal]);
        let component =
            r#"{"component":[{"valueQuantity":{"value":9},"referenceRange":[{"high":{"value":5}}]}]}"#;
        assert_eq!(flag(component), Flag::High);
    }

    #[test]
    fn the_worst_value_makes_the_report() {
        assert_eq!(Urgency::of([Flag::Normal, Flag::Low].into_iter()), Urgency::Abnormal);
        assert_eq!(Urgency::of([Flag::Critical, Flag::Normal].into_iter()), Urgency::Critical);
        assert_eq!(Urgency::of(std::iter::empty()), Urgency::Normal);
    }
}
