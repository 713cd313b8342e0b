//! `GET break-glass` and `POST break-glass/reviews/{task} {note}`: the privacy officer looks at the emergency
//! accesses. The tasks are read with the hub's rights, for an auditor reads no clinical record.

use super::break_glass::as_system;
use super::break_glass_notice::{TASK_CODE, TASK_SYSTEM};
use super::desk::{self, Desk};
use super::{json, text};
use crate::account::guard;
use bytes::Bytes;
use fhir::{Json, ResourceType};
use serde::Deserialize;
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Error, Result, Write};

pub async fn list(_: Arc<Desk>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    guard::may_see(&cx).await?;
    let query = format!("code={TASK_SYSTEM}|{TASK_CODE}&_sort=-_lastUpdated&_count=200");
    let asked = SearchRequest::from_query(Some(ResourceType::TASK), &query)?;
    let page = cx.tenant.search(&as_system(&cx), &asked).await?;
    let mut accesses = Vec::new();
    for entry in &page.entries {
        let task = fhir::json::parse(&entry.visible.body).map_err(|_| Error::Corrupt("a task".into()))?;
        let patient = task.get("for").and_then(|p| p.get_str("reference")).unwrap_or("");
        let account = task.each("identifier").find_map(|i| i.get_str("value"));
        accesses.push(json!({
            "task": task.get_str("id"),
            "at": task.get_str("authoredOn"),
            "patient": patient.strip_prefix("Patient/").unwrap_or(patient),
            "account": account,
            "account_name": task.get_str("description").and_then(|d| d.rsplit(' ').next()),
            "reason": task.get("reasonCode").and_then(|r| r.get_str("text")),
            "state": task.get_str("status"),
            "note": task.each("note").last().and_then(|n| n.get_str("text")),
        }));
    }
    cx.tenant.audit_operation(&cx.ctx, "break-glass-list", None).await?;
    Ok(json::reply(200, &json!({"accesses": accesses})))
}

#[derive(Deserialize)]
struct Asked {
    note: String,
}

pub async fn review(_: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    guard::reviews(&cx).await?;
    let caller = desk::fresh(&cx)?;
    let asked: Asked = json::read(&request)?;
    let note = asked.note.trim();
    if note.is_empty() || note.chars().count() > 2000 {
        return Err(text::wrong("note", text::NOTE));
    }
    let (system, id) = (as_system(&cx), request.param("task"));
    let found = cx.tenant.read(&system, ResourceType::TASK, id).await?;
    let mut task = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a task".into()))?.into_owned();
    let is_review =
        task.get("code").is_some_and(|c| c.each("coding").any(|c| c.get_str("code") == Some(TASK_CODE)));
    if !is_review {
        return Err(Error::NotFound);
    }
    let now = fhir::date::instant_format(cx.ctx.clock.now_ms());
    let said = Json::object([
        ("authorString", Json::string(caller.actor.name.clone())),
        ("time", Json::string(now.clone())),
        ("text", Json::string(note.to_string())),
    ]);
    let mut notes: Vec<Json<'static>> = task.each("note").cloned().collect();
    notes.push(said);
    if let Some(task) = task.as_object_mut() {
        task.set("status", Json::string("completed"));
        task.set("lastModified", Json::string(now));
        task.set("note", Json::array(notes));
    }
    let body = Bytes::from(task.to_vec());
    let (rt, if_match) = (ResourceType::TASK, Some(found.version));
    let write = Write::Update { rt, id: id.to_string(), body, if_match, if_none_match: false };
    cx.tenant.audit_operation(&cx.ctx, "break-glass-reviewed", Some((ResourceType::TASK, id))).await?;
    cx.tenant.commit(&system, vec![write]).await?;
    Ok(RouteReply::empty(204))
}
