//! Conditions of conditional writes and of rules: searches without chains, run inside the writing
//! transaction.

use super::ast::Criterion;
use super::engine::named_ids;
use super::lower::Lowering;
use super::matches::{Doc, matches};
use super::needs::Needs;
use super::node::Node;
use super::parse::{criterion, value};
use super::plan::plan;
use super::request::pairs;
use super::sql::Cut;
use super::{issues, limits};
use crate::access::groups::Groups;
use crate::backend::Select;
use crate::error::{Error, Result};
use fhir::{Json, ResourceType};
use seal::IndexKey;

/// A search that other resources have no part in.
#[derive(Clone, Debug)]
pub struct Criteria {
    rt: ResourceType,
    criterion: Criterion,
}

impl Criteria {
    /// Reads a query such as `identifier=sys|value&active=true`.
    ///
    /// # Errors
    /// `Refused` for an empty query, an unknown parameter, a chain, or a parameter of presentation.
    pub fn parse(rt: ResourceType, query: &str) -> Result<Criteria> {
        let query = query.split_once('?').map_or(query, |(_, query)| query);
        Criteria::from_params(rt, &pairs(query)?)
    }

    /// The same from decoded names and values.
    ///
    /// # Errors
    /// As [`Criteria::parse`].
    pub fn from_params(rt: ResourceType, params: &[(String, String)]) -> Result<Criteria> {
        let mut all = Vec::new();
        for (name, text) in params {
            if matches!(name.as_str(), "_format" | "_pretty") {
                continue;
            }
            let found = criterion(rt, name, text, 0)?;
            let found =
                found.ok_or_else(|| issues::unknown_param(Some(rt), name.split(':').next().unwrap_or("")))?;
            if found.is_joined() {
                return Err(issues::not_supported("a chain or a value set in a condition").into());
            }
            all.push(found);
        }
        if all.is_empty() {
            return Err(issues::empty_condition().into());
        }
        Ok(Criteria { rt, criterion: Criterion::All(all) })
    }

    pub fn rt(&self) -> ResourceType {
        self.rt
    }

    /// What must be open of a resource to know that it meets the criteria.
    pub(crate) fn needs(&self) -> Groups {
        Needs::of(self.rt, &self.criterion).all()
    }

    /// The ids that the query names, if it does; then nothing else need be selected.
    pub fn ids(&self) -> Option<Vec<String>> {
        named_ids(&self.criterion).map(|ids| ids.into_iter().filter(|id| value::is_id(id)).cloned().collect())
    }

    /// The statement that yields candidates, newest first. They are a superset of the matches: look at each
    /// with [`Criteria::matches`]. `limit` is raised where the index cannot tell candidates from matches.
    ///
    /// # Errors
    /// `Refused` when the index has no key for any of the criteria.
    pub fn select(&self, key: &IndexKey, snapshot: i64, limit: usize) -> Result<Select> {
        let lowering = Lowering::new(key, self.rt);
        let mut lowered = lowering.lower(&self.criterion);
        prefer_keys(&mut lowered.node);
        let exact = lowered.exact;
        let led = lowered.node.weight().is_some();
        let mut plan = plan(lowered, lowering.keys.all());
        let stream = match plan.streams.len() {
            1 if led => plan.streams.pop(),
            _ => None,
        };
        let Some(stream) = stream else {
            let issue = issues::not_supported(
                "a condition needs a criterion that is found by a key, such as identifier",
            );
            return Err(Error::from(issue));
        };
        let limit = if exact { limit } else { limit.max(limits::SORTED) };
        Ok(stream.select(&Cut { snapshot, after: None, descending: true, limit }))
    }

    /// Whether the resource, with its id, meets the criteria.
    pub fn matches(&self, resource: &Json<'_>) -> bool {
        let updated = resource.get("meta").and_then(|meta| meta.get_str("lastUpdated"));
        let at = updated.and_then(fhir::date::parse).map_or(0, |moment| moment.lo_ms);
        let id = resource.get_str("id").unwrap_or_default();
        matches(&self.criterion, &Doc { rt: self.rt, id, at, json: resource })
    }
}

/// Nothing is counted inside the transaction: a key leads before a range, and what it leads to is taken for
/// few, so that one statement does.
fn prefer_keys(node: &mut Node) {
    match node {
        Node::Keys(keyed) => keyed.weight = keyed.weight.min(limits::ESTIMATE - 2),
        Node::Scans(scans) => scans.weight = limits::ESTIMATE - 1,
        Node::All(parts) | Node::Any(parts) => parts.iter_mut().for_each(prefer_keys),
        _ => {}
    }
}
