//! `GET secure-messaging/count`: in how many conversations something waits to be read. No content.

use super::tell::{LOOKED, mine, with_receipts};
use super::who::person;
use async_trait::async_trait;
use fhir::Json;
use policy::Role;
use service::{Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    let summary = "In how many conversations something waits to be read";
    super::route(Method::Get, "secure-messaging/count", summary, Arc::new(Count))
}

struct Count;

#[async_trait]
impl Handler for Count {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let (mut unread, mut urgent, mut called, mut todo) = (0, 0, 0, 0);
        if let Some(me) = person(&cx) {
            let secretary = cx.ctx.actor.roles.contains(&Role::Secretary);
            for one in with_receipts(&cx, mine(&cx, LOOKED).await?).await? {
                unread += i64::from(one.unread() > 0);
                urgent += i64::from(one.is_urgent());
                called += i64::from(one.calls(me));
                todo += i64::from(secretary && one.conversation.todo().is_some());
            }
        }
        let out = [("unread", unread), ("urgent", urgent), ("called", called), ("todo", todo)];
        Ok(RouteReply::json(200, &Json::object(out.map(|(name, n)| (name, Json::integer(n))))))
    }
}
