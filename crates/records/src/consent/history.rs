//! `GET patients/{id}/consent-history`: every decision, newest first.

use super::kind::Kind;
use super::{all_of, view};
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{HistoryRequest, Result};

/// Versions of one Consent that are told.
const VERSIONS_MAX: usize = 200;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "patients/{id}/consent-history",
        summary: "Every decision of a patient, newest first",
        access: Access::SignedIn,
        handler: Arc::new(ConsentHistory),
    }
}

struct ConsentHistory;

#[async_trait]
impl Handler for ConsentHistory {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut told = Vec::new();
        for found in all_of(&cx, request.param("id")).await? {
            if view::json(&found).is_none_or(|consent| Kind::of(&consent).is_none()) {
                continue;
            }
            let asked = HistoryRequest {
                rt: Some(ResourceType::CONSENT),
                id: Some(found.id),
                count: VERSIONS_MAX,
                ..HistoryRequest::default()
            };
            let page = cx.tenant.history(&cx.ctx, &asked).await?;
            let versions =
                page.entries.iter().filter_map(|entry| Some((entry.at, entry.version, view::json(entry)?)));
            told.extend(versions.map(|(at, version, consent)| ((at, version), line(&consent, &cx))));
        }
        told.sort_by_key(|row| std::cmp::Reverse(row.0));
        let lines = Json::array(told.into_iter().map(|(_, line)| line));
        Ok(RouteReply::json(200, &Json::object([("history", lines)])))
    }
}

/// `{at, kind, decision, method, text_version, who, note}`; of an opposition, whom it is against.
fn line(consent: &Json<'_>, cx: &RouteCtx) -> Json<'static> {
    let decision = view::decision(consent, cx.ctx.lang).unwrap_or(Json::Null);
    let take = |name: &str| decision.get(name).cloned().unwrap_or(Json::Null);
    let mut line = vec![
        ("at", take("at")),
        ("kind", take("kind")),
        ("decision", take("decision")),
        ("method", take("method")),
        ("text_version", take("version")),
        ("who", take("collected_by")),
        ("note", take("note")),
    ];
    if Kind::of(consent) == Some(Kind::Opposition) {
        let against = view::opposition(consent);
        line.push(("against", against.get("name").cloned().unwrap_or(Json::Null)));
    }
    Json::object(line)
}
