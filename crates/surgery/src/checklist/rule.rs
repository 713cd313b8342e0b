//! What was entered on a check-list stays, and so do the versions that were answered.

use super::entry::read;
use super::form::checked;
use super::message::{FORM, LOST, PUBLISHED, TAKEN};
use super::version::{URL, shipped};
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

/// What a version of the check-list must be, and that it stays what teams have answered.
pub(crate) struct VersionsStay;

impl Rule for VersionsStay {
    fn name(&self) -> &'static str {
        "surgery.checklist-versions"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::QUESTIONNAIRE]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let of = |json: &Json<'_>| json.get_str("url").is_some_and(|url| url.starts_with(URL));
        let draft = |json: &Json<'_>| json.get_str("status") == Some("draft");
        if let Some(before) = before.filter(|before| of(before) && !draft(before)) {
            let same = |name: &str| after.and_then(|after| after.get(name)) == before.get(name);
            let kept = after.is_some_and(|after| !draft(after));
            if !kept || !["url", "version", "item"].iter().all(|name| same(name)) {
                return Err(Issue::error(Code::BusinessRule, PUBLISHED).at("Questionnaire.item").into());
            }
        }
        let Some(after) = after.filter(|after| of(after) && !draft(after)) else { return Ok(()) };
        let version = checked(after).map_err(|place| {
            Issue::error(Code::BusinessRule, FORM).at(format!("Questionnaire.{place}")).arg("place", place)
        })?;
        let own = tx.id().to_string();
        if let Some(shipped) = shipped(&version.id)
            && (shipped.get("item"), shipped.get("version")) != (after.get("item"), after.get("version"))
        {
            return Err(Issue::error(Code::BusinessRule, TAKEN).at("Questionnaire.url").into());
        }
        let url = after.get_str("url").unwrap_or_default();
        for id in tx.search(ResourceType::QUESTIONNAIRE, &format!("url={url}"), 50)? {
            let body = if id == own { None } else { tx.read(ResourceType::QUESTIONNAIRE, &id)? };
            let there = body.and_then(|body| checked(&fhir::json::parse(&body).ok()?).ok());
            if there.is_some_and(|there| there.canonical == version.canonical) {
                return Err(Issue::error(Code::Duplicate, TAKEN).at("Questionnaire.version").into());
            }
        }
        Ok(())
    }
}
