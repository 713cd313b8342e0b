//! `POST secure-messaging/conversations/{id}/participants {key, to}`: brings people in, who then see all that was said.
//! `POST …/leave {key}`: the caller takes part no longer.

use super::tell::told;
use super::who::{PARTICIPANTS_MAX, addressed, exist, me};
use crate::person::names;
use crate::talk::{Add, Among, Conversation, Kind, Said, append, seen};
use crate::verb::list::hub;
use crate::words::{LAST_ONE, NOBODY_ADDRESSED};
use async_trait::async_trait;
use fhir::{Code, Issue, ResourceType};
use service::{Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn routes() -> [Route; 2] {
    let (bring, leave) =
        ("secure-messaging/conversations/{id}/participants", "secure-messaging/conversations/{id}/leave");
    [
        super::route(Method::Post, bring, "Brings people into a conversation", Arc::new(Bring)),
        super::route(Method::Post, leave, "Leaves a conversation", Arc::new(Leave)),
    ]
}

struct Bring;
struct Leave;

#[async_trait]
impl Handler for Bring {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let key = form.required("key", 64);
        let new = addressed(&mut form);
        form.finish()?;
        let (id, me, hub) = (request.param("id"), me(&cx).await?, hub(&cx));
        let known = seen(&cx.tenant, &cx.ctx, id).await?;
        exist(&cx, &new).await?;
        let mut all = known.among();
        all.add(new.clone());
        if all.len() > PARTICIPANTS_MAX {
            return Err(Issue::error(Code::Value, NOBODY_ADDRESSED)
                .at("to")
                .arg("max", PARTICIPANTS_MAX)
                .into());
        }
        let words = called(&names(&cx.tenant, &hub, new.people.clone()).await?, &new);
        let change = |conversation: &mut Conversation| {
            let mut among = conversation.among();
            among.add(new.clone());
            conversation.among_set(&among);
        };
        let said = Said {
            kind: Kind::Joined,
            words: &words,
            urgent: false,
            mentions: &[],
            documents: &[],
            sender: &me,
        };
        let on = Some((ResourceType::COMMUNICATION, id));
        cx.tenant.audit_operation(&cx.ctx, "conversation-participants", on).await?;
        let add = Add { key: &key, said, change: &change };
        let conversation = append(&cx.tenant, &cx.ctx, &hub, id, &add).await?;
        Ok(RouteReply::json(200, &told(&cx, conversation).await?))
    }
}

/// Names of people; a team by its code, which each screen says in its language.
fn called(names: &std::collections::HashMap<String, String>, new: &Among) -> String {
    let people = new.people.iter().map(|one| names.get(one).cloned().unwrap_or_else(|| one.clone()));
    let teams = new.teams.iter().map(|team| format!("@{}", team.as_str()));
    people.chain(teams).collect::<Vec<_>>().join(", ")
}

#[async_trait]
impl Handler for Leave {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let key = form.required("key", 64);
        form.finish()?;
        let (id, me) = (request.param("id"), me(&cx).await?);
        let person = me.get_str("reference").unwrap_or_default().to_string();
        if seen(&cx.tenant, &cx.ctx, id).await?.among().len() < 2 {
            return Err(Error::refused(Code::Conflict, LAST_ONE));
        }
        let change = |conversation: &mut Conversation| {
            let mut among = conversation.among();
            among.people.retain(|one| *one != person);
            conversation.among_set(&among);
        };
        let said =
            Said { kind: Kind::Left, words: "", urgent: false, mentions: &[], documents: &[], sender: &me };
        let on = Some((ResourceType::COMMUNICATION, id));
        cx.tenant.audit_operation(&cx.ctx, "conversation-leave", on).await?;
        append(&cx.tenant, &cx.ctx, &hub(&cx), id, &Add { key: &key, said, change: &change }).await?;
        Ok(RouteReply::empty(204))
    }
}
