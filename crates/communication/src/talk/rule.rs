//! What was said stays as it was said: a message, and what was put into a chart of a conversation, has one version. That
//! holds for the hub too, so that no verb can be written that forgets it.

use super::{MESSAGE, RECORD};
use crate::words::NEVER_REWRITTEN;
use fhir::{Code, Issue, Json, ResourceType};
use store::rule::Refusal;
use store::{Rule, TxRead};

pub(crate) struct NeverRewritten;

impl Rule for NeverRewritten {
    fn name(&self) -> &'static str {
        "communication.never-rewritten"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::COMMUNICATION]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        _: Option<&Json<'_>>,
        _: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let id = before.and_then(|json| json.get_str("id")).unwrap_or_default();
        if id.starts_with(MESSAGE) || id.starts_with(RECORD) {
            return Err(Issue::error(Code::BusinessRule, NEVER_REWRITTEN).into());
        }
        Ok(())
    }
}
