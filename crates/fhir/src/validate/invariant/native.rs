//! Rules that are checked everywhere or that are dear to evaluate, by hand.

use crate::Json;
use crate::fhirpath::Temporal;
use crate::validate::walk::Within;
use std::cmp::Ordering;
use std::collections::HashSet;

/// Whether a value keeps the rule.
pub type Native = fn(&Json<'_>, Within<'_, '_>) -> bool;

pub fn find(key: &str, path: &str) -> Option<Native> {
    Some(match key {
        "ext-1" => extension,
        "per-1" => period,
        "dom-2" => contained_once,
        "dom-3" => contained_used,
        "dom-4" => contained_unversioned,
        "dom-5" => contained_unlabelled,
        "dom-6" => narrative,
        "csd-1" => codes_distinct,
        "obs-7" => components_apart,
        "bdl-3" => requests,
        "bdl-4" => responses,
        "bdl-7" => urls_distinct,
        "que-2" => links_distinct,
        "inv-1" if path == "Task" => task_dates,
        _ if key.ends_with("-0") => machine_name,
        _ => return None,
    })
}

/// A value or extensions, not both.
fn extension(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    let Some(object) = json.as_object() else { return true };
    let value = object.iter().any(|(name, _)| name.strip_prefix('_').unwrap_or(name).starts_with("value"));
    value != object.get("extension").is_some()
}

/// The start is not after the end. A missing zone or precision leaves it open.
fn period(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    let (Some(start), Some(end)) = (json.get_str("start"), json.get_str("end")) else { return true };
    in_order(start, end)
}

fn in_order(start: &str, end: &str) -> bool {
    match (Temporal::date_time(start), Temporal::date_time(end)) {
        (Some(start), Some(end)) => start.compare(end) != Some(Ordering::Greater),
        _ => true,
    }
}

fn task_dates(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    json.get_str("authoredOn").zip(json.get_str("lastModified")).is_none_or(|(from, to)| in_order(from, to))
}

fn contained_once(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    json.each("contained").all(|inner| inner.get("contained").is_none())
}

/// Every contained resource is meant by a `#id` somewhere, or means its container.
fn contained_used(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    if json.get("contained").is_none() {
        return true;
    }
    let mut ids = HashSet::new();
    fragments(json, &mut ids);
    json.each("contained").all(|inner| {
        let id = inner.get_str("id").unwrap_or_default();
        let mut own = HashSet::new();
        ids.contains(id) || {
            fragments(inner, &mut own);
            own.contains("")
        }
    })
}

/// The ids of all `#id` texts: references, canonicals and URIs alike.
fn fragments<'j>(json: &'j Json<'_>, found: &mut HashSet<&'j str>) {
    match json {
        Json::String(text) => {
            if let Some(id) = text.strip_prefix('#').filter(|id| id.len() <= 64) {
                found.insert(id);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| fragments(item, found)),
        Json::Object(object) => object.iter().for_each(|(_, value)| fragments(value, found)),
        _ => {}
    }
}

fn contained_unversioned(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    let metas = |json| Json::each(json, "contained").filter_map(|inner| inner.get("meta"));
    metas(json).all(|meta| meta.get("versionId").is_none() && meta.get("lastUpdated").is_none())
}

fn contained_unlabelled(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    json.each("contained").filter_map(|inner| inner.get("meta")).all(|meta| meta.get("security").is_none())
}

fn narrative(json: &Json<'_>, within: Within<'_, '_>) -> bool {
    within.is_contained || json.get("text").is_some_and(|text| text.get("div").is_some())
}

/// `[A-Z]([A-Za-z0-9_]){0,254}` for the name of a definition.
fn machine_name(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    json.get_str("name").is_none_or(|name| {
        name.len() <= 255
            && name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    })
}

/// No code of a code system stands twice, at any level.
fn codes_distinct(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    let mut seen = HashSet::new();
    let mut open: Vec<&Json<'_>> = vec![json];
    while let Some(parent) = open.pop() {
        for concept in parent.each("concept") {
            if concept.get_str("code").is_some_and(|code| !seen.insert(code)) {
                return false;
            }
            open.push(concept);
        }
    }
    true
}

/// An observation with a value has no component of its own code. The published expression compares whole
/// codings; here the system and the code do, whatever the display.
fn components_apart(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    let has_value = |json: &Json<'_>| {
        let object = json.as_object();
        object.is_some_and(|o| {
            o.iter().any(|(name, _)| name.strip_prefix('_').unwrap_or(name).starts_with("value"))
        })
    };
    if json.get("component").is_none() || !has_value(json) {
        return true;
    }
    let codings = |json: &'_ Json<'_>| -> Vec<(String, String)> {
        let of = |coding: &Json<'_>, name| coding.get_str(name).unwrap_or_default().to_string();
        json.get("code")
            .into_iter()
            .flat_map(|code| code.each("coding"))
            .map(|c| (of(c, "system"), of(c, "code")))
            .collect()
    };
    let own: HashSet<(String, String)> = codings(json).into_iter().collect();
    json.each("component").all(|component| codings(component).iter().all(|coding| !own.contains(coding)))
}

fn kind_is(json: &Json<'_>, kinds: [&str; 3]) -> bool {
    json.get_str("type").is_some_and(|kind| kinds.contains(&kind))
}

fn requests(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    let wanted = kind_is(json, ["batch", "transaction", "history"]);
    json.each("entry").all(|entry| entry.get("request").is_some() == wanted)
}

fn responses(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    let wanted = kind_is(json, ["batch-response", "transaction-response", "history"]);
    json.each("entry").all(|entry| entry.get("response").is_some() == wanted)
}

/// In a bundle that is no history, no two entries have the same address and version.
fn urls_distinct(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    let mut seen = HashSet::new();
    let version = |entry: &Json<'_>| {
        let meta = entry.get("resource").and_then(|resource| resource.get("meta"));
        meta.and_then(|meta| meta.get_str("versionId")).unwrap_or_default().to_string()
    };
    json.get_str("type") == Some("history")
        || json.each("entry").all(|entry| {
            let url = entry.get_str("fullUrl");
            url.is_none_or(|url| seen.insert((url, version(entry))))
        })
}

/// No link id stands twice in a questionnaire, at any level.
fn links_distinct(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    let mut seen = HashSet::new();
    let mut open: Vec<&Json<'_>> = vec![json];
    while let Some(parent) = open.pop() {
        for item in parent.each("item") {
            if item.get_str("linkId").is_some_and(|link| !seen.insert(link)) {
                return false;
            }
            open.push(item);
        }
    }
    true
}
