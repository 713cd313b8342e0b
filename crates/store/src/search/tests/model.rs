//! The index against plain looking, on the official examples: every value that a resource holds makes
//! queries, and each must find exactly what looking at every resource finds.

use super::{Shelf, request};
use crate::index::tests::examples;
use crate::search::matches::{Doc, matches};
use crate::search::parse;
use fhir::search::{Kind, SearchParam, Value, params_for};
use fhir::{Json, ResourceType};
use std::collections::{BTreeMap, BTreeSet};

/// The text as one value of a query: escaped, then encoded.
fn encode(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace(',', "\\,").replace('|', "\\|").replace('$', "\\$");
    escaped.bytes().map(|b| format!("%{b:02X}")).collect()
}

/// Queries for one value.
fn queries(param: &SearchParam, value: &Value<'_>) -> Vec<String> {
    let code = param.code;
    match value {
        Value::Token(token) => {
            let Some(found) = token.code else { return Vec::new() };
            let mut all = vec![format!("{code}={}", encode(found)), format!("{code}=|{}", encode(found))];
            if let Some(system) = token.system {
                all.push(format!("{code}={}|{}", encode(system), encode(found)));
                all.push(format!("{code}={}|", encode(system)));
            }
            all.push(format!("{code}:not={}", encode(found)));
            all
        }
        Value::Reference(reference) => {
            let mut all: Vec<String> =
                reference.url.iter().map(|url| format!("{code}={}", encode(url))).collect();
            all.extend(reference.local().map(|(_, id)| format!("{code}={id}")));
            all.extend(reference.identifier.map(|i| format!("{code}:identifier={}", encode(i.value))));
            all
        }
        Value::Str(text) => texts(code, text),
        Value::Date { lo_ms, hi_ms } => dates(code, *lo_ms, *hi_ms),
        Value::Number { lo, hi } => numbers(code, *lo, *hi, ""),
        Value::Quantity(quantity) => {
            let mut all = numbers(code, quantity.lo, quantity.hi, "");
            if let (Some(system), Some(unit)) = (quantity.system, quantity.code) {
                let unit = format!("|{}|{}", encode(system), encode(unit));
                all.extend(numbers(code, quantity.lo, quantity.hi, &unit));
            }
            all
        }
        Value::Uri(uri) => {
            let up = uri.rsplit_once('/').map_or(*uri, |(up, _)| up);
            vec![
                format!("{code}={}", encode(uri)),
                format!("{code}:below={}", encode(up)),
                format!("{code}:above={}%2Fx", encode(uri)),
            ]
        }
        Value::Composite(parts) => {
            let parts: Option<Vec<String>> = parts.iter().map(|values| first(values)).collect();
            parts.map(|parts| format!("{code}={}", parts.join("%24"))).into_iter().collect()
        }
        Value::Position { .. } => Vec::new(),
    }
}

fn texts(code: &str, text: &str) -> Vec<String> {
    let text: String = text.chars().take(60).collect();
    let start: String = text.chars().take(4).collect();
    let word = text.split_whitespace().last().unwrap_or("").to_string();
    let forms = [
        (code.to_string(), text.clone()),
        (code.to_string(), start.to_lowercase()),
        (code.to_string(), word),
        (format!("{code}:exact"), text),
        (format!("{code}:contains"), start),
    ];
    let forms = forms.into_iter().filter(|(_, text)| !text.trim().is_empty());
    forms.map(|(name, text)| format!("{name}={}", encode(&text))).collect()
}

fn dates(code: &str, lo: i64, hi: i64) -> Vec<String> {
    let mut all = Vec::new();
    for ms in [lo, hi].into_iter().filter(|ms| *ms != i64::MIN && *ms != i64::MAX) {
        let instant = fhir::date::instant_format(ms);
        for prefix in ["", "gt", "lt", "ge", "le", "sa", "eb", "ne", "ap"] {
            all.push(format!("{code}={prefix}{}", &instant[..10]));
            all.push(format!("{code}={prefix}{}", &instant[..4]));
        }
    }
    all
}

