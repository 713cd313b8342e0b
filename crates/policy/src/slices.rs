//! The policies that can say something about an action, per action: a decision looks at a dozen policies
//! instead of all.

use crate::rules::{Rule, Rules};
use crate::{Group, PolicyError, Verb};
use cedar_policy::{ActionConstraint, Entities, EntityUid, PolicySet};
use std::sync::Arc;

/// One verb on one group.
pub struct Slice {
    pub action: EntityUid,
    pub policies: PolicySet,
}

pub struct Slices(Vec<Slice>);

impl Slices {
    /// # Errors
    /// The schema lacks an action.
    pub fn new(rules: &Rules) -> Result<Slices, PolicyError> {
        let invalid = |reason: String| PolicyError::Invalid { file: "medhub.cedarschema".into(), reason };
        let actions = rules.schema.action_entities().map_err(|e| invalid(e.to_string()))?;
        let mut slices = Vec::with_capacity(Verb::ALL.len() * Group::ALL.len());
        for (verb, group) in Verb::ALL.into_iter().flat_map(|v| Group::ALL.map(|g| (v, g))) {
            let name = format!("{}_{}", verb.as_str(), group.as_str());
            let action = crate::request::uid("Action", &name).map_err(invalid)?;
            if actions.get(&action).is_none() {
                return Err(invalid(format!("the action {name} is missing")));
            }
            let applying = rules.all.iter().filter(|rule| applies(rule, &action, &actions));
            let policies = PolicySet::from_policies(applying.map(|rule: &Arc<Rule>| rule.policy.clone()))
                .map_err(|e| invalid(e.to_string()))?;
            slices.push(Slice { action, policies });
        }
        Ok(Slices(slices))
    }

    pub fn of(&self, verb: Verb, group: Group) -> Option<&Slice> {
        self.0.get(verb as usize * Group::ALL.len() + group as usize)
    }
}

fn applies(rule: &Rule, action: &EntityUid, actions: &Entities) -> bool {
    let under = |group: &EntityUid| group == action || actions.is_ancestor_of(group, action);
    match rule.policy.action_constraint() {
        ActionConstraint::Any => true,
        ActionConstraint::Eq(only) => only == *action,
        ActionConstraint::In(groups) => groups.iter().any(under),
    }
}
