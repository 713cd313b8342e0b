//! `POST secure-messaging/conversations/{id}/delegate {key, text}`: asks the secretaries to do something; they take part
//! from then on. `POST …/done {key, text}`: it is done.

use super::send::WORDS_MAX;
use super::tell::told;
use super::who::me;
use crate::talk::{Add, Among, Conversation, Kind, Said, append};
use crate::verb::list::hub;
use async_trait::async_trait;
use fhir::ResourceType;
use policy::Role;
use service::{Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn routes() -> [Route; 2] {
    let (delegate, done) =
        ("secure-messaging/conversations/{id}/delegate", "secure-messaging/conversations/{id}/done");
    [
        super::route(Method::Post, delegate, "Hands something to the secretaries", Arc::new(Act::Delegate)),
        super::route(Method::Post, done, "What the secretaries were asked is done", Arc::new(Act::Done)),
    ]
}

#[derive(Clone, Copy)]
enum Act {
    Delegate,
    Done,
}

#[async_trait]
impl Handler for Act {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let key = form.required("key", 64);
        let words = match self {
            // Whoever hands something over says what.
            Act::Delegate => form.required("text", WORDS_MAX),
            Act::Done => form.text("text", WORDS_MAX).unwrap_or_default(),
        };
        form.finish()?;
        let (id, me, now) = (request.param("id"), me(&cx).await?, cx.ctx.clock.now_ms());
        let (kind, name) = match self {
            Act::Delegate => (Kind::Delegated, "conversation-delegate"),
            Act::Done => (Kind::Done, "conversation-done"),
        };
        let change = |conversation: &mut Conversation| match self {
            Act::Delegate => {
                let mut among = conversation.among();
                among.add(Among { people: Vec::new(), teams: vec![Role::Secretary] });
                conversation.among_set(&among);
                conversation.todo_set(Some(now));
            }
            Act::Done => conversation.todo_set(None),
        };
        let said = Said { kind, words: &words, urgent: false, mentions: &[], documents: &[], sender: &me };
        cx.tenant.audit_operation(&cx.ctx, name, Some((ResourceType::COMMUNICATION, id))).await?;
        let add = Add { key: &key, said, change: &change };
        let conversation = append(&cx.tenant, &cx.ctx, &hub(&cx), id, &add).await?;
        Ok(RouteReply::json(200, &told(&cx, conversation).await?))
    }
}
