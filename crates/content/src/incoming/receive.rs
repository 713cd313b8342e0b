//! `POST documents/incoming`: takes a file in. Its type is told by its bytes; its name and the patient for whom it
//! was put in stand in the query.

use super::letter::{Letter, State};
use super::media::Media;
use super::round::Progress;
use super::{get, recorded};
use crate::message::{MAIL_NAME, MAIL_PATIENT};
use crate::read::{name, referred};
use crate::words::text;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const NAME_MAX: usize = 200;

pub(super) fn route(progress: Arc<Progress>) -> Route {
    Route {
        method: Method::Post,
        path: "documents/incoming",
        summary: "Takes in a scan or file (PDF, PNG, JPEG) whose patient is told later",
        access: Access::SignedIn,
        handler: Arc::new(Receive { progress }),
    }
}

struct Receive {
    progress: Arc<Progress>,
}

#[async_trait]
impl Handler for Receive {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let ctx = recorded(&cx, "mail-receive", "").await?;
        let called = request.query("name").unwrap_or_default().trim().to_string();
        if called.chars().count() > NAME_MAX {
            return Err(Issue::error(Code::Value, MAIL_NAME).at("name").arg("max", NAME_MAX).into());
        }
        let media = Media::of(&request.body)?;
        let meant = match request.query("patient").filter(|id| !id.is_empty()) {
            Some(id) => Some(known(&cx, id).await?),
            None => None,
        };
        let received = fhir::date::instant_format(cx.ctx.clock.now_ms());
        let letter = Letter {
            id: cx.ctx.ids.uuid().to_string(),
            version: 0,
            state: State::Waiting,
            name: called,
            media,
            file: cx.ctx.ids.uuid().to_string(),
            size: request.body.len(),
            since: received.clone(),
            received,
            by: who(&cx).await?,
            meant,
            pages: None,
            confidence: None,
            text: String::new(),
            trouble: None,
        };
        cx.tenant.commit(&ctx, letter.begun(&request.body)).await?;
        self.progress.news(cx.tenant.name());
        get::told(&cx, &ctx, &letter.id, &self.progress, 201).await
    }
}

/// Who puts it in, as a reference; of an account without a person, nobody.
async fn who(cx: &RouteCtx) -> Result<Option<Json<'static>>> {
    let Some(person) = cx.ctx.actor.person.as_deref() else { return Ok(None) };
    let shown = referred(cx, person).await?.and_then(|one| name(&one.json));
    let shown = shown.map(|shown| ("display", text(shown)));
    Ok(Some(Json::object([("reference", text(person))].into_iter().chain(shown))))
}

/// A patient whom the caller may know.
pub(super) async fn known(cx: &RouteCtx, id: &str) -> Result<String> {
    let id = id.strip_prefix("Patient/").unwrap_or(id);
    match cx.tenant.read(&cx.ctx, ResourceType::PATIENT, id).await {
        Ok(_) => Ok(format!("Patient/{id}")),
        Err(Error::NotFound | Error::Gone { .. }) => {
            Err(Issue::error(Code::NotFound, MAIL_PATIENT).at("patient").into())
        }
        Err(other) => Err(other),
    }
}
