//! `POST accounts {user, name, mail, roles, person?}`: a new account, and its invitation by mail.

use super::profile::{self, Profile};
use super::{guard, person, roles, tell_auditors, text};
use crate::sign_in::link::Kind;
use crate::sign_in::{Desk, desk, json, mails};
use fhir::Code;
use serde::Deserialize;
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Role};

#[derive(Deserialize)]
struct Asked {
    user: String,
    #[serde(default)]
    name: String,
    title: Option<String>,
    mail: Option<String>,
    roles: Vec<String>,
    person: Option<String>,
}

pub async fn create(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    guard::administers(&cx).await?;
    desk::fresh(&cx)?;
    let asked: Asked = json::read(&request)?;
    let tenant = cx.tenant.name();
    let (roles, person) = (roles(&asked.roles)?, person(asked.person.as_deref())?);
    if roles.contains(&Role::Auditor) {
        if roles.len() > 1 {
            return Err(Error::refused(Code::BusinessRule, text::AUDITOR));
        }
        tell_auditors(&desk, &cx).await?;
    }
    cx.hub.account_create(tenant, &asked.user, &roles, person.as_deref()).await?;
    let account = cx.hub.account(tenant, &asked.user).await?.ok_or(Error::NotFound)?;
    let mail = asked.mail.filter(|mail| !mail.is_empty());
    let profile = Profile { name: asked.name, title: asked.title, mail };
    cx.tenant.audit_operation(&cx.ctx, &format!("account-created {}", account.id), None).await?;
    profile::save(&cx.hub, tenant, account.id, &profile).await?;
    let mut invited = false;
    if profile.mail.is_some() && mails::is_ready(&desk, tenant) {
        mails::send_link(&desk, &cx, &account, Kind::Invitation, true).await?;
        invited = true;
    }
    Ok(json::reply(201, &json!({"id": account.id.to_string(), "invited": invited})))
}
