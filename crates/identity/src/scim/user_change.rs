//! What a directory may change of an account.

use super::answer::{Answer, Fault};
use super::operation::{Operation, Verb, flag};
use super::user;
use crate::account::profile;
use crate::sign_in::session;
use serde_json::Value;
use service::RouteCtx;
use store::{AccountChange, AccountInfo, Role};

const TEXT_MAX: usize = 200;

/// New values; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    pub user_name: Option<String>,
    pub external: Option<String>,
    pub name: Option<String>,
    pub title: Option<Option<String>>,
    pub mail: Option<Option<String>>,
    pub active: Option<bool>,
}

impl Change {
    /// Of a whole user, as POST and PUT send it: what is not there becomes empty.
    ///
    /// # Errors
    /// `invalidValue`.
    pub fn of_user(body: &Value) -> Answer<Change> {
        let mut change =
            Change { title: Some(None), mail: Some(None), active: Some(true), ..Change::default() };
        let members =
            body.as_object().ok_or_else(|| Fault::new(400, "invalidSyntax", "a user is an object"))?;
        // The finer name wins over the one that is made of it.
        for pass in [false, true] {
            for (name, value) in members {
                let path = name.to_ascii_lowercase();
                if (path == "displayname") == pass && path != "schemas" {
                    change.set(&Operation { verb: Verb::Set, path, value: value.clone() })?;
                }
            }
        }
        Ok(change)
    }

    /// One operation of a PATCH. Attributes that we do not keep are let pass, as the standard allows.
    ///
    /// # Errors
    /// `invalidValue`.
    pub fn set(&mut self, operation: &Operation) -> Answer<()> {
        let (value, removes) = (&operation.value, operation.verb == Verb::Remove);
        match operation.path.as_str() {
            "active" if !removes => self.active = Some(flag(value)?),
            "username" if !removes => self.user_name = Some(text(value)?),
            "externalid" if !removes => self.external = Some(text(value)?),
            "displayname" | "name.formatted" if !removes => self.name = Some(text(value)?),
            "name" if !removes => self.name = full_name(value)?.or(self.name.take()),
            "title" => self.title = Some(if removes { None } else { Some(text(value)?) }),
            "emails" => self.mail = Some(if removes { None } else { first_mail(value)? }),
            path if path.starts_with("emails[") => {
                self.mail = Some(if removes { None } else { mail_of(value)? });
            }
            _ => {}
        }
        Ok(())
    }
}

fn text(value: &Value) -> Answer<String> {
    let text = value.as_str().map(str::trim).filter(|text| (1..=TEXT_MAX).contains(&text.chars().count()));
    let text = text.filter(|text| !text.chars().any(char::is_control));
    text.map(str::to_string).ok_or_else(|| Fault::value("1 to 200 plain characters are expected"))
}

fn full_name(value: &Value) -> Answer<Option<String>> {
    if let Some(formatted) = value.get("formatted") {
        return text(formatted).map(Some);
    }
    let parts = ["givenName", "familyName"].iter().filter_map(|part| value.get(part)?.as_str());
    let name = parts.collect::<Vec<_>>().join(" ");
    if name.is_empty() { Ok(None) } else { text(&Value::String(name)).map(Some) }
}

fn mail_of(value: &Value) -> Answer<Option<String>> {
    match value {
        Value::String(_) => text(value).map(Some),
        Value::Object(one) => one.get("value").map(text).transpose(),
        Value::Null => Ok(None),
        _ => Err(Fault::value("an e-mail is expected")),
    }
}

/// The primary one, or the first.
fn first_mail(value: &Value) -> Answer<Option<String>> {
    let Some(list) = value.as_array() else { return mail_of(value) };
    let primary = |one: &&Value| one.get("primary").and_then(Value::as_bool) == Some(true);
    list.iter().find(primary).or(list.first()).map_or(Ok(None), mail_of)
}

/// Makes it so.
///
/// # Errors
/// `mutability` for another user name; the store's refusals.
pub async fn apply(cx: &RouteCtx, account: &AccountInfo, change: Change) -> Answer<AccountInfo> {
    let tenant = cx.tenant.name();
    if change.user_name.as_ref().is_some_and(|name| *name != account.name) {
        return Err(Fault::new(400, "mutability", "userName cannot be changed"));
    }
    if change.active == Some(false) {
        keep_an_administrator(cx, account, &[]).await?;
    }
    if let Some(external) = &change.external {
        user::set_external(cx, account.id, external).await?;
    }
    let before = profile::load(&cx.hub, tenant, account.id).await?;
    let mut after = before.clone();
    after.name = change.name.unwrap_or(after.name);
    after.title = change.title.unwrap_or(after.title);
    after.mail = change.mail.unwrap_or(after.mail);
    if after != before {
        profile::save(&cx.hub, tenant, account.id, &after).await?;
    }
    let disabled = change.active.map(|active| !active);
    cx.tenant.audit_operation(&cx.ctx, &format!("scim-user-changed {}", account.id), None).await?;
    if disabled.is_none_or(|disabled| disabled == account.disabled) {
        return Ok(account.clone());
    }
    let done = cx
        .hub
        .account_change(tenant, account.id, AccountChange { disabled, ..AccountChange::default() })
        .await?;
    if done.disabled {
        session::end_all(&cx.hub, tenant, account.id, None).await?;
    }
    Ok(done)
}

/// A clinic is never left without anybody who runs it: `roles` are those that the account would keep.
///
/// # Errors
/// 409.
pub async fn keep_an_administrator(cx: &RouteCtx, account: &AccountInfo, roles: &[Role]) -> Answer<()> {
    let runs = |a: &AccountInfo| !a.disabled && a.roles.contains(&Role::MedicalAdmin);
    if !runs(account) || roles.contains(&Role::MedicalAdmin) {
        return Ok(());
    }
    let others = cx.hub.accounts(cx.tenant.name()).await?;
    match others.iter().any(|other| other.id != account.id && runs(other)) {
        true => Ok(()),
        false => Err(Fault::plain(409, "this is the last administrator")),
    }
}
