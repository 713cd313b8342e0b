//! Rules that are checked everywhere or that are dear to evaluate, by hand.

use crate::Json;
use crate::fhirpath::Temporal;
use crate::validate::walk::Within;
use std::cmp::Ordering;
use std::collections::HashSet;

/// Whether a value keeps the rule.
pub type Native = fn(&Json<'_>, Within<'_, '_>) -> bool;

pub fn find(key: &str) -> Option<Native> {
    Some(match key {
        "ext-1" => extension,
        "per-1" => period,
        "dom-2" => contained_once,
        "dom-3" => contained_used,
        "dom-4" => contained_unversioned,
        "dom-5" => contained_unlabelled,
        "dom-6" => narrative,
        "csd-1" => codes_distinct,
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
    match (Temporal::date_time(start), Temporal::date_time(end)) {
        (Some(start), Some(end)) => start.compare(end) != Some(Ordering::Greater),
        _ => true,
    }
}

fn contained_once(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    json.each("contained").all(|inner| inner.get("contained").is_none())
}

/// Every contained resource is meant by a `#id` somewhere, or means its container.
fn contained_used(json: &Json<'_>, _: Within<'_, '_>) -> bool {
    if json.get("contained").is_none() {
        return true;
    }
    let mut ids: Vec<&str> = Vec::new();
    fragments(json, &mut ids);
    json.each("contained").all(|inner| {
        let id = inner.get_str("id").unwrap_or_default();
        let mut own = Vec::new();
        ids.contains(&id) || {
            fragments(inner, &mut own);
            own.contains(&"")
        }
    })
}

/// The ids of all `#id` texts: references, canonicals and URIs alike.
fn fragments<'j>(json: &'j Json<'_>, found: &mut Vec<&'j str>) {
    match json {
        Json::String(text) => {
            if let Some(id) = text.strip_prefix('#').filter(|id| id.len() <= 64) {
                found.push(id);
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
