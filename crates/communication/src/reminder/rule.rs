//! What was planned and what was said is written by the hub alone: by plain FHIR one could otherwise make it say
//! something twice, or believe that it has.

use super::request::RESERVED;
use crate::alert;
use crate::words::ONLY_BY_THE_HUB;
use fhir::{Code, Issue, Json, ResourceType};
use store::rule::Refusal;
use store::{Rule, TxRead};

pub(crate) struct OnlyByTheHub;

impl Rule for OnlyByTheHub {
    fn name(&self) -> &'static str {
        "communication.only-by-the-hub"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::COMMUNICATION_REQUEST, ResourceType::COMMUNICATION]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let ours = |json: &Json<'_>| {
            let id = json.get_str("id").unwrap_or_default();
            id.starts_with(alert::RESERVED)
                || id.starts_with(crate::talk::RESERVED)
                || id.trim_start_matches(crate::outbox::SAID).starts_with(RESERVED)
        };
        if tx.actor().system || ![before, after].into_iter().flatten().any(ours) {
            return Ok(());
        }
        Err(Issue::error(Code::BusinessRule, ONLY_BY_THE_HUB).into())
    }
}
