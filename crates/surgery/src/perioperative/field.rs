//! What may be entered: the fields of each kind of entry, with their bounds.

use super::message;
use fhir::{Code, Issue, Json};

/// Bounds of a number: beyond `min` and `max` it cannot be, beyond `low` and `high` it is asked again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// As UCUM writes it; empty for plain numbers.
    pub unit: &'static str,
    pub min: f64,
    pub low: f64,
    pub high: f64,
    pub max: f64,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum FieldKind {
    Choice(&'static [&'static str]),
    /// Letters at most.
    Text(usize),
    Integer(Bounds),
    Decimal(Bounds),
    Flag,
    /// An instant.
    Time,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub name: &'static str,
    pub kind: FieldKind,
    pub required: bool,
    /// Code of what is measured, for other programs.
    pub loinc: Option<&'static str>,
}

/// A kind of entry.
#[derive(Debug)]
pub(crate) struct Kind {
    pub name: &'static str,
    pub fields: &'static [Field],
    /// At least this many fields are filled in.
    pub least: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Choice(&'static str),
    Text(String),
    /// As it was written.
    Number(String),
    Flag(bool),
    Time(String),
}

pub(crate) const fn field(name: &'static str, kind: FieldKind) -> Field {
    Field { name, kind, required: false, loinc: None }
}

pub(crate) const fn bounds(unit: &'static str, min: f64, low: f64, high: f64, max: f64) -> Bounds {
    Bounds { unit, min, low, high, max }
}

impl Field {
    pub const fn required(self) -> Field {
        Field { required: true, ..self }
    }

    pub const fn loinc(self, code: &'static str) -> Field {
        Field { loinc: Some(code), ..self }
    }

    /// Reads a value.
    pub(crate) fn read(&self, json: &Json<'_>, confirmed: bool) -> Result<Value, Issue> {
        match self.kind {
            FieldKind::Choice(values) => {
                let found = json.as_str().and_then(|text| values.iter().find(|v| **v == text));
                found.map(|v| Value::Choice(v)).ok_or_else(|| {
                    Issue::error(Code::CodeInvalid, message::CHOICE).arg("values", values.join(", "))
                })
            }
            FieldKind::Text(max) => match json.as_str().map(str::trim) {
                Some(text) if !text.is_empty() && text.chars().count() <= max => Ok(Value::Text(clean(text))),
                _ => Err(Issue::error(Code::Value, message::TEXT).arg("max", max)),
            },
            FieldKind::Flag => {
                json.as_bool().map(Value::Flag).ok_or_else(|| Issue::error(Code::Value, message::FLAG))
            }
            FieldKind::Time => match json.as_str().filter(|text| fhir::date::instant(text).is_some()) {
                Some(text) => Ok(Value::Time(text.to_string())),
                None => Err(Issue::error(Code::Value, message::TIME)),
            },
            FieldKind::Integer(b) => number(json, b, true, confirmed),
            FieldKind::Decimal(b) => number(json, b, false, confirmed),
        }
    }

    /// As a form is drawn from it.
    pub fn told(&self) -> Json<'static> {
        let (kind, values, b) = match self.kind {
            FieldKind::Choice(values) => ("choice", Some(values), None),
            FieldKind::Text(_) => ("text", None, None),
            FieldKind::Integer(b) => ("integer", None, Some(b)),
            FieldKind::Decimal(b) => ("decimal", None, Some(b)),
            FieldKind::Flag => ("flag", None, None),
            FieldKind::Time => ("time", None, None),
        };
        let mut members = vec![
            ("name", Json::string(self.name)),
            ("type", Json::string(kind)),
            ("required", Json::Bool(self.required)),
        ];
        members.extend(values.map(|v| ("values", Json::array(v.iter().map(|v| Json::string(*v))))));
        if let Some(b) = b {
            members.push(("unit", Json::string(b.unit)));
            let all = [("min", b.min), ("low", b.low), ("high", b.high), ("max", b.max)];
            members.extend(all.map(|(name, n)| (name, Json::number(n.to_string()))));
        }
        Json::object(members)
    }
}

