//! `POST secure-messaging/conversations {key, subject, patient, to, text, urgent, mentions, documents}`: begins a
//! conversation with its first message. Sent again with the same `key` it is the same conversation.

use super::send::{Words, words};
use super::tell::told;
use super::who::{addressed, exist, is_id, me};
use crate::talk::{Add, Among, Conversation, RESERVED, begin, id, seen};
use crate::verb::list::hub;
use crate::words::{NO_PATIENT, OPPOSED};
use async_trait::async_trait;
use fhir::{Code, Issue, ResourceType};
use policy::{Group, Marks, Verb};
use service::{Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const SUBJECT_MAX: usize = 160;

pub(super) fn route() -> Route {
    let summary = "Begins a conversation";
    super::route(Method::Post, "secure-messaging/conversations", summary, Arc::new(New))
}

struct New;

#[async_trait]
impl Handler for New {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let subject = form.required("subject", SUBJECT_MAX);
        let patient = form.text("patient", 80);
        let patient = patient.map(|one| one.strip_prefix("Patient/").unwrap_or(&one).to_string());
        if patient.as_deref().is_some_and(|id| !is_id(id)) {
            form.wrong(Issue::error(Code::NotFound, NO_PATIENT).at("patient"));
        }
        let mut among = addressed(&mut form);
        let read: Words = words(&mut form);
        form.finish()?;
        let me = me(&cx).await?;
        let person = me.get_str("reference").unwrap_or_default().to_string();
        let id = id(RESERVED, &["conversation", &person, &read.key]);
        if let Ok(already) = seen(&cx.tenant, &cx.ctx, &id).await {
            return Ok(RouteReply::json(200, &told(&cx, already).await?));
        }
        if let Some(patient) = &patient {
            may_talk_about(&cx, patient).await?;
        }
        exist(&cx, &among).await?;
        among.add(Among { people: vec![person], teams: Vec::new() });
        read.fit(&cx, &among, patient.as_deref()).await?;
        let conversation = Conversation::new(id.clone(), &subject, patient.as_deref(), &among);
        let on = patient.as_deref().map(|id| (ResourceType::PATIENT, id));
        cx.tenant.audit_operation(&cx.ctx, "conversation-begin", on).await?;
        let add = Add { key: &read.key, said: read.said(&me), change: &|_| {} };
        let begun = match begin(&cx.tenant, &hub(&cx), conversation, &add).await {
            // The same, sent twice at once.
            Err(error) => seen(&cx.tenant, &cx.ctx, &id).await.map_err(|_| error)?,
            Ok(begun) => begun,
        };
        Ok(RouteReply::json(201, &told(&cx, begun).await?))
    }
}

/// Whoever may know who the patient is may speak of them; not whom the patient opposes.
async fn may_talk_about(cx: &RouteCtx, patient: &str) -> Result<()> {
    let on = Some((ResourceType::PATIENT, patient));
    let may = match cx.tenant.decide(&cx.ctx, Verb::Read, Group::Identity, Some(patient)).await {
        Err(Error::NotFound) => return Err(Issue::error(Code::NotFound, NO_PATIENT).at("patient").into()),
        other => other?,
    };
    if !may {
        cx.tenant.audit_refused(&cx.ctx, "conversation-begin", on).await?;
        return Err(Error::Denied);
    }
    let asked = cx.tenant.explain(&cx.ctx, Verb::Read, Group::Conversation, Some(patient)).await?;
    if asked.question.marks.has(Marks::OPPOSED) {
        cx.tenant.audit_refused(&cx.ctx, "conversation-begin", on).await?;
        return Err(Error::refused(Code::Forbidden, OPPOSED));
    }
    Ok(())
}
