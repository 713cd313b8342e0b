//! `GET surgeries/{id}/history`: who did what to a case, and when, the newest first.

use super::element::{self, name_of, text};
use super::whole::Whole;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/{id}/history",
        summary: "What happened to a case",
        access: Access::SignedIn,
        handler: Arc::new(History),
    }
}

struct History;

#[async_trait]
impl Handler for History {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let case = Whole::read(&cx, request.param("id")).await?;
        let mut events: Vec<(i64, String, String)> = Vec::new();
        if let Some(at) = case.json.get_str("authoredOn").and_then(element::ms) {
            let who = case.json.get("requester").and_then(|r| r.get_str("reference")).unwrap_or_default();
            let shown = case.json.get("requester").and_then(|r| r.get_str("display")).map(str::to_string);
            let by = match shown {
                Some(shown) => shown,
                None => name_of(&cx, who).await.unwrap_or_default(),
            };
            events.push((at, by, "Demande d'intervention".into()));
        }
        for mark in case.marks() {
            let by = mark.by_name.or(mark.by).unwrap_or_default();
            let mut said = format!("Jalon : {}", mark.code.spoken());
            if let Some(reason) = &mark.reason {
                said.push_str(&format!(" (corrigé : {reason})"));
            }
            events.push((mark.time, by, said));
        }
        if let Some(checklist) = &case.checklist {
            for entry in crate::checklist::entry::read(&checklist.json) {
                let by = entry.by_name.clone().or(entry.by.clone()).unwrap_or_default();
                if let Some(said) = crate::checklist::spoken(&case.checks, &entry) {
                    events.push((entry.at, by, said));
                }
            }
        }
        events.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
        let told = events.into_iter().map(|(at, by, said)| {
            Json::object([("at", element::instant(at)), ("by", text(by)), ("text", text(said))])
        });
        Ok(RouteReply::json(200, &Json::object([("events", Json::array(told))])))
    }
}
