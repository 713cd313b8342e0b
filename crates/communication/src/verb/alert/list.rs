//! `GET medical-alerts?filter=mine|open` or `?patient=…`: what waits for somebody, the most pressing first; of a
//! patient also what is over.

use super::tell::{search, tell, waits};
use crate::alert::Alert;
use crate::words::ALERT_FILTER;
use async_trait::async_trait;
use fhir::{Code, Issue, Json};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const SHOWN: usize = 100;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "medical-alerts",
        summary: "Medical alerts that wait for somebody, or of a patient",
        access: Access::SignedIn,
        handler: Arc::new(List),
    }
}

struct List;

#[async_trait]
impl Handler for List {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let open = || vec![("status", "active".to_string())];
        let (params, mine) = match (request.query("filter"), request.query("patient")) {
            (None, Some(patient)) => {
                let id = patient.strip_prefix("Patient/").unwrap_or(patient);
                (vec![("patient", format!("Patient/{id}"))], false)
            }
            (None | Some("mine"), None) => (open(), true),
            (Some("open"), None) => (open(), false),
            _ => return Err(Issue::error(Code::CodeInvalid, ALERT_FILTER).at("filter").into()),
        };
        let mut all = search(&cx, &params).await?;
        all.retain(|alert| !mine || alert.calls(&cx.ctx.actor));
        let key = |alert: &Alert| {
            let sent = alert.json.get_str("authoredOn").unwrap_or_default().to_string();
            (alert.stand().state.is_over(), !waits(&cx, alert), alert.priority(), std::cmp::Reverse(sent))
        };
        all.sort_by_key(key);
        let more = all.len() > SHOWN;
        all.truncate(SHOWN);
        cx.tenant.audit_operation(&cx.ctx, "medical-alerts", None).await?;
        let items = tell(&cx, &all).await?;
        let out = [("items", Json::array(items)), ("more", Json::Bool(more))];
        Ok(RouteReply::json(200, &Json::object(out)))
    }
}
