//! What the verbs on one task have in common: who may, on which version, and what follows at once.
//!
//! The decision is the verb's: the role of the step, on a task that the caller may see. The writes are the hub's,
//! under the caller's name and recorded as such, since a step of billing opens one of the administration.

use super::people::myself;
use super::status::one;
use super::step::Card;
use crate::instance::{Case, Facts, Instance, StepTask, advance, parsed};
use crate::message::{CLAIMED, NOT_READY, OVER, VERSION};
use crate::template::urls;
use async_trait::async_trait;
use fhir::edit::instant;
use fhir::{Code, Issue, Json, ResourceType};
use policy::Role;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Actor, Ctx, Error, Result};

const TEXT_MAX: usize = 1_000;

/// Which words a verb takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    None,
    Reason,
    Comment,
    MaybeComment,
}

/// Who acts on what.
pub(super) struct Acting {
    /// A reference with a name.
    pub who: Json<'static>,
    pub state: crate::instance::State,
    pub reason: Option<String>,
    pub comment: Option<String>,
    pub now: i64,
    others: bool,
}

impl Acting {
    /// # Errors
    /// A conflict for a step that cannot be done now, or that somebody else does.
    pub fn must_be_open(&self) -> Result<()> {
        use crate::instance::State;
        match self.state {
            State::Ready => Ok(()),
            State::Claimed if !self.others => Ok(()),
            State::Claimed => Err(Error::refused(Code::Conflict, CLAIMED)),
            State::Waiting | State::Held => Err(Error::refused(Code::Conflict, NOT_READY)),
            State::Done | State::Skipped | State::Cancelled => Err(Error::refused(Code::Conflict, OVER)),
        }
    }

    /// The comment as a note.
    pub fn note(&self) -> Option<Json<'static>> {
        let comment = self.comment.clone()?;
        let author = match self.who.get("reference") {
            Some(_) => ("authorReference", self.who.clone()),
            None => ("authorString", self.who.get("display").cloned().unwrap_or(Json::Null)),
        };
        Some(Json::object([author, ("time", instant(self.now)), ("text", Json::string(comment))]))
    }
}

pub(super) type Change = fn(&mut StepTask, &Acting) -> Result<()>;

pub(super) struct Act {
    /// For the audit log.
    pub name: &'static str,
    pub words: Words,
    pub change: Change,
}

pub(super) fn route(path: &'static str, summary: &'static str, act: Act) -> Route {
    Route { method: Method::Post, path, summary, access: Access::SignedIn, handler: Arc::new(act) }
}

/// The hub, under the caller's name.
pub(super) fn named(cx: &RouteCtx, hub: &Ctx) -> Ctx {
    let actor = Actor { system: true, ..(*cx.ctx.actor).clone() };
    Ctx { actor: Arc::new(actor), ..hub.clone() }
}

#[async_trait]
impl Handler for Act {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let (version, reason, comment) = asked(&request, self.words)?;
        let found = cx.tenant.read(&cx.ctx, ResourceType::TASK, id).await?;
        let task = StepTask { id: found.id.clone(), version: Some(found.version), json: parsed(&found)? };
        if !task.is_ours() {
            return Err(Error::NotFound);
        }
        let card = Card::of(&task).ok_or(Error::NotFound)?;
        let on = Some((ResourceType::TASK, id));
        if !card.is_for(&cx) {
            cx.tenant.audit_refused(&cx.ctx, self.name, on).await?;
            return Err(Error::Denied);
        }
        if version != found.version {
            return Err(Error::VersionConflict { current: found.version });
        }
        let others = !card.is_mine(&cx) && !cx.ctx.actor.has(Role::MedicalAdmin);
        let (who, state, now) = (myself(&cx).await, card.state, cx.ctx.clock.now_ms());
        let acting = Acting { who, state, reason, comment, now, others };
        cx.tenant.audit_operation(&cx.ctx, self.name, on).await?;
        self.run(&cx, &task, version, &acting).await?;
        Ok(RouteReply::json(200, &one(&cx, id).await?))
    }
}

impl Act {
    /// Changes the task, and in the same commit all that follows from it.
    async fn run(&self, cx: &RouteCtx, seen: &StepTask, version: u64, acting: &Acting) -> Result<()> {
        let hub = Ctx { actor: Actor::system("workflow"), ..cx.ctx.clone() };
        let case_id = seen.case().ok_or(Error::NotFound)?;
        let url = seen.json.get_str("instantiatesCanonical").unwrap_or_default();
        let url = url.split_once('|').map_or(url, |(url, _)| url);
        let url = urls().find(|known| *known == url).ok_or(Error::NotFound)?;
        let case = Case::read(&cx.tenant, &hub, case_id).await?;
        let read = Instance::read(&cx.tenant, &hub, case_id, url).await?;
        let mut instance = read.ok_or(Error::NotFound)?;
        let facts = match &case {
            Some(case) => Facts::read(&cx.tenant, &hub, case).await?,
            None => Facts::default(),
        };
        let before = instance.tasks.clone();
        let task = instance.tasks.iter_mut().find(|task| task.id == seen.id).ok_or(Error::NotFound)?;
        // The caller saw it perhaps without its notes: the change is made to the whole.
        match task.version {
            Some(current) if current == version => {}
            current => return Err(Error::VersionConflict { current: current.unwrap_or(0) }),
        }
        (self.change)(task, acting)?;
        let writes = advance(&mut instance, &before, case.as_ref(), &facts, acting.now)?;
        cx.tenant.commit(&named(cx, &hub), writes).await.map(|_| ())
    }
}

fn asked(request: &RouteRequest, words: Words) -> Result<(u64, Option<String>, Option<String>)> {
    let mut form = Form::read(&request.body)?;
    let version = form.json().get("version").and_then(Json::as_number).and_then(|n| n.parse().ok());
    if version.is_none() {
        form.wrong(Issue::error(Code::Required, VERSION).at("version"));
    }
    let reason = (words == Words::Reason).then(|| form.required("reason", TEXT_MAX));
    let comment = match words {
        Words::Comment => Some(form.required("comment", TEXT_MAX)),
        Words::MaybeComment => form.text("comment", TEXT_MAX),
        _ => None,
    };
    form.finish()?;
    Ok((version.unwrap_or(0), reason, comment))
}
