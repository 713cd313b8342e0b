//! A template that does not hold together is not stored: nobody finds out when a patient waits.

use super::read;
use crate::element::coded;
use fhir::{Json, ResourceType};
use store::rule::Refusal;
use store::{Rule, TxRead};

const TYPE: &str = "http://terminology.hl7.org/CodeSystem/plan-definition-type";

pub(crate) struct TemplateHolds;

impl Rule for TemplateHolds {
    fn name(&self) -> &'static str {
        "workflow.template-holds"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::PLAN_DEFINITION]
    }

    fn check(
        &self,
        _before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        _tx: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let Some(after) = after else { return Ok(()) };
        // Other plans (preference cards, order sets) are not ours to judge; drafts may be unfinished.
        let ours = after.get("type").and_then(|kind| coded(kind, TYPE)) == Some("workflow-definition");
        if !ours || after.get_str("status") != Some("active") {
            return Ok(());
        }
        match read(after).map_err(|issues| issues.into_iter().next()) {
            Ok(_) | Err(None) => Ok(()),
            Err(Some(issue)) => Err(issue.into()),
        }
    }
}
