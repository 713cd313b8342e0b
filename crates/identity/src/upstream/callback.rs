//! `GET /auth/upstream/{id}/callback?code&state`. Whatever comes of it, the browser goes to our sign-in page with a
//! ticket; only the page that began can open it, and reads there what went wrong.

use super::claims::Person;
use super::start::{Begun, STATES};
use super::{Upstream, exchange, link};
use crate::oauth::encode::{percent, secret};
use crate::oauth::{stored, to_store};
use serde::{Deserialize, Serialize};
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;
use uuid::Uuid;

/// What came back, by ticket.
pub const TICKETS: &str = "upstream-ticket";
const LASTS_MS: i64 = 120_000;

/// Why nobody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The person gave up there, or the provider says no.
    There,
    /// What the provider answered does not hold.
    Answer,
    /// No account is linked to the person.
    Unknown,
}

#[derive(Serialize, Deserialize)]
pub struct Returned {
    /// Hash of what the page keeps.
    pub page: String,
    pub back: String,
    pub provider: String,
    pub account: Option<Uuid>,
    pub amr: Vec<String>,
    pub second_factor: bool,
    /// Whether the person gave a factor there for this sign-in: an old session there proves no presence.
    pub fresh: bool,
    pub refusal: Option<Refusal>,
}

pub async fn callback(up: Arc<Upstream>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let tenant = cx.tenant.name();
    let state = request.query("state").unwrap_or("");
    let begun = cx.hub.vault_take(tenant, STATES, state).await?;
    // Nobody waits for this answer: home, without a word.
    let Some(begun) = begun else { return Ok(RouteReply::redirect("/connexion")) };
    let begun: Begun = stored(&begun)?;
    let came = match request.query("code").filter(|_| begun.provider == request.param("id")) {
        Some(code) => who(&up, &cx, &begun, code).await?,
        None => Err(Refusal::There),
    };
    let found = match &came {
        Ok(person) => link::account(&cx, person).await?.ok_or(Refusal::Unknown),
        Err(refusal) => Err(*refusal),
    };
    let person = came.ok();
    let fresh = person.as_ref().and_then(|p| p.auth_time).is_some_and(|at| at >= begun.at);
    let returned = Returned {
        page: begun.page,
        back: begun.back,
        provider: begun.provider,
        account: found.as_ref().ok().map(|account| account.id),
        amr: person.as_ref().map(|p| p.amr.clone()).unwrap_or_default(),
        second_factor: person.is_some_and(|p| p.second_factor),
        fresh,
        refusal: found.err(),
    };
    let ticket = secret()?;
    let end = cx.hub.clock().now_ms() + LASTS_MS;
    cx.hub.vault_put(tenant, TICKETS, &ticket, Some(end), &to_store(&returned)?).await?;
    Ok(RouteReply::redirect(page(&cx, &ticket)))
}

async fn who(
    up: &Upstream,
    cx: &RouteCtx,
    begun: &Begun,
    code: &str,
) -> Result<std::result::Result<Person, Refusal>> {
    let Some(provider) = up.provider(cx.tenant.name(), &begun.provider) else {
        return Ok(Err(Refusal::There));
    };
    let now = cx.hub.clock().now_ms();
    Ok(exchange::person(up, provider, begun, code, now).await.ok_or(Refusal::Answer))
}

fn page(cx: &RouteCtx, ticket: &str) -> String {
    let tenant = match cx.base.contains("/t/") {
        true => format!("&tenant={}", percent(cx.tenant.name())),
        false => String::new(),
    };
    format!("/connexion?upstream={}{tenant}", percent(ticket))
}
