//! The fields of a document and the values that people give them.

use crate::message::{
    NOT_A_CHOICE, NOT_A_COUNT, NOT_A_DATE, NOT_A_TEXT, NOT_AN_AMOUNT, NOT_ROWS, UNKNOWN_FIELD,
};
use crate::words::Words;
use fhir::{Code, Issue, Json};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Several lines.
    Text,
    Line,
    Date,
    Choice,
    Flag,
    /// A table.
    Rows,
    /// Euros, `1234.50`.
    Money,
    /// A whole number from 1 to 9999.
    Count,
}

const FORMS: [(&str, Form); 8] = [
    ("text", Form::Text),
    ("line", Form::Line),
    ("date", Form::Date),
    ("choice", Form::Choice),
    ("flag", Form::Flag),
    ("rows", Form::Rows),
    ("money", Form::Money),
    ("count", Form::Count),
];

pub(crate) struct Field {
    pub name: String,
    pub label: Words,
    pub help: Option<Words>,
    pub form: Form,
    pub required: bool,
    /// Letters of a text, rows of a table.
    pub max: usize,
    /// Where the chart may say it; the first that knows.
    pub prefill: Vec<String>,
    pub choices: Vec<(String, Words)>,
    pub columns: Vec<Field>,
}

impl Field {
    pub fn read(json: &Json<'_>) -> Option<Field> {
        let form = json.get_str("type")?;
        let choice = |j: &Json<'_>| Some((j.get_str("value")?.to_string(), Words::read(j.get("label"))));
        Some(Field {
            name: json.get_str("name")?.to_string(),
            label: Words::read(json.get("label")),
            help: json.get("help").map(|help| Words::read(Some(help))),
            form: FORMS.iter().find(|(name, _)| *name == form)?.1,
            required: json.get("required").and_then(Json::as_bool).unwrap_or(false),
            max: json.get("max").and_then(Json::as_number)?.parse().ok()?,
            prefill: json.get_str("prefill").unwrap_or("").split_whitespace().map(String::from).collect(),
            choices: json.each("choices").filter_map(choice).collect(),
            columns: json.each("columns").filter_map(Field::read).collect(),
        })
    }

    pub fn form_name(&self) -> &'static str {
        FORMS.iter().find(|(_, form)| *form == self.form).map_or("", |(name, _)| name)
    }

    /// The value as it is kept; nothing where it is blank.
    fn checked(&self, value: &Json<'_>, at: &str, wrong: &mut Vec<Issue>) -> Option<Json<'static>> {
        if matches!(value, Json::Null) {
            return None;
        }
        if self.form == Form::Rows {
            return self.rows(value, at, wrong);
        }
        if self.form == Form::Flag {
            return value.as_bool().filter(|set| *set).map(Json::Bool);
        }
        let text = value.as_str().or_else(|| value.as_number()).map(|text| normalised(text, self.form));
        let Some(text) = text else {
            wrong.push(Issue::error(Code::Value, NOT_A_TEXT).at(at).arg("max", self.max));
            return None;
        };
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if text.chars().count() > self.max {
            wrong.push(Issue::error(Code::TooLong, NOT_A_TEXT).at(at).arg("max", self.max));
            return None;
        }
        let fault = match self.form {
            Form::Date if fhir::date::date(text).is_none() || text.len() != 10 => Some(NOT_A_DATE),
            Form::Choice if !self.choices.iter().any(|(choice, _)| choice == text) => Some(NOT_A_CHOICE),
            Form::Count if !text.parse::<u16>().is_ok_and(|n| (1..=9999).contains(&n)) => Some(NOT_A_COUNT),
            Form::Money if cents(text).is_none() => Some(NOT_AN_AMOUNT),
            _ => None,
        };
        if let Some(fault) = fault {
            wrong.push(Issue::error(Code::Value, fault).at(at));
            return None;
        }
        Some(Json::string(text.to_string()))
    }

    fn rows(&self, value: &Json<'_>, at: &str, wrong: &mut Vec<Issue>) -> Option<Json<'static>> {
        let rows = value.as_array().filter(|rows| rows.len() <= self.max);
        let Some(rows) = rows else {
            wrong.push(Issue::error(Code::TooLong, NOT_ROWS).at(at).arg("max", self.max));
            return None;
        };
        let kept = rows.iter().enumerate().filter_map(|(n, row)| {
            let at = format!("{at}[{n}]");
            let values = read(&self.columns, row, &at, wrong);
            let empty = values.as_object().is_none_or(|object| object.is_empty());
            if !empty {
                for column in self.columns.iter().filter(|c| c.required && values.get(&c.name).is_none()) {
                    let place = format!("{at}.{}", column.name);
                    wrong.push(Issue::error(Code::Required, NOT_A_TEXT).at(place).arg("max", column.max));
                }
            }
            (!empty).then_some(values)
        });
        let kept: Vec<Json<'static>> = kept.collect();
        (!kept.is_empty()).then_some(Json::Array(kept))
    }
}

/// The values of an object as they are kept; what is wrong with it is noted.
pub(crate) fn read(fields: &[Field], json: &Json<'_>, at: &str, wrong: &mut Vec<Issue>) -> Json<'static> {
    let mut kept = fhir::Object::default();
    let Some(object) = json.as_object() else {
        if !matches!(json, Json::Null) {
            wrong.push(Issue::error(Code::Structure, UNKNOWN_FIELD).at(at));
        }
        return Json::Object(kept);
    };
    for (name, value) in object.iter() {
        let place = format!("{at}.{}", name.chars().take(60).collect::<String>());
        let Some(field) = fields.iter().find(|field| field.name == name) else {
            wrong.push(Issue::error(Code::Structure, UNKNOWN_FIELD).at(place));
            continue;
        };
        if let Some(value) = field.checked(value, &place, wrong) {
            kept.set(field.name.clone(), value);
        }
    }
    Json::Object(kept)
}

/// Euros as cents: `1 234,50`, `1234.5`.
pub(crate) fn cents(text: &str) -> Option<i64> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
    let (whole, part) = plain.split_once([',', '.']).unwrap_or((&plain, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 7 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    Some(whole.parse::<i64>().ok()? * 100 + part)
}

/// Line ends of all systems become `\n`; what no printer can print is left out.
pub(crate) fn normalised(text: &str, form: Form) -> String {
    let text =
        text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let keep = |c: &char| {
        *c == '\n' || *c == '\t' || !c.is_control() && !matches!(*c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    let text: String = text.chars().filter(keep).collect();
    if form == Form::Text { text } else { text.replace(['\n', '\t'], " ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        assert_eq!(cents("1 234,50 €"), Some(123_450));
        assert_eq!(cents("275.8"), Some(27_580));
        assert_eq!(cents("0"), Some(0));
        for wrong in ["", "-1", "1,234", "1e3", "12345678", "1,2,3"] {
            assert_eq!(cents(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_sent_is_kept_or_refused(text in "\\PC{0,60}", n in any::<i32>()) {
            let kind = crate::kind::find("prescription").unwrap();
            for json in [
                Json::object([("items", Json::array([Json::object([("drug", Json::string(text.clone()))])]))]),
                Json::object([(text.clone(), Json::integer(i64::from(n)))]),
                Json::string(text.clone()),
            ] {
                let mut wrong = Vec::new();
                let kept = read(&kind.fields, &json, "values", &mut wrong);
                prop_assert!(!wrong.is_empty() || kept.as_object().is_none_or(fhir::Object::is_empty) || kept.get("items").is_some());
            }
        }
    }
}
