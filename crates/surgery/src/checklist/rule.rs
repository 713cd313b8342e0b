//! What was entered on a check-list stays.

use super::entry::read;
use super::message::LOST;
use fhir::{Code, Issue, Json, ResourceType};
use store::rule::Refusal;
use store::{Rule, TxRead};

pub(crate) struct EntriesStay;

impl Rule for EntriesStay {
    fn name(&self) -> &'static str {
        "surgery.checklist-entries"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::QUESTIONNAIRE_RESPONSE]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        _: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let kept = before.map(read).unwrap_or_default();
        let now = after.map(read).unwrap_or_default();
        match kept.iter().all(|entry| now.contains(entry)) {
            true => Ok(()),
            false => Err(Issue::error(Code::BusinessRule, LOST).at("QuestionnaireResponse.extension").into()),
        }
    }
}
