//! `POST secure-messaging/conversations/{id}/read {upto}`: the caller has read to that message. Never goes back.

use super::who::me;
use crate::talk::{Receipt, receipts, seen};
use crate::verb::list::hub;
use crate::words::UPTO;
use async_trait::async_trait;
use fhir::{Code, Issue, Json};
use service::{Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    let path = "secure-messaging/conversations/{id}/read";
    super::route(Method::Post, path, "How far the caller has read", Arc::new(Read))
}

struct Read;

#[async_trait]
impl Handler for Read {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let upto = form.json().get("upto").and_then(Json::as_number).and_then(|n| n.parse::<i64>().ok());
        if upto.is_none_or(|n| n < 1) {
            form.wrong(Issue::error(Code::Value, UPTO).at("upto"));
        }
        form.finish()?;
        let (me, hub) = (me(&cx).await?, hub(&cx));
        let conversation = seen(&cx.tenant, &cx.ctx, request.param("id")).await?;
        // What is not there yet cannot have been read.
        let upto = upto.unwrap_or(0).min(conversation.count());
        let id = Receipt::id_for(&conversation.id, me.get_str("reference").unwrap_or_default());
        let known = receipts(&cx.tenant, &hub, vec![id.clone()]).await?.remove(&id);
        let now = cx.ctx.clock.now_ms();
        if let Some(write) = Receipt::reached(known, &conversation, &me, upto, now) {
            match cx.tenant.commit(&hub, vec![write]).await {
                // Another window of the same person has read as well: it will tell how far.
                Ok(_) | Err(Error::VersionConflict { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(RouteReply::empty(204))
    }
}
