//! Which step waits for which, and an order in which all can be done.

use super::Step;
use super::read::relation;
use crate::message::{CYCLE, UNKNOWN_STEP};
use fhir::{Code, Issue, Json};

/// Reads the relationships of all steps into [`Step::after`].
pub(super) fn relate(json: &Json<'_>, steps: &mut [Step], issues: &mut Vec<Issue>) {
    for (at, action) in json.each("action").enumerate() {
        for (n, related) in action.each("relatedAction").enumerate() {
            let place = || format!("PlanDefinition.action[{at}].relatedAction[{n}]");
            let other = Step::named(related.get_str("actionId").unwrap_or_default());
            let Some(there) = steps.iter().position(|step| step.id == other) else {
                let shown: String = other.chars().take(60).collect();
                let issue = Issue::error(Code::NotFound, UNKNOWN_STEP).at(place());
                issues.push(issue.arg("id", &steps[at].id).arg("other", shown));
                continue;
            };
            let (later, earlier) = match related.get_str("relationship") {
                Some("after-end") => (at, there),
                Some("before-start") => (there, at),
                _ => {
                    issues.push(relation(&steps[at].id, place()));
                    continue;
                }
            };
            let earlier = steps[earlier].id.clone();
            if !steps[later].after.contains(&earlier) {
                steps[later].after.push(earlier);
            }
        }
    }
}

/// Each step after those that it waits for; else as they were written.
///
/// # Errors
/// The steps that wait for each other.
pub(super) fn sorted(mut steps: Vec<Step>) -> Result<Vec<Step>, Box<Issue>> {
    let mut placed: Vec<Step> = Vec::with_capacity(steps.len());
    while !steps.is_empty() {
        let free = |step: &Step| step.after.iter().all(|id| placed.iter().any(|other| other.id == *id));
        match steps.iter().position(free) {
            Some(at) => placed.push(steps.remove(at)),
            None => {
                let ids: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
                let issue = Issue::error(Code::BusinessRule, CYCLE).at("PlanDefinition.action");
                return Err(Box::new(issue.arg("ids", ids.join(", "))));
            }
        }
    }
    Ok(placed)
}
