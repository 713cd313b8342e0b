//! From a request to a [`Query`]: criteria for each type, and how the result is to be presented.

mod control;
mod criterion;
mod escape;
mod filter;
pub mod value;

pub use control::{Controls, Include, SortBy, SortKey, Total};
pub use criterion::criterion;

use super::ast::{Criterion, Operand, Test};
use super::{SearchRequest, issues, limits};
use crate::search::ast::Modifier;
use fhir::search::Kind;
use fhir::{Issue, ResourceType};
use std::collections::BTreeSet;

/// A search that is understood.
#[derive(Clone, Debug)]
pub struct Query {
    /// For each type searched, what its resources must meet.
    pub types: Vec<(ResourceType, Criterion)>,
    pub controls: Controls,
    pub warnings: Vec<Issue>,
}

/// Reads a request.
///
/// # Errors
/// Every issue that makes the search senseless; unknown parameters only when the request is strict.
pub fn query(request: &SearchRequest) -> Result<Query, Vec<Issue>> {
    bounded(request).map_err(|issue| vec![issue])?;
    let types = types(request).map_err(|issue| vec![issue])?;
    let (mut controls, mut warnings, mut errors) = (Controls::default(), Vec::new(), Vec::new());
    let mut criteria: Vec<Vec<Criterion>> = vec![Vec::new(); types.len()];
    // A parameter without a value means nothing.
    for (name, text) in request.params.iter().filter(|(_, text)| !text.is_empty()) {
        match controls.read(&types, name, text) {
            Ok(true) => continue,
            Ok(false) => {}
            Err(issue) => {
                errors.push(issue);
                continue;
            }
        }
        match one(&types, name, text, &mut criteria) {
            Ok(true) => {}
            Ok(false) if request.strict => errors.push(issues::unknown_param(request.rt, base(name))),
            Ok(false) => warnings.push(issues::ignored(request.rt, base(name))),
            Err(issue) => errors.push(issue),
        }
    }
    if let Err(issue) = controls.finish(&types) {
        match request.strict {
            true => errors.push(issue),
            false => warnings.push(Issue { severity: fhir::Severity::Warning, ..issue }),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut found = Vec::with_capacity(types.len());
    for (rt, mut all) in types.into_iter().zip(criteria) {
        if let Some((compartment, id)) = &request.compartment {
            match membership(*compartment, id, rt) {
                Some(member) => all.push(member),
                None => continue,
            }
        }
        found.push((rt, Criterion::All(all)));
    }
    Ok(Query { types: found, controls, warnings })
}

fn bounded(request: &SearchRequest) -> Result<(), Issue> {
    let bytes: usize = request.params.iter().map(|(name, text)| name.len() + text.len()).sum();
    if bytes > limits::QUERY_BYTES {
        return Err(issues::too_many("bytes of the query", limits::QUERY_BYTES));
    }
    if request.params.len() > limits::PARAMS {
        return Err(issues::too_many("parameters", limits::PARAMS));
    }
    Ok(())
}

/// The name without its value-like parts, for messages.
fn base(name: &str) -> &str {
    name.split([':', '.']).next().unwrap_or(name)
}

fn types(request: &SearchRequest) -> Result<Vec<ResourceType>, Issue> {
    if let Some(rt) = request.rt {
        return Ok(vec![rt]);
    }
    let mut named = BTreeSet::new();
    for (_, text) in request.params.iter().filter(|(name, _)| name == "_type") {
        for name in text.split(',') {
            named.insert(
                ResourceType::parse(name).ok_or_else(|| issues::bad_value("_type", "resource types"))?,
            );
        }
    }
    Ok(if named.is_empty() { ResourceType::all().collect() } else { named.into_iter().collect() })
}

/// Adds one parameter to every type. Across types it must exist in all of those that were named; a type
/// of a search over everything that lacks the parameter has no match.
fn one(
    types: &[ResourceType],
    name: &str,
    text: &str,
    criteria: &mut [Vec<Criterion>],
) -> Result<bool, Issue> {
    let mut known = false;
    for (rt, all) in types.iter().zip(criteria.iter_mut()) {
        match criterion(*rt, name, text, 0) {
            Ok(Some(found)) => {
                all.push(found);
                known = true;
            }
            Ok(None) => all.push(Criterion::nothing()),
            Err(issue) if types.len() == 1 => return Err(issue),
            Err(_) => all.push(Criterion::nothing()),
        }
    }
    if !known {
        criteria.iter_mut().for_each(|all| {
            all.pop();
        });
    }
    Ok(known)
}

/// Resources of type `rt` in the compartment of another resource; `None` if the compartment has none.
pub fn membership(compartment: ResourceType, id: &str, rt: ResourceType) -> Option<Criterion> {
    let mut any: Vec<Criterion> = Vec::new();
    if compartment == rt {
        any.push(Criterion::Id([id.to_string()].into()));
    }
    for code in fhir::compartment::params(compartment, rt) {
        let Some(param) = fhir::search::param(rt, code).filter(|p| p.kind == Kind::Reference) else {
            continue;
        };
        let operands = vec![Operand::Reference { types: vec![compartment], id: id.to_string() }];
        any.push(Criterion::Test(Test { param, modifier: Modifier::None, operands }));
    }
    (!any.is_empty()).then_some(Criterion::Any(any))
}