/// Control letters have no place in a record, and XML cannot hold them.
pub(crate) fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn number(json: &Json<'_>, b: Bounds, whole: bool, confirmed: bool) -> Result<Value, Issue> {
    let wrong = || Issue::error(Code::Value, if whole { message::INTEGER } else { message::DECIMAL });
    let text = json.as_number().filter(|text| text.len() <= 12).ok_or_else(wrong)?;
    let n = fhir::decimal::parse(text).ok_or_else(wrong)?;
    if whole && (n.fract() != 0.0 || text.contains(['.', 'e', 'E'])) || text.contains(['e', 'E']) {
        return Err(wrong());
    }
    let told = |text, low: f64, high: f64| {
        Issue::error(Code::Value, text).arg("value", n).arg("low", low).arg("high", high).arg("unit", b.unit)
    };
    if n < b.min || n > b.max {
        return Err(told(message::IMPOSSIBLE, b.min, b.max));
    }
    if !confirmed && (n < b.low || n > b.high) {
        return Err(told(message::UNUSUAL, b.low, b.high));
    }
    Ok(Value::Number(text.to_string()))
}

impl Kind {
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    pub fn told(&self) -> Json<'static> {
        let fields = Json::array(self.fields.iter().map(Field::told));
        Json::object([("kind", Json::string(self.name)), ("fields", fields)])
    }

    /// Reads all values; faults are placed at `{at}.{name}`.
    pub fn read(
        &self,
        json: Option<&Json<'_>>,
        confirmed: bool,
        at: &str,
        issues: &mut Vec<Issue>,
    ) -> Vec<(&'static str, Value)> {
        let before = issues.len();
        let given = |name: &str| json.and_then(|j| j.get(name)).filter(|value| **value != Json::Null);
        let mut values = Vec::new();
        for field in self.fields {
            match given(field.name).map(|value| field.read(value, confirmed)) {
                Some(Ok(value)) => values.push((field.name, value)),
                Some(Err(issue)) => issues.push(issue.at(format!("{at}.{}", field.name))),
                None if field.required => {
                    issues.push(
                        Issue::error(Code::Required, message::MISSING).at(format!("{at}.{}", field.name)),
                    );
                }
                None => {}
            }
        }
        let members = json.and_then(Json::as_object).into_iter().flat_map(|object| object.iter());
        for (name, _) in members.filter(|(name, _)| self.field(name).is_none()).take(5) {
            let name: String = name.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
            issues.push(Issue::error(Code::Structure, message::UNKNOWN_FIELD).at(format!("{at}.{name}")));
        }
        if issues.len() == before && values.len() < self.least {
            issues.push(Issue::error(Code::Required, message::EMPTY).at(at));
        }
        values
    }
}

impl Value {
    pub fn json(&self) -> Json<'static> {
        match self {
            Value::Choice(text) => Json::string(*text),
            Value::Text(text) | Value::Time(text) => Json::string(text.clone()),
            Value::Number(text) => Json::number(text.clone()),
            Value::Flag(flag) => Json::Bool(*flag),
        }
    }
}

/// The text or code of a value.
pub(crate) fn text_of<'v>(values: &'v [(&'static str, Value)], name: &str) -> Option<&'v str> {
    values.iter().find(|(n, _)| *n == name).and_then(|(_, value)| match value {
        Value::Choice(text) => Some(*text),
        Value::Text(text) | Value::Time(text) | Value::Number(text) => Some(text.as_str()),
        Value::Flag(_) => None,
    })
}

pub(crate) fn number_of(values: &[(&'static str, Value)], name: &str) -> Option<f64> {
    values.iter().find(|(n, _)| *n == name).and_then(|(_, value)| match value {
        Value::Number(text) => fhir::decimal::parse(text),
        _ => None,
    })
}
