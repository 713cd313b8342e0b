//! `GET medical-alerts/count`: how many alerts wait for me, and whether the escalation itself stands still. Asked by
//! each open window every few seconds: it tells no content.

use super::tell::{search, waits};
use crate::alert::{Priority, is_late};
use crate::due::Due;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route(due: &Arc<Due>) -> Route {
    Route {
        method: Method::Get,
        path: "medical-alerts/count",
        summary: "How many medical alerts wait for me",
        access: Access::SignedIn,
        handler: Arc::new(Count(due.clone())),
    }
}

struct Count(Arc<Due>);

#[async_trait]
impl Handler for Count {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let now = cx.ctx.clock.now_ms();
        let (mut high, mut waiting, mut late) = (0, 0, 0);
        // Most of the time nobody calls: then nothing is read, and nothing written into the audit log.
        let none = self.0.none_open(cx.tenant.name(), now);
        let open = if none { Vec::new() } else { search(&cx, &[("status", "active".into())]).await? };
        for alert in open {
            let mine = i64::from(waits(&cx, &alert));
            waiting += mine;
            high += if alert.priority() == Priority::High { mine } else { 0 };
            late += i64::from(alert.stand().next.is_some_and(|next| is_late(next, now)));
        }
        let out = [("waiting", waiting), ("high", high), ("late", late)];
        Ok(RouteReply::json(200, &Json::object(out.map(|(name, n)| (name, Json::integer(n))))))
    }
}
