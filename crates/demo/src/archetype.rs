//! What charts are drawn from: archetypes (who comes to the clinic) and pathways (what is done to them),
//! both written as JSON in `data/`.

use fhir::Json;
use fhir::json::parse;

/// A kind of patient: diseases, treatments, measures and visits with their likelihoods.
#[derive(Debug)]
pub struct Archetype {
    pub weight: f64,
    pub who: Who,
    pub conditions: Vec<Disease>,
    pub drugs: Vec<Usual>,
    pub vitals: Vec<(String, Spread)>,
    pub labs: Vec<Regular>,
    pub values: Vec<(String, Spread)>,
    pub visits_per_year: f64,
    pub visit_staff: Vec<String>,
    pub visit_reasons: Vec<String>,
}

/// Ages (in years, inclusive) and sex (`None` = any, `Some(true)` = man).
#[derive(Clone, Copy, Debug)]
pub struct Who {
    pub age: (i64, i64),
    pub male: Option<bool>,
}

#[derive(Debug)]
pub struct Disease {
    pub code: String,
    pub p: f64,
    /// How long ago it began, in years.
    pub years: (i64, i64),
    /// It is over by now.
    pub over: bool,
}

/// A usual treatment.
#[derive(Debug)]
pub struct Usual {
    pub drug: String,
    pub p: f64,
}

/// A panel that is measured again and again.
#[derive(Debug)]
pub struct Regular {
    pub panel: String,
    pub every_days: i64,
}

/// How a measure spreads over people, and where it drifts in a year.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    pub mean: f64,
    pub sd: f64,
    pub drift: f64,
}

/// A surgical pathway: steps before, at and after one operation.
#[derive(Debug)]
pub struct Pathway {
    pub weight: f64,
    pub who: Who,
    pub condition: String,
    pub lateral: bool,
    pub cured: bool,
    pub urgent: bool,
    pub act: String,
    pub label: String,
    pub surgeons: Vec<String>,
    pub rooms: Vec<String>,
    /// What the act asks of a room, empty where any will do.
    pub needs: String,
    pub ward: String,
    pub minutes: (i64, i64),
    pub nights: (i64, i64),
    pub anaesthesia: String,
    pub steps: Vec<Step>,
    /// Drug and days of treatment.
    pub drugs: Vec<(String, i64)>,
}

#[derive(Debug)]
pub struct Step {
    /// Days after the operation.
    pub day: i64,
    pub kind: StepKind,
    pub reason: String,
    pub panels: Vec<String>,
    pub values: Vec<(String, Spread)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    Consultation,
    Anaesthesia,
    Emergency,
    Surgery,
    Labs,
    Followup,
}

impl Who {
    pub fn fits(self, age: i64, male: bool) -> bool {
        age >= self.age.0 && age <= self.age.1 && self.male.is_none_or(|m| m == male)
    }

    fn read(json: &Json) -> Who {
        let male = match json.get_str("sex") {
            Some("m") => Some(true),
            Some("f") => Some(false),
            _ => None,
        };
        Who { age: pair(json, "age"), male }
    }
}

impl Archetype {
    pub fn read_all(text: &'static str) -> Vec<Archetype> {
        each(text, |json| {
            let visits = json.get("visits").unwrap_or(&Json::Null);
            Archetype {
                weight: number(json, "weight"),
                who: Who::read(json),
                conditions: json.each("conditions").map(Disease::read).collect(),
                drugs: json
                    .each("drugs")
                    .map(|d| Usual { drug: string(d, "drug"), p: number(d, "p") })
                    .collect(),
                vitals: spreads(json, "vitals"),
                labs: json
                    .each("labs")
                    .map(|l| Regular {
                        panel: string(l, "panel"),
                        every_days: number(l, "every_days") as i64,
                    })
                    .collect(),
                values: spreads(json, "values"),
                visits_per_year: number(visits, "per_year"),
                visit_staff: strings(visits, "staff"),
                visit_reasons: strings(visits, "reasons"),
            }
        })
    }
}

impl Disease {
    fn read(json: &Json) -> Disease {
        Disease {
            code: string(json, "code"),
            p: number(json, "p"),
            years: pair(json, "years"),
            over: flag(json, "over"),
        }
    }
}

impl Pathway {
    pub fn read_all(text: &'static str) -> Vec<Pathway> {
        each(text, |json| Pathway {
            weight: number(json, "weight"),
            who: Who::read(json),
            condition: string(json, "condition"),
            lateral: flag(json, "lateral"),
            cured: flag(json, "cured"),
            urgent: flag(json, "urgent"),
            act: string(json, "act"),
            label: string(json, "label"),
            surgeons: strings(json, "surgeons"),
            rooms: strings(json, "rooms"),
            needs: string(json, "needs"),
            ward: string(json, "ward"),
            minutes: pair(json, "minutes"),
            nights: pair(json, "nights"),
            anaesthesia: string(json, "anaesthesia"),
            steps: json.each("steps").map(Step::read).collect(),
            drugs: json.each("drugs").map(|d| (string(d, "drug"), number(d, "days") as i64)).collect(),
        })
    }
}

impl Step {
    fn read(json: &Json) -> Step {
        let kind = match json.get_str("kind") {
            Some("anaesthesia") => StepKind::Anaesthesia,
            Some("emergency") => StepKind::Emergency,
            Some("surgery") => StepKind::Surgery,
            Some("labs") => StepKind::Labs,
            Some("followup") => StepKind::Followup,
            _ => StepKind::Consultation,
        };
        Step {
            day: number(json, "day") as i64,
            kind,
            reason: string(json, "reason"),
            panels: strings(json, "panels"),
            values: spreads(json, "values"),
        }
    }
}

fn each<T>(text: &'static str, read: impl Fn(&Json) -> T) -> Vec<T> {
    match parse(text.as_bytes()) {
        Ok(json) => json.items().map(read).collect(),
        Err(_) => Vec::new(),
    }
}

fn number(json: &Json, name: &str) -> f64 {
    json.get(name).and_then(as_f64).unwrap_or(0.0)
}

fn as_f64(json: &Json) -> Option<f64> {
    json.as_number()?.parse().ok()
}

fn string(json: &Json, name: &str) -> String {
    json.get_str(name).unwrap_or_default().to_string()
}

fn strings(json: &Json, name: &str) -> Vec<String> {
    json.each(name).filter_map(|v| v.as_str()).map(str::to_string).collect()
}

fn flag(json: &Json, name: &str) -> bool {
    json.get(name).and_then(Json::as_bool).unwrap_or(false)
}

fn pair(json: &Json, name: &str) -> (i64, i64) {
    let mut values = json.each(name).filter_map(as_f64).map(|n| n as i64);
    let low = values.next().unwrap_or(0);
    (low, values.next().unwrap_or(low))
}

fn spreads(json: &Json, name: &str) -> Vec<(String, Spread)> {
    let Some(object) = json.get(name).and_then(Json::as_object) else { return Vec::new() };
    object
        .iter()
        .map(|(key, value)| {
            let mut numbers = value.items().filter_map(as_f64);
            let mut next = || numbers.next().unwrap_or(0.0);
            (key.to_string(), Spread { mean: next(), sd: next(), drift: next() })
        })
        .collect()
}

/// The spread of that name.
pub fn spread(spreads: &[(String, Spread)], name: &str) -> Option<Spread> {
    spreads.iter().find(|(key, _)| key == name).map(|(_, s)| *s)
}
