//! `GET documents?patient=`: a patient's documents, newest first, with those that came from elsewhere.

use crate::document::{Document, Status};
use crate::kind::KINDS;
use crate::message::NOT_A_CASE;
use crate::read::{Stored, one};
use crate::tell::{self, Powers};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::HashMap;
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Error, Result};

const COUNT: usize = 50;
const COUNT_MAX: usize = 200;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents",
        summary: "A patient's documents, newest first, a page at a time",
        access: Access::SignedIn,
        handler: Arc::new(List),
    }
}

struct List;

#[async_trait]
impl Handler for List {
    async fn handle(&self, cx: RouteCtx, asked: RouteRequest) -> Result<RouteReply> {
        let patient = asked.query("patient").unwrap_or_default();
        let patient = patient.strip_prefix("Patient/").unwrap_or(patient);
        if patient.is_empty() {
            return Err(Issue::error(Code::Required, NOT_A_CASE).at("patient").into());
        }
        cx.tenant.read(&cx.ctx, ResourceType::PATIENT, patient).await?;
        let count = asked.query("count").and_then(|n| n.parse().ok()).unwrap_or(COUNT).clamp(1, COUNT_MAX);
        let mut params = vec![
            ("patient".to_string(), format!("Patient/{patient}")),
            ("_sort".into(), "-date".into()),
            ("_count".into(), count.to_string()),
        ];
        let case = asked.query("case").map(|id| id.strip_prefix("ServiceRequest/").unwrap_or(id));
        params.extend(case.map(|id| ("related".to_string(), format!("ServiceRequest/{id}"))));
        params.extend(asked.query("type").map(|kind| ("category".to_string(), format!("{KINDS}|{kind}"))));
        let status = match asked.query("status") {
            Some("superseded") => Some("superseded"),
            Some("withdrawn") => Some("entered-in-error"),
            Some(_) => Some("current"),
            None => None,
        };
        params.extend(status.map(|status| ("status".to_string(), status.to_string())));
        let page = asked.query("page").map(String::from);
        let rt = Some(ResourceType::DOCUMENT_REFERENCE);
        let page = cx
            .tenant
            .search(&cx.ctx, &SearchRequest { rt, params, page, ..SearchRequest::default() })
            .await?;
        let powers = Powers::of(&cx, patient).await?;
        let mut cases: HashMap<String, Option<Stored>> = HashMap::new();
        let mut lines = Vec::new();
        for found in &page.entries {
            let stored = Stored::of(&found.visible)?;
            if !tell::is_ours(&stored.json) {
                lines.extend(asked.query("type").is_none().then(|| tell::foreign(&stored)));
                continue;
            }
            let document = Document::of(stored).ok_or(Error::NotFound)?;
            if !wanted(asked.query("status"), document.status()) {
                continue;
            }
            let mut outdated = Vec::new();
            if let Some(id) = crate::document::case(&document.json).map(String::from) {
                if !cases.contains_key(&id) {
                    cases.insert(id.clone(), one(&cx, ResourceType::SERVICE_REQUEST, &id).await?);
                }
                let case = cases.get(&id).and_then(Option::as_ref);
                outdated = case.map(|case| tell::changed(&document, &case.json)).unwrap_or_default();
            }
            lines.push(tell::line(&document, &powers, &outdated, cx.ctx.lang));
        }
        let mut members = vec![("documents", Json::Array(lines))];
        members.extend(page.next.map(|next| ("next", Json::string(next))));
        Ok(RouteReply::json(200, &Json::object(members)))
    }
}

fn wanted(asked: Option<&str>, status: Status) -> bool {
    asked.is_none_or(|asked| asked == status.as_str())
}
