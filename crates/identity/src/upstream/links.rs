//! `GET|POST accounts/{id}/upstream`, `DELETE accounts/{id}/upstream/{provider}`: identities elsewhere that an
//! administrator links to an account by the provider's own number for the person (`sub`).

use super::link::{self, Link};
use super::{Upstream, text};
use crate::account::guard;
use crate::sign_in::{desk, json};
use fhir::{Code, Issue};
use serde::Deserialize;
use serde_json::{Value, json};
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{AccountInfo, Error, Result};
use uuid::Uuid;

pub async fn list(_: Arc<Upstream>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    guard::may_see(&cx).await?;
    let account = target(&cx, &request).await?;
    let links = link::all(&cx, account.id).await?;
    let links: Vec<Value> = links
        .iter()
        .map(|l| json!({ "provider": l.provider, "issuer": l.issuer, "subject": l.subject }))
        .collect();
    Ok(json::reply(200, &json!({ "links": links })))
}

#[derive(Deserialize)]
struct Asked {
    provider: String,
    subject: String,
}

pub async fn add(up: Arc<Upstream>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    guard::administers(&cx).await?;
    desk::fresh(&cx)?;
    let account = target(&cx, &request).await?;
    let asked: Asked = json::read(&request)?;
    let provider = up.provider(cx.tenant.name(), &asked.provider).ok_or(Error::NotFound)?;
    if !(1..=255).contains(&asked.subject.len()) || asked.subject.chars().any(char::is_control) {
        return Err(Issue::error(Code::Value, text::SUBJECT).at("subject").into());
    }
    let link =
        Link { provider: provider.id.clone(), issuer: provider.issuer.clone(), subject: asked.subject };
    if !link::add(&cx, account.id, link).await? {
        return Err(Issue::error(Code::Duplicate, text::LINKED).at("subject").into());
    }
    cx.tenant.audit_operation(&cx.ctx, &format!("upstream-linked {}", account.id), None).await?;
    Ok(RouteReply::empty(204))
}

pub async fn remove(_: Arc<Upstream>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    guard::administers(&cx).await?;
    desk::fresh(&cx)?;
    let account = target(&cx, &request).await?;
    link::remove(&cx, account.id, request.param("provider")).await?;
    cx.tenant.audit_operation(&cx.ctx, &format!("upstream-unlinked {}", account.id), None).await?;
    Ok(RouteReply::empty(204))
}

async fn target(cx: &RouteCtx, request: &RouteRequest) -> Result<AccountInfo> {
    let id = Uuid::parse_str(request.param("id")).map_err(|_| Error::NotFound)?;
    cx.hub.account_by_id(cx.tenant.name(), id).await?.ok_or(Error::NotFound)
}
