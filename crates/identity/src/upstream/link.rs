//! From a person elsewhere to an account here: by the national identifier of the Practitioner that the account
//! stands for, else by a link that an administrator made. Names and addresses prove nothing.

use super::claims::{National, Person};
use crate::oauth::{stored, to_store};
use fhir::{Json, ResourceType};
use serde::{Deserialize, Serialize};
use service::RouteCtx;
use store::search::SearchRequest;
use store::{AccountInfo, Actor, Ctx, Result};
use uuid::Uuid;

const IDNPS: &str = "urn:oid:1.2.250.1.71.4.2.1";
/// Today's system of RPPS numbers, and the one before.
const RPPS: [&str; 2] = ["https://rpps.esante.gouv.fr", "http://rpps.fr"];

/// Links, by issuer and subject.
const LINKS: &str = "upstream-link";
/// The same, by account.
const LINKED: &str = "upstream-linked";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub provider: String,
    pub issuer: String,
    pub subject: String,
}

/// The one account of that person, if it may still act.
///
/// # Errors
/// `Unavailable`.
pub async fn account(cx: &RouteCtx, person: &Person) -> Result<Option<AccountInfo>> {
    let found = match &person.national {
        Some(national) => by_national(cx, national).await?,
        None => None,
    };
    let found = match found {
        Some(account) => Some(account),
        None => by_link(cx, &person.issuer, &person.subject).await?,
    };
    Ok(found.filter(|account| !account.disabled))
}

async fn by_national(cx: &RouteCtx, national: &National) -> Result<Option<AccountInfo>> {
    let mut values = vec![format!("{IDNPS}|{}", national.idnps())];
    values.extend(national.rpps().into_iter().flat_map(|rpps| RPPS.map(|system| format!("{system}|{rpps}"))));
    let request = SearchRequest {
        rt: Some(ResourceType::PRACTITIONER),
        params: vec![("identifier".into(), values.join(",")), ("_count".into(), "10".into())],
        ..SearchRequest::default()
    };
    // Nobody is signed in yet: the hub itself looks.
    let ctx = Ctx { actor: Actor::system("upstream sign-in"), ..cx.ctx.clone() };
    let page = cx.tenant.search(&ctx, &request).await?;
    let people: Vec<String> = page
        .entries
        .iter()
        .filter_map(|entry| {
            let json = fhir::json::parse(&entry.visible.body).ok()?;
            let active = json.get("active").and_then(Json::as_bool) != Some(false);
            active.then(|| format!("Practitioner/{}", entry.visible.id))
        })
        .collect();
    let accounts = cx.hub.accounts(cx.tenant.name()).await?;
    let mut theirs =
        accounts.into_iter().filter(|a| a.practitioner.as_ref().is_some_and(|p| people.contains(p)));
    // Two accounts of one person: which one is meant, nobody can tell.
    match (theirs.next(), theirs.next()) {
        (Some(one), None) => Ok(Some(one)),
        _ => Ok(None),
    }
}

async fn by_link(cx: &RouteCtx, issuer: &str, subject: &str) -> Result<Option<AccountInfo>> {
    let tenant = cx.tenant.name();
    let Some(id) = cx.hub.vault(tenant, LINKS, &key(issuer, subject)).await? else { return Ok(None) };
    match Uuid::from_slice(&id) {
        Ok(id) => cx.hub.account_by_id(tenant, id).await,
        Err(_) => Ok(None),
    }
}

fn key(issuer: &str, subject: &str) -> String {
    format!("{issuer}|{subject}")
}

/// The links of an account.
///
/// # Errors
/// `Unavailable`.
pub async fn all(cx: &RouteCtx, account: Uuid) -> Result<Vec<Link>> {
    match cx.hub.vault(cx.tenant.name(), LINKED, &account.to_string()).await? {
        Some(bytes) => stored(&bytes),
        None => Ok(Vec::new()),
    }
}

/// Links an identity, in place of the one of the same provider; whether it was free.
///
/// # Errors
/// `Unavailable`.
pub async fn add(cx: &RouteCtx, account: Uuid, link: Link) -> Result<bool> {
    let tenant = cx.tenant.name();
    if !cx.hub.vault_add(tenant, LINKS, &key(&link.issuer, &link.subject), None, account.as_bytes()).await? {
        return Ok(false);
    }
    remove(cx, account, &link.provider).await?;
    let mut links = all(cx, account).await?;
    links.push(link);
    cx.hub.vault_put(tenant, LINKED, &account.to_string(), None, &to_store(&links)?).await?;
    Ok(true)
}

/// Undoes the link of an account to a provider.
///
/// # Errors
/// `Unavailable`.
pub async fn remove(cx: &RouteCtx, account: Uuid, provider: &str) -> Result<()> {
    let tenant = cx.tenant.name();
    let (gone, left): (Vec<Link>, Vec<Link>) =
        all(cx, account).await?.into_iter().partition(|l| l.provider == provider);
    for link in gone {
        cx.hub.vault_take(tenant, LINKS, &key(&link.issuer, &link.subject)).await?;
    }
    cx.hub.vault_put(tenant, LINKED, &account.to_string(), None, &to_store(&left)?).await
}
