//! `GET|POST /auth/authorize` (<https://hl7.org/fhir/smart-app-launch/app-launch.html>): checks the request and
//! sends the browser to our page, where the person who is signed in decides. An error goes back to the app only
//! once client and address are proven to belong together; before, it is shown here (RFC 6749 §4.1.2.1).

mod check;
mod page;
mod request;

pub(crate) use request::{AuthorizeRequest, LaunchContext, REQUESTS};

use super::client::Client;
use super::encode::{percent, with_params};
use super::fault::Fault;
use super::{Form, redirect, stored};
use crate::sign_in::{Desk, text};
use async_trait::async_trait;
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(crate) struct Authorize {
    pub desk: Arc<Desk>,
}

/// A request lies in the vault for so long.
pub(crate) const REQUEST_MS: i64 = 600_000;

#[async_trait]
impl Handler for Authorize {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        // One verb for both methods: a form without a body is a query.
        let form = match request.body.is_empty() {
            true => Form::query(&request),
            false => Form::body(&request),
        };
        let Ok(form) = form else { return Ok(page::refuse(&cx, page::REQUEST)) };
        let client = match form.get("client_id").filter(|id| id.len() <= 200) {
            Some(id) => Client::find(&cx.hub, cx.tenant.name(), id).await?,
            None => None,
        };
        let Some(client) = client else { return Ok(page::refuse(&cx, page::CLIENT)) };
        let back = form.get("redirect_uri").filter(|uri| redirect::matches(&client.told.redirect_uris, uri));
        let Some(back) = back else { return Ok(page::refuse(&cx, page::REDIRECT)) };
        match check::check(&cx, &client, &form, back).await {
            Ok(checked) => {
                // What is kept for people who are not signed in is counted by address.
                if cx.caller.is_none() {
                    let asked = self.desk.throttle.ask(cx.ctx.clock.now_ms(), cx.address);
                    asked.map_err(text::throttled)?;
                }
                to_our_page(&cx, checked).await
            }
            Err(Fault::Store(error)) => Err(error),
            Err(Fault::OAuth { code, why, .. }) => {
                Ok(RouteReply::redirect(error_address(&cx.base, back, form.get("state"), code, &why)))
            }
        }
    }
}

/// The way back to the app with an error.
pub(crate) fn error_address(issuer: &str, back: &str, state: Option<&str>, code: &str, why: &str) -> String {
    let mut params = vec![("error", code), ("error_description", why)];
    params.extend(state.map(|state| ("state", state)));
    params.push(("iss", issuer));
    with_params(back, &params)
}

async fn to_our_page(cx: &RouteCtx, checked: AuthorizeRequest) -> Result<RouteReply> {
    let ticket = super::encode::secret()?;
    let end = cx.hub.clock().now_ms() + REQUEST_MS;
    cx.hub.vault_put(cx.tenant.name(), REQUESTS, &ticket, Some(end), &stored::to_store(&checked)?).await?;
    Ok(RouteReply::redirect(page_of(cx, "autoriser", "request", &ticket)))
}

/// A page of the web app; it is told the tenant when the address names one.
pub(crate) fn page_of(cx: &RouteCtx, page: &str, name: &str, ticket: &str) -> String {
    let tenant = match cx.base.contains("/t/") {
        true => format!("&tenant={}", percent(cx.tenant.name())),
        false => String::new(),
    };
    format!("/{page}?{name}={}{tenant}", percent(ticket))
}
