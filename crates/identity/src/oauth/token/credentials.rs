//! `grant_type=client_credentials`: a program without a person
//! (<https://hl7.org/fhir/smart-app-launch/backend-services.html>). It acts as an account of its own, for five
//! minutes at a time, within its registered scopes.

use crate::oauth::client::Client;
use crate::oauth::fault::Fault;
use crate::oauth::scope::{Granted, negotiate};
use crate::oauth::{Form, json};
use serde_json::json;
use service::{RouteCtx, RouteReply};
use store::{Grant, NewToken, Purpose, Scope, ScopeContext, TokenKind};

const LASTS_S: u64 = 300;

pub async fn give(cx: &RouteCtx, client: &Client, form: &Form) -> Result<RouteReply, Fault> {
    let account = client.account.ok_or_else(Fault::invalid_client)?;
    let granted = negotiate(form.need("scope")?, &client.told.scopes);
    let of_system = |text: &String| match Scope::parse(text) {
        Some(scope) => scope.context == ScopeContext::System,
        None => text == "scim",
    };
    let granted = Granted(granted.0.into_iter().filter(of_system).collect());
    if granted.0.is_empty() {
        return Err(Fault::invalid_scope("no scope that this client may have"));
    }
    let grant = Grant {
        client: Some(client.id.clone()),
        scopes: Some(granted.resources()),
        plain_scopes: granted.plain(),
        address: cx.address.to_string(),
        ..Grant::default()
    };
    let new = NewToken {
        tenant: cx.tenant.name().to_string(),
        account,
        kind: TokenKind::Access,
        purpose: Purpose::Treatment,
        ttl_s: LASTS_S,
        idle_s: None,
        family: None,
        grant,
    };
    let (token, _) = cx.hub.token_issue_new(new).await.map_err(|_| Fault::invalid_client())?;
    cx.tenant.audit_operation(&cx.ctx, &format!("oauth-token {}", client.id), None).await?;
    let scope = granted.text();
    let answer =
        json!({ "access_token": token, "token_type": "Bearer", "expires_in": LASTS_S, "scope": scope });
    Ok(json(200, &answer))
}
