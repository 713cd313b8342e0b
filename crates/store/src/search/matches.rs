//! Whether a resource meets a criterion, read from the resource itself. This is what the search means;
//! keys and ranges only say where to look.

use super::ast::{Criterion, Modifier, Operand, System, Test, Token, Unit};
use super::compare::{amount_meets, distance_km, moment_meets, word_starts};
use crate::index::normalise::{fold, sound, starts, words};
use crate::index::{cover::by_word, units};
use fhir::search::{Reference, SearchParam, Value};
use fhir::{Json, ResourceType};

/// A resource to look at.
pub struct Doc<'a> {
    pub rt: ResourceType,
    pub id: &'a str,
    /// Commit time, ms since epoch.
    pub at: i64,
    pub json: &'a Json<'a>,
}

/// Whether the resource meets the criterion. Chains, `_has` and `_list` depend on other resources and
/// must have been resolved; one that is left counts as met.
pub fn matches(criterion: &Criterion, doc: &Doc<'_>) -> bool {
    match criterion {
        Criterion::Test(test) => test_matches(test, doc.json),
        Criterion::Missing { param, missing } => param.values(doc.json).is_empty() == *missing,
        Criterion::Id(ids) => ids.contains(doc.id),
        Criterion::Updated { moments, .. } => moments.iter().any(|m| moment_meets(m, doc.at, doc.at)),
        Criterion::Chain { .. } | Criterion::Has { .. } | Criterion::List(_) => true,
        Criterion::Refers { param, names } => param.values(doc.json).iter().any(|value| match value {
            Value::Reference(r) => r.local().is_some_and(|(rt, id)| names.contains(&(rt, id.to_string()))),
            _ => false,
        }),
        Criterion::Words { words, narrative } => contains_words(words, *narrative, doc.json),
        Criterion::Near(near) => fhir::search::param(doc.rt, "near").is_some_and(|param| {
            param.values(doc.json).iter().any(|value| match value {
                Value::Position { latitude, longitude } => {
                    distance_km(near.latitude, near.longitude, *latitude, *longitude) <= near.distance
                }
                _ => false,
            })
        }),
        Criterion::All(parts) => parts.iter().all(|part| matches(part, doc)),
        Criterion::Any(parts) => parts.iter().any(|part| matches(part, doc)),
        Criterion::Not(inner) => !matches(inner, doc),
    }
}

fn test_matches(test: &Test, json: &Json<'_>) -> bool {
    let values = test.param.values(json);
    test.operands
        .iter()
        .any(|operand| values.iter().any(|value| meets(test.param, test.modifier, operand, value)))
}

/// Whether one value meets one operand.
fn meets(param: &SearchParam, modifier: Modifier, operand: &Operand, value: &Value<'_>) -> bool {
    match (operand, value) {
        (Operand::Token(token), Value::Token(found)) => token_meets(token, found.system, found.code),
        (Operand::Token(token), Value::Reference(reference)) => {
            reference.identifier.is_some_and(|i| token_meets(token, i.system, Some(i.value)))
        }
        (Operand::OfType { system, code, value }, Value::Token(found)) => {
            found.code == Some(value) && found.identifier_type.is_some_and(|t| has_coding(t, system, code))
        }
        (Operand::Codes(codes), Value::Token(found)) => found.code.is_some_and(|code| {
            codes.contains(&(found.system.unwrap_or_default().to_string(), code.to_string()))
        }),
        (Operand::Text { folded, .. }, Value::Token(found)) => {
            found.text.is_some_and(|text| fold(text).contains(folded.as_str()))
        }
        (Operand::Text { folded, .. }, Value::Reference(found)) => {
            found.display.is_some_and(|text| fold(text).contains(folded.as_str()))
        }
        (Operand::Text { given, folded }, Value::Str(text)) => {
            text_meets(param, modifier, given, folded, text)
        }
        (Operand::Reference { types, id }, Value::Reference(found)) => {
            found.local().is_some_and(|(rt, found)| found == id && (types.is_empty() || types.contains(&rt)))
        }
        (Operand::Url { url, version }, Value::Reference(found)) => {
            found.url == Some(url) && version.as_deref().is_none_or(|v| found.version == Some(v))
        }
        (Operand::Uri(uri), Value::Reference(Reference { url: Some(found), .. }))
        | (Operand::Uri(uri), Value::Uri(found)) => uri_meets(modifier, uri, found),
        // Uri:contains arrives as text only for strings; a canonical may be asked with its version.
        (Operand::Date(moment), Value::Date { lo_ms, hi_ms }) => moment_meets(moment, *lo_ms, *hi_ms),
        (Operand::Number(amount), Value::Number { lo, hi }) => amount_meets(amount, *lo, *hi),
        (Operand::Quantity { amount, unit }, Value::Quantity(found)) => match unit {
            Unit::Any => amount_meets(amount, found.lo, found.hi),
            Unit::Canonical { amount, unit } => units::canonical_range(found)
                .is_some_and(|(lo, hi, found)| found == *unit && amount_meets(amount, lo, hi)),
            Unit::Named { system, code } => {
                let named = found.code == Some(code) || found.unit == Some(code);
                let system = system.as_deref().is_none_or(|s| found.system == Some(s));
                named && system && amount_meets(amount, found.lo, found.hi)
            }
        },
        (Operand::Composite(operands), Value::Composite(parts)) => operands
            .iter()
            .zip(parts)
            .all(|(operand, values)| values.iter().any(|value| meets(param, Modifier::None, operand, value))),
        _ => false,
    }
}

