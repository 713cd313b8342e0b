//! The state of each document that a surgery wants.

use crate::chart::Case;
use crate::document::{Document, Status};
use crate::kind::{self, Kind, When};
use crate::message::{LATER, NO_IMPLANT};
use crate::read::all;
use crate::tell::changed;
use fhir::{Code, Issue, Lang, ResourceType, Text};
use service::RouteCtx;
use store::{Error, Result};

/// A case with its documents.
pub(super) struct Package {
    pub id: String,
    pub patient: String,
    pub case: Case,
    pub items: Vec<Item>,
}

/// One document that the surgery wants.
pub(super) struct Item {
    pub kind: &'static Kind,
    /// The one in force.
    pub document: Option<Document>,
    pub outdated: Vec<Text>,
    /// Why it is not wanted yet.
    pub why: Option<Text>,
}

impl Item {
    pub fn state(&self) -> &'static str {
        let Some(document) = &self.document else { return "missing" };
        match document.status() {
            _ if !self.outdated.is_empty() => "outdated",
            Status::Refused | Status::Revoked => "refused",
            status => status.as_str(),
        }
    }

    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        let signed = self.document.as_ref().is_some_and(|document| match document.status() {
            Status::Signed => true,
            Status::Final => document.kind.signers.is_empty(),
            _ => false,
        });
        self.why.is_some() || signed && self.outdated.is_empty()
    }

    /// Whether another one is to be made: none is there, or it says what is no longer so.
    pub fn is_wanted(&self) -> bool {
        self.why.is_none() && (self.document.is_none() || !self.outdated.is_empty())
    }

    pub fn why(&self, lang: Lang) -> Option<String> {
        let text = self.why.or_else(|| self.outdated.first().copied())?;
        Some(Issue::warning(Code::Informational, text).sentence(lang))
    }
}

impl Package {
    /// # Errors
    /// `NotFound` when there is no such case; the store's.
    pub async fn read(cx: &RouteCtx, case: &str) -> Result<Package> {
        let found = cx.tenant.read(&cx.ctx, ResourceType::SERVICE_REQUEST, case).await?;
        let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
        let subject = json.get("subject").and_then(|s| s.get_str("reference"));
        let patient = subject.and_then(|s| s.strip_prefix("Patient/")).ok_or(Error::NotFound)?.to_string();
        let whole = Case::read(cx, case, &patient, Lang::Fr).await?.ok_or(Error::NotFound)?;
        let query = [
            ("related", format!("ServiceRequest/{case}")),
            ("patient", format!("Patient/{patient}")),
            ("_sort", "-date".to_string()),
        ];
        let documents = all(cx, ResourceType::DOCUMENT_REFERENCE, &query).await?;
        let mut documents: Vec<Document> = documents.into_iter().filter_map(Document::of).collect();
        documents.retain(|document| document.status().stands());
        let json = json.into_owned();
        let items = kind::all().iter().filter(|kind| kind.in_package).map(|kind| {
            let at = newest(&documents, kind);
            let document = at.map(|at| documents.swap_remove(at));
            let outdated = document.as_ref().map(|document| changed(document, &json)).unwrap_or_default();
            let why = if document.is_some() { None } else { later(kind, &whole) };
            Item { kind, document, outdated, why }
        });
        let items = items.collect();
        Ok(Package { id: case.to_string(), patient, case: whole, items })
    }
}

/// The newest of a type; one that is signed stands before drafts that would replace it.
pub(super) fn newest(documents: &[Document], kind: &Kind) -> Option<usize> {
    let own = |document: &&Document| document.kind.code == kind.code;
    let best = documents.iter().filter(own).max_by_key(|document| {
        (document.status() == Status::Signed, document.json.get_str("date").map(String::from))
    })?;
    documents.iter().position(|document| document.id == best.id)
}

fn later(kind: &Kind, case: &Case) -> Option<Text> {
    match kind.when {
        When::Before => None,
        When::After => (!case.is_out).then_some(LATER),
        When::Implants if !case.is_out => Some(LATER),
        When::Implants => case.implants.is_empty().then_some(NO_IMPLANT),
    }
}
