//! What holds of every document made here, whichever way it is written: it keeps its patient, type and code; once
//! fixed or signed its pages stay; signatures are only added, and by whoever signs; pages and evidence never change.

use crate::document::{self, CHECK, KEPT, Rendition, Signature};
use crate::kind::{self, Signer};
use crate::message::{CLOSED, IDENTITY, KEPT as KEPT_TEXT, NOT_PROVED};
use crate::read::identified;
use fhir::{Code, Issue, Json, ResourceType, Text};
use store::rule::Refusal;
use store::{Rule, TxRead};

pub(crate) struct DocumentStays;

impl Rule for DocumentStays {
    fn name(&self) -> &'static str {
        "content.document"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::DOCUMENT_REFERENCE]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let before = before.filter(|json| kind::of(json).is_some());
        let Some(after) = after else {
            return match before.is_some_and(is_closed) {
                true => refuse(CLOSED, "DocumentReference"),
                false => Ok(()),
            };
        };
        if before.is_none() && kind::of(after).is_none() {
            return Ok(());
        }
        if let Some(before) = before {
            stays(before, after)?;
        }
        let known = before.map(document::signatures).unwrap_or_default();
        let signed = document::signatures(after);
        if !signed.starts_with(&known) {
            return refuse(NOT_PROVED, "DocumentReference.extension");
        }
        let hub = tx.actor().system && tx.actor().id.is_nil();
        match hub || signed.iter().skip(known.len()).all(|one| is_proved(one, after, tx)) {
            true => Ok(()),
            false => refuse(NOT_PROVED, "DocumentReference.extension"),
        }
    }
}

fn refuse(text: Text, at: &str) -> Result<(), Refusal> {
    Err(Issue::error(Code::BusinessRule, text).at(at).into())
}

/// Fixed, signed, superseded or withdrawn.
fn is_closed(json: &Json<'_>) -> bool {
    json.get_str("docStatus") != Some("preliminary") || !document::signatures(json).is_empty()
}

fn stays(before: &Json<'_>, after: &Json<'_>) -> Result<(), Refusal> {
    let same = |name: &str| before.get(name) == after.get(name);
    if !["subject", "type", "category", "relatesTo", "author"].into_iter().all(same)
        || identified(before, CHECK) != identified(after, CHECK)
    {
        return refuse(IDENTITY, "DocumentReference");
    }
    let was = before.get_str("status");
    if was != Some("current") && was != after.get_str("status") {
        return refuse(CLOSED, "DocumentReference.status");
    }
    if !is_closed(before) {
        return Ok(());
    }
    let held = |json: &Json<'_>| {
        let parts = [Rendition::Data, Rendition::Pages];
        let contents = parts.map(|part| document::content(json, part).map(Json::to_vec));
        let facts = ["hash", "pages", "act", "side", "surgeon", "leaflet", "template", "minor"];
        let facts = facts.map(|name| document::fact(json, name).map(Json::to_vec));
        (contents, facts)
    };
    let certified = |json: &Json<'_>| document::content(json, Rendition::Certified).map(Json::to_vec);
    if certified(before).is_some() && certified(before) != certified(after) {
        return refuse(CLOSED, "DocumentReference.content");
    }
    let fixed = before.get_str("docStatus");
    let back = fixed != after.get_str("docStatus") && after.get_str("docStatus") != Some("entered-in-error");
    if held(before) != held(after) || back || !["date", "context", "description"].into_iter().all(same) {
        return refuse(CLOSED, "DocumentReference.content");
    }
    if document::is_sealed(before) && !document::is_sealed(after) {
        return refuse(CLOSED, "DocumentReference.meta");
    }
    Ok(())
}

/// A professional signs for themselves; what a patient decided is written by the verb that collected it.
fn is_proved(one: &Signature, after: &Json<'_>, tx: &TxRead<'_>) -> bool {
    let own = tx.actor().person.as_deref();
    let hash = document::fact(after, "hash").and_then(|hash| hash.as_str());
    let reference = one.who.get_str("reference");
    let who = match one.signer {
        Signer::Professional => {
            own.is_some()
                && reference == own
                && after.each("author").any(|author| author.get_str("reference") == own)
        }
        Signer::Patient => tx.actor().system && one.evidence.is_some(),
    };
    who && hash == Some(one.hash.as_str()) && after.get_str("docStatus") != Some("preliminary")
}

/// The Binary resources of documents.
pub(crate) struct PagesStay;

impl Rule for PagesStay {
    fn name(&self) -> &'static str {
        "content.pages"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::BINARY]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        _: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let kept = |json: &Json<'_>| {
            let mut tags = json.get("meta").into_iter().flat_map(|meta| meta.each("tag"));
            tags.any(|t| t.get_str("system") == Some(KEPT.0) && t.get_str("code") == Some(KEPT.1))
        };
        let Some(before) = before.filter(|before| kept(before)) else { return Ok(()) };
        // Written again as it was, by an import: that changes nothing.
        let members = ["contentType", "securityContext", "data"];
        let same =
            after.is_some_and(|after| kept(after) && members.iter().all(|m| before.get(m) == after.get(m)));
        if same { Ok(()) } else { refuse(KEPT_TEXT, "Binary") }
    }
}