/// The first value of a component, as a query has it.
fn first(values: &[Value<'_>]) -> Option<String> {
    match values.first()? {
        Value::Token(token) => token.code.map(encode),
        Value::Reference(reference) => reference.url.filter(|url| !url.starts_with('#')).map(encode),
        Value::Str(text) => Some(encode(&text.chars().take(9).collect::<String>())),
        Value::Date { lo_ms, .. } => Some(fhir::date::instant_format(*lo_ms)[..10].to_string()),
        Value::Number { lo, .. } => Some(lo.to_string()),
        Value::Quantity(quantity) => Some(format!("ge{}", quantity.lo)),
        Value::Uri(uri) => Some(encode(uri)),
        Value::Composite(_) | Value::Position { .. } => None,
    }
}

fn numbers(code: &str, lo: f64, hi: f64, unit: &str) -> Vec<String> {
    let ends = [lo, hi].into_iter().filter(|n| n.is_finite());
    ends.flat_map(|n| {
        ["", "gt", "lt", "ge", "le", "sa", "eb", "ne", "ap"].map(|prefix| format!("{code}={prefix}{n}{unit}"))
    })
    .collect()
}

struct Library {
    shelf: Shelf,
    all: BTreeMap<ResourceType, Vec<(String, Json<'static>)>>,
}

fn load(each: usize) -> Library {
    let mut all: BTreeMap<ResourceType, Vec<(String, Json<'static>)>> = BTreeMap::new();
    let (mut texts, mut seen) = (Vec::new(), BTreeSet::new());
    for text in examples() {
        let Ok(json) = fhir::json::parse(&text) else { continue };
        let (Some(rt), Some(id)) = (ResourceType::of(&json), json.get_str("id")) else { continue };
        let kept = all.entry(rt).or_default();
        if kept.len() < each && seen.insert((rt, id.to_string())) {
            kept.push((id.to_string(), json.clone().into_owned()));
            texts.push(text.clone());
        }
    }
    let mut shelf = Shelf::new();
    shelf.put_all(texts.iter().map(Vec::as_slice));
    Library { shelf, all }
}

/// What looking finds; `None` if the query is refused.
fn looked(library: &Library, rt: ResourceType, url: &str) -> Option<Vec<String>> {
    let query = parse::query(&request(url)).ok()?;
    let (_, criterion) = query.types.first()?;
    let mut ids: Vec<String> = library.all[&rt]
        .iter()
        .filter(|(id, json)| matches(criterion, &Doc { rt, id, at: 0, json }))
        .map(|(id, _)| id.clone())
        .collect();
    ids.sort();
    Some(ids)
}

#[tokio::test]
async fn every_value_of_the_examples_is_found() {
    let library = load(8);
    let (mut asked, mut refused) = (0, Vec::new());
    for (rt, resources) in &library.all {
        for param in params_for(*rt) {
            if matches!(param.kind, Kind::Composite | Kind::Special)
                || matches!(param.code, "_id" | "_lastUpdated")
            {
                continue;
            }
            let mut all = BTreeSet::from([
                format!("{}:missing=true", param.code),
                format!("{}:missing=false", param.code),
            ]);
            for (_, json) in resources {
                let values = param.values(json);
                all.extend(values.iter().take(3).flat_map(|value| queries(param, value)));
            }
            for query in all.iter().take(40) {
                let url = format!("{rt}?{query}&_count=1000");
                let Some(expected) = looked(&library, *rt, &url) else {
                    refused.push(url);
                    continue;
                };
                // `ap` of a date widens with the distance to now, which looking does not know.
                if param.kind == Kind::Date && query.contains("=ap") {
                    continue;
                }
                asked += 1;
                assert_eq!(library.shelf.ids(&url).await, expected, "{url}");
            }
        }
    }
    refused.retain(|url| !url.contains("=%23"));
    println!("{asked} queries, {} refused", refused.len());
    assert!(refused.len() * 50 <= asked, "{refused:?}");
}

/// Two criteria at once, in every order of leading and testing.
#[tokio::test]
async fn pairs_of_criteria_are_intersections() {
    let library = load(25);
    let mut state = 12345u64;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for (rt, resources) in &library.all {
        let mut all: Vec<String> = Vec::new();
        for param in params_for(*rt).iter().filter(|p| p.kind != Kind::Special) {
            if matches!(param.code, "_id" | "_lastUpdated") {
                continue;
            }
            for (_, json) in resources {
                all.extend(param.values(json).iter().take(2).flat_map(|value| queries(param, value)));
            }
        }
        all.retain(|query| !query.contains("=ap"));
        if all.is_empty() {
            continue;
        }
        for _ in 0..30 {
            let (a, b) = (&all[random(all.len())], &all[random(all.len())]);
            let sort = ["", "&_sort=_id", "&_sort=-_lastUpdated"][random(3)];
            let url = format!("{rt}?{a}&{b}&_count=1000{sort}");
            let Some(expected) = looked(&library, *rt, &url) else { continue };
            assert_eq!(library.shelf.ids(&url).await, expected, "{url}");
        }
    }
}
