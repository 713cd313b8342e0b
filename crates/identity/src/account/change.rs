//! `PUT accounts/{id} {name?, title?, mail?, roles?, disabled?, person?}`.

use super::profile::{self, Profile};
use super::{guard, list, person, roles, target, tell_auditors, text};
use crate::sign_in::{Desk, desk, json, link, mails, session};
use fhir::Code;
use serde::{Deserialize, Deserializer};
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{AccountChange, Error, Result, Role};

#[derive(Deserialize)]
struct Asked {
    name: Option<String>,
    #[serde(default, deserialize_with = "stated")]
    title: Option<Option<String>>,
    #[serde(default, deserialize_with = "stated")]
    mail: Option<Option<String>>,
    roles: Option<Vec<String>>,
    disabled: Option<bool>,
    #[serde(default, deserialize_with = "stated")]
    person: Option<Option<String>>,
}

/// A member that is there, be it `null`.
fn stated<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(from).map(Some)
}

pub async fn change(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    guard::administers(&cx).await?;
    let caller = desk::fresh(&cx)?;
    let account = target(&cx, &request).await?;
    let asked: Asked = json::read(&request)?;
    let tenant = cx.tenant.name();
    let roles = asked.roles.as_deref().map(roles).transpose()?;
    // Else a clinic could be left without anybody who runs it,
    // and an administrator could make a surgeon, or the controller of his own doings, of himself.
    let own = asked.disabled == Some(true)
        || roles.as_ref().is_some_and(|roles| *roles != account.roles)
        || asked.person.is_some();
    if account.id == caller.actor.id && own {
        return Err(Error::refused(Code::BusinessRule, text::SELF));
    }
    let person = asked.person.map(|p| person(p.as_deref())).transpose()?;
    if roles.as_ref().is_some_and(|roles| roles.contains(&Role::Auditor) && roles.len() > 1) {
        return Err(Error::refused(Code::BusinessRule, text::AUDITOR));
    }
    let before = profile::load(&cx.hub, tenant, account.id).await?;
    let after = Profile {
        name: asked.name.unwrap_or_else(|| before.name.clone()),
        title: asked.title.unwrap_or_else(|| before.title.clone()),
        mail: asked.mail.unwrap_or_else(|| before.mail.clone()).filter(|mail| !mail.is_empty()),
    };
    if after != before {
        // At the old address: the new one may be the thief's.
        mails::tell_changed(&desk, &cx, account.id).await;
        profile::save(&cx.hub, tenant, account.id, &after).await?;
    }
    if after.mail != before.mail {
        link::outdate(&cx.hub, tenant, account.id).await?;
    }
    let mut what = format!("account-changed {}", account.id);
    if let Some(roles) = &roles {
        let names: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
        what.push_str(&format!(" roles={}", names.join(",")));
    }
    if let Some(disabled) = asked.disabled {
        what.push_str(&format!(" disabled={disabled}"));
    }
    cx.tenant.audit_operation(&cx.ctx, &what, None).await?;
    let roles_change = roles.as_ref().is_some_and(|roles| *roles != account.roles);
    if roles_change
        && (account.roles.contains(&Role::Auditor) || roles.iter().flatten().any(|r| *r == Role::Auditor))
    {
        tell_auditors(&desk, &cx).await?;
    }
    let change = AccountChange { roles, person, disabled: asked.disabled };
    let account = cx.hub.account_change(tenant, account.id, change).await?;
    // Other roles want another sign-in: with a second factor, where the former did not.
    if account.disabled || roles_change {
        session::end_all(&cx.hub, tenant, account.id, None).await?;
    }
    Ok(json::reply(200, &list::view(&cx, &account).await?))
}
