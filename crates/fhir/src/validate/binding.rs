//! Required bindings: the code must be in the value set.

use super::{format, message};
use crate::issue::{Code, Text};
use crate::{Issue, Json};
use std::collections::HashMap;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../definitions/valuesets.tsv");
/// So many codes are named in a sentence.
const SHOWN_MAX: usize = 24;

/// A value set as code system and its codes, sorted.
struct Group {
    system: &'static str,
    codes: Vec<&'static str>,
}

fn sets() -> &'static HashMap<&'static str, Vec<Group>> {
    static SETS: OnceLock<HashMap<&'static str, Vec<Group>>> = OnceLock::new();
    SETS.get_or_init(|| TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(set).collect())
}

fn set(line: &'static str) -> Option<(&'static str, Vec<Group>)> {
    let mut fields = line.split('\t');
    let name = fields.next()?;
    let groups = fields.filter_map(|field| {
        let (system, codes) = field.split_once('|')?;
        let mut codes: Vec<&str> = codes.split(' ').collect();
        codes.sort_unstable();
        Some(Group { system, codes })
    });
    Some((name, groups.collect()))
}

impl Group {
    fn has(&self, code: &str) -> bool {
        self.codes.binary_search(&code).is_ok()
    }
}

/// Whether a code of a code system is in a value set of the table; none if the set is not in the table.
pub fn member_of(set: &str, system: Option<&str>, code: &str) -> Option<bool> {
    let groups = sets().get(set)?;
    Some(groups.iter().any(|group| system.is_none_or(|s| s == group.system) && group.has(code)))
}

/// A `code`, or another primitive, that is bound.
pub fn check_code(set: &str, json: &Json<'_>) -> Option<Issue> {
    let code = json.as_str()?;
    let format: Option<(bool, Text)> = match set {
        "#mime" => Some((format::mime(code), message::FORMAT_MIME)),
        "#language" => Some((format::language(code), message::FORMAT_LANGUAGE)),
        "#currency" => Some((format::currency(code), message::FORMAT_CURRENCY)),
        "#ucum" => Some((format::uri(code), message::FORMAT_CODE)),
        _ => None,
    };
    if let Some((ok, text)) = format {
        return (!ok).then(|| Issue::error(Code::Value, text));
    }
    match member_of(set, None, code) {
        Some(false) => Some(refused(message::BINDING, set)),
        _ => None,
    }
}

/// A Coding or CodeableConcept that is bound: one coding at least must be in the set.
pub fn check_concept(set: &str, ty: &str, json: &Json<'_>) -> Option<Issue> {
    if set.starts_with('#') || !sets().contains_key(set) {
        return None;
    }
    let within = |coding: &Json<'_>| {
        let code = coding.get_str("code").unwrap_or_default();
        member_of(set, coding.get_str("system"), code) == Some(true) && coding.get_str("system").is_some()
    };
    let ok = match ty {
        "Coding" => within(json),
        // A concept whose codings carry no code but an extension says why the code is absent.
        "CodeableConcept" => json.each("coding").any(within) || json.get("extension").is_some(),
        _ => true,
    };
    (!ok).then(|| refused(message::BINDING_CONCEPT, set))
}

fn refused(text: Text, set: &str) -> Issue {
    let groups = sets().get(set).map(Vec::as_slice).unwrap_or_default();
    let all = || groups.iter().flat_map(|group| &group.codes).copied();
    let mut shown = all().take(SHOWN_MAX).collect::<Vec<_>>().join(", ");
    if all().count() > SHOWN_MAX {
        shown.push_str(", …");
    }
    Issue::error(Code::CodeInvalid, text).arg("set", set).arg("codes", shown)
}
