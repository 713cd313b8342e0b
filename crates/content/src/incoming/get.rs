//! `GET documents/incoming/{id}`: a letter, what was read in it, and what it seems to be.

use super::extract::found;
use super::kinds::MAIL_KINDS;
use super::letter::{Letter, State};
use super::list::line;
use super::round::Progress;
use super::{desk, propose};
use crate::read::one;
use crate::words::{maybe, text};
use crate::zone;
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Ctx, Error, Result};

pub(super) fn route(progress: Arc<Progress>) -> Route {
    Route {
        method: Method::Get,
        path: "documents/incoming/{id}",
        summary: "A letter that came in, what was read in it, and whom it may be about",
        access: Access::SignedIn,
        handler: Arc::new(Get { progress }),
    }
}

struct Get {
    progress: Arc<Progress>,
}

#[async_trait]
impl Handler for Get {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let ctx = desk(&cx, "mail-read", id).await?;
        told(&cx, &ctx, id, &self.progress, 200).await
    }
}

/// The letter as it stands, with proposals.
pub(super) async fn told(
    cx: &RouteCtx,
    ctx: &Ctx,
    id: &str,
    progress: &Progress,
    status: u16,
) -> Result<RouteReply> {
    let letter = Letter::find(&cx.tenant, ctx, id).await?.filter(|letter| letter.state != State::Filed);
    let letter = letter.ok_or(Error::NotFound)?;
    let mut out = line(&letter, progress.of(cx.tenant.name(), id));
    let found = found(&letter.text, zone::day_of(cx.ctx.clock.now_ms()));
    let mut patients = propose::patients(cx, &found).await?;
    if let Some(meant) = letter.meant.as_deref().and_then(|to| to.strip_prefix("Patient/")) {
        patients.retain(|patient| patient.get_str("id") != Some(meant));
        let meant = one(cx, ResourceType::PATIENT, meant).await?;
        patients.splice(0..0, meant.iter().map(propose::shown_plain));
    }
    let kinds = MAIL_KINDS.iter().map(|kind| kind.json(cx.ctx.lang));
    if let Some(object) = out.as_object_mut() {
        object.set("text", text(&*letter.text));
        object.set("kinds", Json::array(kinds));
        object.set("kind", maybe(found.kind.map(|kind| kind.code)));
        object.set("date", maybe(found.written.map(|day| day.to_string())));
        object.set("writer", maybe(found.writer));
        object.set("meant", Json::Bool(letter.meant.is_some()));
        object.set("patients", Json::Array(patients));
    }
    Ok(RouteReply::json(status, &out))
}
