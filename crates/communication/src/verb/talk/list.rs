//! `GET secure-messaging/conversations?filter=all|unread|todo`: the caller's conversations, the latest first.

use super::tell::{LOOKED, cards, mine, with_receipts};
use super::who::person;
use crate::words::TALK_FILTER;
use async_trait::async_trait;
use fhir::{Code, Issue, Json};
use policy::Role;
use service::{Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const SHOWN: usize = 100;

pub(super) fn route() -> Route {
    let summary = "The caller's conversations";
    super::route(Method::Get, "secure-messaging/conversations", summary, Arc::new(List))
}

struct List;

#[async_trait]
impl Handler for List {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let filter = request.query("filter").unwrap_or("all");
        if !["all", "unread", "todo"].contains(&filter) {
            return Err(Issue::error(Code::CodeInvalid, TALK_FILTER).at("filter").into());
        }
        let mut all = with_receipts(&cx, mine(&cx, LOOKED).await?).await?;
        all.retain(|one| match filter {
            "unread" => one.unread() > 0,
            "todo" => one.conversation.todo().is_some(),
            _ => true,
        });
        let more = all.len() > SHOWN;
        all.truncate(SHOWN);
        let items = cards(&cx, &all).await?;
        cx.tenant.audit_operation(&cx.ctx, "conversations", None).await?;
        let secretary = cx.ctx.actor.roles.contains(&Role::Secretary);
        let out = [
            ("items", Json::array(items)),
            ("more", Json::Bool(more)),
            // Whose account is no professional's takes part in nothing.
            ("me", person(&cx).map_or(Json::Null, |me| Json::string(me.to_string()))),
            ("secretary", Json::Bool(secretary)),
        ];
        Ok(RouteReply::json(200, &Json::object(out)))
    }
}
