//! Required bindings: the code must be in the value set.

use super::{format, message};
use crate::issue::{Code, Text};
use crate::{Issue, Json};
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../definitions/valuesets.tsv");
/// So many codes are named in a sentence.
const SHOWN_MAX: usize = 24;

/// A value set as code system and its codes, sorted.
struct Group {
    system: &'static str,
    codes: Vec<&'static str>,
}

struct Set {
    name: &'static str,
    groups: Vec<Group>,
}

/// How a required binding is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    None,
    Mime,
    Language,
    Currency,
    Ucum,
    /// The place of the value set in the table.
    Set(u16),
}

impl Binding {
    /// As `elements.tsv` writes it: the name of a value set, or `#mime` and its like.
    pub fn named(name: &str) -> Self {
        match name {
            "#mime" => Binding::Mime,
            "#language" => Binding::Language,
            "#currency" => Binding::Currency,
            "#ucum" => Binding::Ucum,
            _ => sets()
                .binary_search_by(|set| set.name.cmp(name))
                .map_or(Binding::None, |at| Binding::Set(at as u16)),
        }
    }

    fn set(self) -> Option<&'static Set> {
        match self {
            Binding::Set(at) => sets().get(usize::from(at)),
            _ => None,
        }
    }
}

/// The value sets, by name.
fn sets() -> &'static [Set] {
    static SETS: OnceLock<Vec<Set>> = OnceLock::new();
    SETS.get_or_init(|| {
        let mut sets: Vec<Set> =
            TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(set).collect();
        sets.sort_unstable_by_key(|set| set.name);
        sets
    })
}

fn set(line: &'static str) -> Option<Set> {
    let mut fields = line.split('\t');
    let name = fields.next()?;
    let groups = fields.filter_map(|field| {
        let (system, codes) = field.split_once('|')?;
        let mut codes: Vec<&str> = codes.split(' ').collect();
        codes.sort_unstable();
        Some(Group { system, codes })
    });
    Some(Set { name, groups: groups.collect() })
}

impl Set {
    fn has(&self, system: Option<&str>, code: &str) -> bool {
        self.groups.iter().any(|group| system.is_none_or(|s| s == group.system) && group.has(code))
    }
}

impl Group {
    fn has(&self, code: &str) -> bool {
        self.codes.binary_search(&code).is_ok()
    }
}

/// Whether a code of a code system is in a value set of the table; none if the set is not in the table.
pub fn member_of(set: &str, system: Option<&str>, code: &str) -> Option<bool> {
    Some(Binding::named(set).set()?.has(system, code))
}

/// The codes of a value set that a required binding of R4 names, as (code system, code); `name` is the last
/// part of `http://hl7.org/fhir/ValueSet/…`. None for other value sets.
pub fn value_set(name: &str) -> Option<Vec<(&'static str, &'static str)>> {
    let groups = &Binding::named(name).set()?.groups;
    let pairs = groups.iter().flat_map(|group| group.codes.iter().map(|code| (group.system, *code)));
    Some(pairs.collect())
}

/// A `code`, or another primitive, that is bound.
pub fn check_code(binding: Binding, json: &Json<'_>) -> Option<Issue> {
    let code = json.as_str()?;
    let (ok, text) = match binding {
        Binding::None => return None,
        Binding::Mime => (format::mime(code), message::FORMAT_MIME),
        Binding::Language => (format::language(code), message::FORMAT_LANGUAGE),
        Binding::Currency => (format::currency(code), message::FORMAT_CURRENCY),
        Binding::Ucum => (format::uri(code), message::FORMAT_CODE),
        Binding::Set(_) => {
            let set = binding.set()?;
            return (!set.has(None, code)).then(|| refused(message::BINDING, set));
        }
    };
    (!ok).then(|| Issue::error(Code::Value, text))
}

/// A Coding or CodeableConcept that is bound: one coding at least must be in the set.
pub fn check_concept(binding: Binding, ty: &str, json: &Json<'_>) -> Option<Issue> {
    let set = binding.set()?;
    let within = |coding: &Json<'_>| match (coding.get_str("system"), coding.get_str("code")) {
        (Some(system), Some(code)) => set.has(Some(system), code),
        _ => false,
    };
    let ok = match ty {
        "Coding" => within(json),
        // A concept whose codings carry no code but an extension says why the code is absent.
        "CodeableConcept" => json.each("coding").any(within) || json.get("extension").is_some(),
        _ => true,
    };
    (!ok).then(|| refused(message::BINDING_CONCEPT, set))
}

fn refused(text: Text, set: &Set) -> Issue {
    let all = || set.groups.iter().flat_map(|group| &group.codes).copied();
    let mut shown = all().take(SHOWN_MAX).collect::<Vec<_>>().join(", ");
    if all().count() > SHOWN_MAX {
        shown.push_str(", …");
    }
    Issue::error(Code::CodeInvalid, text).arg("set", set.name).arg("codes", shown)
}
