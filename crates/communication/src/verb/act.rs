//! `POST appointment-reminders/{id}/send` and `…/cancel`: a person decides about a reminder that is planned or held.

use super::list::{hub, may};
use super::tell::{names, said, tell};
use crate::outbox::{SaidRecord, Stand};
use crate::read::one;
use crate::reminder::{Request, State};
use crate::words::{NOT_OPEN, UNDER_WAY, VERSION};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use policy::Verb;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};

#[derive(Clone, Copy)]
enum Act {
    /// Now, whatever was tried before; by a corrected address too, and after a doubt.
    Send,
    Cancel,
}

pub(super) fn send() -> Route {
    route("appointment-reminders/{id}/send", "Sends a reminder now", Act::Send)
}

pub(super) fn cancel() -> Route {
    route("appointment-reminders/{id}/cancel", "Takes a reminder back", Act::Cancel)
}

fn route(path: &'static str, summary: &'static str, act: Act) -> Route {
    Route { method: Method::Post, path, summary, access: Access::SignedIn, handler: Arc::new(act) }
}

#[async_trait]
impl Handler for Act {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let version =
            form.json().get("version").and_then(Json::as_number).and_then(|n| n.parse::<u64>().ok());
        if version.is_none() {
            form.wrong(Issue::error(Code::Required, VERSION).at("version"));
        }
        form.finish()?;
        let (id, hub) = (request.param("id"), hub(&cx));
        let found = one(&cx.tenant, &hub, ResourceType::COMMUNICATION_REQUEST, id).await?;
        let found = found.and_then(|(version, json)| Request::of(id, version, json));
        let mut reminder = found.ok_or(Error::NotFound)?;
        let patient = reminder.patient().map(str::to_string);
        may(&cx, Verb::Write, patient.as_deref()).await?;
        if reminder.version != version {
            return Err(Error::VersionConflict { current: reminder.version.unwrap_or(0) });
        }
        if !matches!(reminder.state(), State::Planned | State::Held) {
            return Err(Error::refused(Code::Conflict, NOT_OPEN));
        }
        let mut kept = said(&cx, &hub, std::slice::from_ref(&reminder)).await?.remove(id);
        if kept.as_ref().is_some_and(|one| one.stand() == Stand::Claimed) {
            return Err(Error::refused(Code::Conflict, UNDER_WAY));
        }
        let now = cx.ctx.clock.now_ms();
        let mut writes = Vec::new();
        match self {
            Act::Send => {
                reminder.set_state(State::Planned, None);
                reminder.set_at(now);
                reminder.forgive();
                writes.extend(again(kept.as_mut()));
            }
            Act::Cancel => reminder.set_state(State::Cancelled, Some("person")),
        }
        writes.push(reminder.write());
        cx.tenant
            .audit_operation(&cx.ctx, "reminders", Some((ResourceType::COMMUNICATION_REQUEST, id)))
            .await?;
        let done = cx.tenant.commit(&hub, writes).await?;
        reminder.version = done.last().map(|one| one.version);
        let all = [reminder];
        let names = names(&cx, &all).await?;
        Ok(RouteReply::json(200, &tell(&all[0], kept.as_ref(), names.values().next())))
    }
}

/// A person knows that what was in doubt may be said twice.
fn again(said: Option<&mut SaidRecord>) -> Option<Write> {
    let said = said.filter(|one| one.stand() == Stand::Doubt)?;
    said.wait();
    Some(said.write())
}
