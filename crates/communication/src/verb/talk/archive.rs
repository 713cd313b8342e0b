//! `POST secure-messaging/conversations/{id}/archive {key}`: puts what was said about a patient into the chart, where
//! whoever may read the chart reads it.

use super::tell::{messages, told};
use super::who::me;
use crate::read::one;
use crate::talk::{Add, Kind, Line, Said, append, record, seen};
use crate::verb::list::hub;
use crate::words::{ABOUT_NOBODY, NOTHING_NEW};
use async_trait::async_trait;
use fhir::{Code, ResourceType};
use policy::{Group, Verb};
use service::{Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    let path = "secure-messaging/conversations/{id}/archive";
    super::route(Method::Post, path, "Puts a conversation into the patient's chart", Arc::new(Archive))
}

struct Archive;

#[async_trait]
impl Handler for Archive {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let key = form.required("key", 64);
        form.finish()?;
        let (id, me, hub) = (request.param("id"), me(&cx).await?, hub(&cx));
        let conversation = seen(&cx.tenant, &cx.ctx, id).await?;
        let patient = conversation.patient().ok_or_else(|| Error::refused(Code::Conflict, ABOUT_NOBODY))?;
        let on = Some((ResourceType::PATIENT, patient));
        if !cx.tenant.decide(&cx.ctx, Verb::Write, Group::Clinical, Some(patient)).await? {
            cx.tenant.audit_refused(&cx.ctx, "conversation-archive", on).await?;
            return Err(Error::Denied);
        }
        let said = messages(&cx, &[id]).await?;
        if said.last().is_some_and(|last| last.kind() == Kind::Archived) {
            return Err(Error::refused(Code::Conflict, NOTHING_NEW));
        }
        let lines: Vec<Line<'_>> = said
            .iter()
            .filter(|one| !one.words().is_empty() && one.kind() != Kind::Joined)
            .map(|one| Line { who: one.sender_name(), sent: one.sent(), words: one.words() })
            .collect();
        cx.tenant.audit_operation(&cx.ctx, "conversation-archive", on).await?;
        let now = cx.ctx.clock.now_ms();
        if let Some((record, write)) = record(&conversation, &lines, &me, now)
            && one(&cx.tenant, &hub, ResourceType::COMMUNICATION, &record).await?.is_none()
        {
            cx.tenant.commit(&hub, vec![write]).await?;
        }
        let said = Said {
            kind: Kind::Archived,
            words: "",
            urgent: false,
            mentions: &[],
            documents: &[],
            sender: &me,
        };
        let add = Add { key: &key, said, change: &|_| {} };
        let conversation = append(&cx.tenant, &cx.ctx, &hub, id, &add).await?;
        Ok(RouteReply::json(200, &told(&cx, conversation).await?))
    }
}
