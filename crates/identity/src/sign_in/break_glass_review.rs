//! `GET break-glass` and `POST break-glass/reviews/{task} {note}`: the privacy officer looks at the emergency
//! accesses. Nobody reviews one's own.

use super::break_glass::as_system;
use super::desk::{self, Desk};
use super::emergency::{self, Review};
use super::{json, text};
use crate::account::guard;
use bytes::Bytes;
use fhir::{Code, Json, ResourceType};
use serde::Deserialize;
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};

/// More are cut; the audit log has all.
const SHOWN: usize = 500;

pub async fn list(_: Arc<Desk>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    guard::may_see(&cx).await?;
    let all = emergency::all(&cx.hub, cx.tenant.name()).await?;
    let accesses = all.iter().take(SHOWN).map(|e| {
        json!({
            "task": e.task,
            "at": json::instant(e.at),
            "patient": e.patient,
            "account": e.account,
            "account_name": e.account_name,
            "reason": e.reason,
            "state": if e.review.is_some() { "completed" } else { "requested" },
            "reviewed_at": e.review.as_ref().map(|r| json::instant(r.at)),
            "reviewed_by": e.review.as_ref().map(|r| r.by.as_str()),
            "note": e.review.as_ref().map(|r| r.note.as_str()),
        })
    });
    let body = json!({"accesses": accesses.collect::<Vec<_>>()});
    cx.tenant.audit_operation(&cx.ctx, "break-glass-list", None).await?;
    Ok(json::reply(200, &body))
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
    let (tenant, id, at) = (cx.tenant.name(), request.param("task"), cx.ctx.clock.now_ms());
    let all = emergency::all(&cx.hub, tenant).await?;
    let found = all.iter().find(|e| e.task == id).ok_or(Error::NotFound)?;
    if found.account == caller.actor.id.to_string() {
        return Err(Error::refused(Code::Forbidden, text::OWN_REVIEW));
    }
    cx.tenant.audit_operation(&cx.ctx, "break-glass-reviewed", Some((ResourceType::TASK, id))).await?;
    let review = Review { at, by: caller.actor.name.clone(), note: note.to_string() };
    if !emergency::review(&cx.hub, tenant, id, &review).await? {
        return Err(Error::refused(Code::Conflict, text::REVIEWED));
    }
    complete(&cx, id, &review).await?;
    Ok(RouteReply::empty(204))
}

/// The Task in the record follows, if it is still there.
async fn complete(cx: &RouteCtx, id: &str, review: &Review) -> Result<()> {
    let system = as_system(cx);
    let found = match cx.tenant.read(&system, ResourceType::TASK, id).await {
        Ok(found) => found,
        Err(Error::NotFound | Error::Gone { .. }) => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut task = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a task".into()))?.into_owned();
    let now = fhir::date::instant_format(review.at);
    let said = Json::object([
        ("authorString", Json::string(review.by.clone())),
        ("time", Json::string(now.clone())),
        ("text", Json::string(review.note.clone())),
    ]);
    let mut notes: Vec<Json<'static>> = task.each("note").cloned().collect();
    notes.push(said);
    if let Some(task) = task.as_object_mut() {
        task.set("status", Json::string("completed"));
        task.set("lastModified", Json::string(now));
        task.set("note", Json::array(notes));
    }
    let (rt, body) = (ResourceType::TASK, Bytes::from(task.to_vec()));
    let write = Write::Update { rt, id: id.to_string(), body, if_match: None, if_none_match: false };
    cx.tenant.commit(&system, vec![write]).await.map(drop)
}
