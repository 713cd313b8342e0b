//! `POST secure-messaging/conversations/{id}/messages {key, text, urgent, mentions, documents}`: says something. What is
//! sent again with the same `key` is said once.

use super::tell::told;
use super::who::me;
use crate::element::{id_of, parsed, refers};
use crate::talk::{Add, Among, Kind, Said, append, seen};
use crate::verb::list::hub;
use crate::words::{NOT_A_DOCUMENT, NOT_TAKING_PART};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const KEY_MAX: usize = 64;
pub(super) const WORDS_MAX: usize = 8_000;
const MENTIONS_MAX: usize = 30;
const DOCUMENTS_MAX: usize = 10;

pub(super) fn route() -> Route {
    let path = "secure-messaging/conversations/{id}/messages";
    super::route(Method::Post, path, "Says something in a conversation", Arc::new(Send))
}

struct Send;

#[async_trait]
impl Handler for Send {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let read = words(&mut form);
        form.finish()?;
        let (id, me) = (request.param("id"), me(&cx).await?);
        let conversation = seen(&cx.tenant, &cx.ctx, id).await?;
        read.fit(&cx, &conversation.among(), conversation.patient()).await?;
        let add = Add { key: &read.key, said: read.said(&me), change: &|_| {} };
        let on = Some((ResourceType::COMMUNICATION, id));
        cx.tenant.audit_operation(&cx.ctx, "conversation-message", on).await?;
        let conversation = append(&cx.tenant, &cx.ctx, &hub(&cx), id, &add).await?;
        Ok(RouteReply::json(201, &told(&cx, conversation).await?))
    }
}

/// What somebody says, as it was read from a form.
pub(super) struct Words {
    pub key: String,
    text: String,
    urgent: bool,
    mentions: Vec<String>,
    documents: Vec<String>,
}

pub(super) fn words(form: &mut Form<'_>) -> Words {
    let key = form.required("key", KEY_MAX);
    let text = form.required("text", WORDS_MAX);
    let urgent = form.flag("urgent");
    let list = |form: &Form<'_>, name: &str| -> Vec<String> {
        let mut all: Vec<String> =
            form.json().each(name).map(|one| one.as_str().unwrap_or_default().to_string()).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let (mentions, documents) = (list(form, "mentions"), list(form, "documents"));
    if mentions.len() > MENTIONS_MAX {
        form.wrong(Issue::error(Code::Value, NOT_TAKING_PART).at("mentions"));
    }
    if documents.len() > DOCUMENTS_MAX {
        form.wrong(Issue::error(Code::Value, NOT_A_DOCUMENT).at("documents").arg("max", DOCUMENTS_MAX));
    }
    Words { key, text, urgent, mentions, documents }
}

impl Words {
    pub fn said<'a>(&'a self, sender: &'a Json<'static>) -> Said<'a> {
        let Words { text, urgent, mentions, documents, .. } = self;
        Said { kind: Kind::Said, words: text, urgent: *urgent, mentions, documents, sender }
    }

    /// Only who takes part is called by name, and only documents of this patient's chart that the sender may read are
    /// pointed to.
    ///
    /// # Errors
    /// `Refused`.
    pub async fn fit(&self, cx: &RouteCtx, among: &Among, patient: Option<&str>) -> Result<()> {
        if self.mentions.iter().any(|one| !among.people.contains(one)) {
            return Err(Issue::error(Code::Value, NOT_TAKING_PART).at("mentions").into());
        }
        for document in &self.documents {
            let refused =
                || Issue::error(Code::NotFound, NOT_A_DOCUMENT).at("documents").arg("max", DOCUMENTS_MAX);
            let id = id_of(document, ResourceType::DOCUMENT_REFERENCE).ok_or_else(refused)?;
            let found = match cx.tenant.read(&cx.ctx, ResourceType::DOCUMENT_REFERENCE, id).await {
                Err(Error::NotFound | Error::Gone { .. } | Error::Denied) => return Err(refused().into()),
                other => other?,
            };
            let of = patient.map(|id| format!("Patient/{id}"));
            if of.is_none() || refers(&parsed(&found)?, "subject") != of.as_deref() {
                return Err(refused().into());
            }
        }
        Ok(())
    }
}
