//! Administration of accounts: who there is, what they are, for whom they act.

mod change;
mod create;
mod delegation;
pub mod guard;
mod invite;
mod list;
pub mod operator;
pub mod profile;
mod reset_factors;
mod sessions;
mod text;

pub use delegation::{Delegation, delegations};
pub use profile::Profile;

use crate::sign_in::{Desk, mails};
use crate::verb::signed_in;
use fhir::{Code, Issue};
use service::Method::{Delete, Get, Post, Put};
use service::{Route, RouteCtx, RouteRequest};
use std::sync::Arc;
use store::{AccountInfo, Error, Result, Role};
use uuid::Uuid;

pub fn routes(d: &Arc<Desk>) -> Vec<Route> {
    let delegations = "accounts/{id}/delegations";
    vec![
        signed_in(d, Get, "accounts", "The accounts of the tenant", list::list),
        signed_in(d, Post, "accounts", "Creates an account and invites its person", create::create),
        signed_in(d, Put, "accounts/{id}", "Changes an account", change::change),
        signed_in(d, Post, "accounts/{id}/invitation", "Invites again", invite::invite),
        signed_in(d, Post, "accounts/{id}/reset-factors", "Removes all second factors", reset_factors::reset),
        signed_in(d, Get, "accounts/{id}/sessions", "Sessions of an account", sessions::list),
        signed_in(d, Delete, "accounts/{id}/sessions", "Ends the sessions of an account", sessions::end),
        signed_in(d, Post, delegations, "Lets an account act for another", delegation::add),
        signed_in(d, Delete, "accounts/{id}/delegations/{n}", "Ends that", delegation::remove),
    ]
}

/// The account that the path names.
async fn target(cx: &RouteCtx, request: &RouteRequest) -> Result<AccountInfo> {
    let id = Uuid::parse_str(request.param("id")).map_err(|_| Error::NotFound)?;
    cx.hub.account_by_id(cx.tenant.name(), id).await?.ok_or(Error::NotFound)
}

/// Mails those who control the accesses that their circle changes.
async fn tell_auditors(desk: &Desk, cx: &RouteCtx) -> Result<()> {
    for account in cx.hub.accounts(cx.tenant.name()).await? {
        if !account.disabled && account.roles.contains(&Role::Auditor) {
            mails::tell(desk, cx, account.id, text::AUDITORS_SUBJECT, text::AUDITORS_BODY).await;
        }
    }
    Ok(())
}

/// Roles by their names; at least one.
fn roles(names: &[String]) -> Result<Vec<Role>> {
    let mut roles =
        names.iter().map(|name| Role::parse(name)).collect::<Option<Vec<Role>>>().unwrap_or_default();
    roles.sort_unstable();
    roles.dedup();
    if roles.is_empty() {
        let all: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
        let issue = Issue::error(Code::Value, text::ROLES).arg("roles", all.join(", "));
        return Err(issue.at("roles").into());
    }
    Ok(roles)
}

/// A reference to a person; an empty one is none.
fn person(reference: Option<&str>) -> Result<Option<String>> {
    let Some(reference) = reference.filter(|reference| !reference.is_empty()) else { return Ok(None) };
    let fine = |id: &str| {
        (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
    };
    let known = ["Practitioner/", "Patient/", "RelatedPerson/"];
    if known.iter().any(|kind| reference.strip_prefix(kind).is_some_and(fine)) {
        return Ok(Some(reference.to_string()));
    }
    Err(Issue::error(Code::Value, text::PERSON).at("person").into())
}
