//! A role as a SCIM group. Its id is the role's name.

use super::answer::{Answer, Fault};
use super::user;
use super::user_change::keep_an_administrator;
use crate::sign_in::session;
use serde_json::{Value, json};
use service::RouteCtx;
use store::{AccountChange, AccountInfo, Error, Role};

pub const SCHEMA: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
/// Members changed by one request.
const MEMBERS_MAX: usize = 1_000;

/// The roles of people.
pub fn all() -> impl Iterator<Item = Role> {
    Role::ALL.into_iter().filter(|role| *role != Role::Integration)
}

/// # Errors
/// 404.
pub fn target(id: &str) -> Answer<Role> {
    all().find(|role| role.as_str() == id).ok_or_else(Fault::not_found)
}

/// As the directory sees it.
pub fn view(cx: &RouteCtx, role: Role, accounts: &[AccountInfo]) -> Value {
    let members: Vec<Value> = accounts
        .iter()
        .filter(|account| account.roles.contains(&role))
        .map(|a| json!({ "value": a.id.to_string(), "display": a.name, "$ref": user::location(cx, a.id) }))
        .collect();
    let name = role.as_str();
    json!({
        "schemas": [SCHEMA],
        "id": name,
        "displayName": name,
        "members": members,
        "meta": { "resourceType": "Group", "location": format!("{}/scim/v2/Groups/{name}", cx.base) },
    })
}

/// The accounts of `[{"value": id}, …]`.
///
/// # Errors
/// `invalidValue` when one is unknown.
pub async fn members(cx: &RouteCtx, value: &Value) -> Answer<Vec<AccountInfo>> {
    let list: Vec<&Value> = match value {
        Value::Array(list) => list.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    };
    if list.len() > MEMBERS_MAX {
        return Err(Fault::new(400, "tooMany", "1000 members at most in one request"));
    }
    let mut out = Vec::new();
    for one in list {
        let id = one.get("value").and_then(Value::as_str).or(one.as_str()).unwrap_or("");
        out.push(user::by_id(cx, id).await?.ok_or_else(|| Fault::value("a member is unknown"))?);
    }
    Ok(out)
}

/// Gives a role, or takes it away.
///
/// # Errors
/// 409 when the tenant would be left without an administrator.
pub async fn set(cx: &RouteCtx, account: &AccountInfo, role: Role, has: bool) -> Answer<()> {
    // As it is now: the same account may stand in two operations.
    let tenant = cx.tenant.name();
    let account = cx.hub.account_by_id(tenant, account.id).await?.ok_or(Error::NotFound)?;
    if account.roles.contains(&role) == has {
        return Ok(());
    }
    let mut roles = account.roles.clone();
    if has {
        roles.push(role);
    } else {
        roles.retain(|r| *r != role);
        keep_an_administrator(cx, &account, &roles).await?;
    }
    let sign = if has { '+' } else { '-' };
    let what = format!("scim-role {sign}{} {}", role.as_str(), account.id);
    cx.tenant.audit_operation(&cx.ctx, &what, None).await?;
    let change = AccountChange { roles: Some(roles), ..AccountChange::default() };
    cx.hub.account_change(tenant, account.id, change).await?;
    // Whether a second factor is needed is decided at sign-in, by the roles of that time.
    session::end_all(&cx.hub, tenant, account.id, None).await?;
    Ok(())
}
