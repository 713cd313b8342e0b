//! `POST documents/incoming/{id}/discard`: it belongs to nobody here. It can be had back for a month.

use super::letter::{Letter, State};
use super::recorded;
use crate::asked;
use crate::message::{CHANGED, MAIL_OVER};
use async_trait::async_trait;
use fhir::{Code, Json};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "documents/incoming/{id}/discard",
        summary: "Throws a letter away; for a month it can be had back",
        access: Access::SignedIn,
        handler: Arc::new(Discard),
    }
}

struct Discard;

#[async_trait]
impl Handler for Discard {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        moved(&cx, &request, "mail-discard", State::Discarded).await
    }
}

/// Puts a letter aside, or back among those that wait to be read.
pub(super) async fn moved(
    cx: &RouteCtx,
    request: &RouteRequest,
    verb: &str,
    to: State,
) -> Result<RouteReply> {
    let id = request.param("id");
    let ctx = recorded(cx, verb, id).await?;
    let form = Form::read(&request.body)?;
    let version = asked::version(request, &form)?;
    let letter = Letter::find(&cx.tenant, &ctx, id).await?.ok_or(Error::NotFound)?;
    if letter.state == State::Filed || (letter.state == State::Discarded) == (to == State::Discarded) {
        return Err(Error::refused(Code::Conflict, MAIL_OVER));
    }
    if letter.version != version {
        return Err(Error::refused(Code::Conflict, CHANGED));
    }
    match cx.tenant.commit(&ctx, vec![letter.moved(to, cx.ctx.clock.now_ms())]).await {
        Ok(_) => Ok(RouteReply::json(200, &Json::object([("state", Json::string(to.as_str()))]))),
        Err(Error::VersionConflict { .. }) => Err(Error::refused(Code::Conflict, CHANGED)),
        Err(other) => Err(other),
    }
}