fn token_meets(token: &Token, system: Option<&str>, code: Option<&str>) -> bool {
    let system_meets = match &token.system {
        System::Any => true,
        System::Absent => system.is_none(),
        System::Is(wanted) => system == Some(wanted),
    };
    system_meets && token.code.as_deref().is_none_or(|wanted| code == Some(wanted))
}

fn has_coding(concept: &Json<'_>, system: &str, code: &str) -> bool {
    concept.each("coding").any(|coding| {
        coding.get_str("code") == Some(code)
            && (system.is_empty() || coding.get_str("system") == Some(system))
    })
}

fn text_meets(param: &SearchParam, modifier: Modifier, given: &str, folded: &str, text: &str) -> bool {
    if modifier == Modifier::Exact {
        return text == given;
    }
    // What is only punctuation folds to nothing; it is compared as it is.
    if folded.is_empty() {
        let (text, given) = (text.to_lowercase(), given.to_lowercase());
        return match modifier {
            Modifier::Contains => text.contains(&given),
            Modifier::EndsWith => text.ends_with(&given),
            Modifier::Whole => text == given,
            _ => text.starts_with(&given),
        };
    }
    let text = fold(text);
    match modifier {
        Modifier::Contains => text.contains(folded),
        Modifier::EndsWith => text.ends_with(folded),
        Modifier::Whole => text == folded,
        _ if param.code == "phonetic" => {
            let wanted: Vec<String> = words(folded).filter_map(sound).collect();
            let found: Vec<String> = words(&text).filter_map(sound).collect();
            !wanted.is_empty() && wanted.iter().all(|sound| found.contains(sound))
        }
        _ => starts(&text, folded, by_word(param)),
    }
}

fn uri_meets(modifier: Modifier, wanted: &str, found: &str) -> bool {
    let under = |long: &str, short: &str| {
        let short = short.trim_end_matches('/');
        long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '|', '#']))
    };
    match modifier {
        Modifier::Below => under(found, wanted),
        Modifier::Above => under(wanted, found),
        Modifier::Contains => found.to_lowercase().contains(&wanted.to_lowercase()),
        _ => found == wanted,
    }
}

fn contains_words(wanted: &[String], narrative: bool, json: &Json<'_>) -> bool {
    let mut text = String::new();
    match narrative {
        true => {
            let div = json.get("text").and_then(|t| t.get_str("div")).unwrap_or_default();
            strip_tags(div, &mut text);
        }
        false => collect_text(json, &mut text),
    }
    let folded = fold(&text);
    wanted.iter().all(|word| word_starts(&folded, word))
}

fn collect_text(json: &Json<'_>, out: &mut String) {
    match json {
        Json::String(text) if text.starts_with('<') => strip_tags(text, out),
        Json::String(text) => {
            out.push(' ');
            out.push_str(text);
        }
        Json::Array(items) => items.iter().for_each(|item| collect_text(item, out)),
        Json::Object(object) => object.iter().for_each(|(_, value)| collect_text(value, out)),
        _ => {}
    }
}

fn strip_tags(html: &str, out: &mut String) {
    let mut inside = false;
    out.push(' ');
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            _ if inside => {}
            other => out.push(other),
        }
    }
}
