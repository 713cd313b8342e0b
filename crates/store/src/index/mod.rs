//! From a resource to its index rows: what each search parameter finds in it, as keyed hashes and ranges.
//!
//! A living version has: one key of its type; keys for tokens, references, URIs and prefixes of names;
//! ranges for numbers, quantities and dates other than its own; and its sort key, the time at which it
//! clinically happened. Bytes count: see [`cover`] for what is not written.

pub mod cover;
pub mod keys;
pub mod normalise;
pub(crate) mod rows;
pub mod units;

pub use cover::{care_span, primary_date};

use crate::backend::IndexRows;
use cover::{Cover, cover, has_missing_key, is_common};
use fhir::search::{SearchParam, Value, params_for};
use fhir::{Json, ResourceType};
use keys::Keys;
use seal::IndexKey;
use std::sync::OnceLock;

/// The sort key of a version whose type has no date of its own, or which lacks it: its commit time, which
/// the writer fills in.
pub const AT_COMMIT: i64 = i64::MIN;

/// The index entries of a living resource. Never fails: what a parameter cannot read is not found by it.
pub fn index_rows(key: &IndexKey, rt: ResourceType, resource: &Json<'_>) -> IndexRows {
    let keys = Keys::new(key, rt);
    let mut rows = IndexRows { time: AT_COMMIT, eq: vec![keys.all()], ranges: Vec::new() };
    if let Some(id) = resource.get_str("id").filter(|_| has_own_key(rt)) {
        rows.eq.push(keys.own(id));
    }
    let mut values: Vec<Value<'_>> = Vec::new();
    for plan in plans(rt) {
        values.clear();
        plan.param.values_into(resource, &mut values);
        if plan.missing && values.is_empty() == plan.common {
            let code = plan.param.code;
            rows.eq.push(if plan.common { keys.absent(code) } else { keys.present(code) });
        }
        rows::add(&keys, plan.param, &plan.cover, &values, &mut rows);
    }
    rows.eq.sort_unstable();
    rows.eq.dedup();
    rows.ranges.sort_unstable();
    rows.ranges.dedup();
    rows
}

/// Types whose resources have a key of their own, because a compartment is its own member too. Others are
/// found by name in the table of resources.
pub(crate) fn has_own_key(rt: ResourceType) -> bool {
    fhir::compartment::COMPARTMENTS.contains(&rt)
}

/// What is written for a parameter of a type, worked out once.
struct Plan {
    param: &'static SearchParam,
    cover: Cover,
    missing: bool,
    common: bool,
}

fn plans(rt: ResourceType) -> &'static [Plan] {
    static PLANS: [OnceLock<Vec<Plan>>; ResourceType::COUNT] =
        [const { OnceLock::new() }; ResourceType::COUNT];
    PLANS[usize::from(rt.number()) - 1].get_or_init(|| {
        let all = params_for(rt).iter().filter(|p| p.is_indexed()).map(|param| {
            let cover = cover(rt, param);
            // Tags, profiles and sources of few; `:missing` of them looks.
            let missing = has_missing_key(&cover) && !param.code.starts_with('_') && param.code != "phonetic";
            Plan { param, missing, common: is_common(param.code), cover }
        });
        all.filter(|p| !matches!(p.cover, Cover::Through(_) | Cover::Components | Cover::None)).collect()
    })
}

/// Whether `:missing` of a parameter is answered by keys.
pub(crate) fn missing_by_key(rt: ResourceType, param: &SearchParam) -> bool {
    plans(rt).iter().any(|p| p.param.code == param.code && p.missing)
}

#[cfg(test)]
pub(crate) mod tests;
