//! What stands in a course is what was decided in it: tasks and plans under way are written by the service alone,
//! whose verbs ask for the role of each step. Whoever may write Tasks could otherwise approve by plain FHIR.

use super::id::RESERVED;
use super::{KIND, TASK};
use crate::element::coded;
use crate::message::OURS;
use crate::template::PLANS;
use fhir::{Code, Issue, Json, ResourceType};
use store::rule::Refusal;
use store::{Rule, TxRead};

pub(crate) struct OnlyByItsVerbs;

impl Rule for OnlyByItsVerbs {
    fn name(&self) -> &'static str {
        "workflow.only-by-its-verbs"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::TASK, ResourceType::REQUEST_GROUP]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        if tx.actor().system || ![before, after].into_iter().flatten().any(is_ours) {
            return Ok(());
        }
        Err(Issue::error(Code::BusinessRule, OURS).into())
    }
}

/// By its id, which is kept free for ours, or by what it says of itself: a forgery says it too, else nobody takes it
/// for a step.
fn is_ours(json: &Json<'_>) -> bool {
    if json.get_str("id").is_some_and(|id| id.starts_with(RESERVED)) {
        return true;
    }
    match json.get_str("resourceType") {
        Some("Task") => json.get("code").and_then(|code| coded(code, TASK)) == Some(KIND),
        _ => json.each("instantiatesCanonical").filter_map(Json::as_str).any(|url| url.starts_with(PLANS)),
    }
}
