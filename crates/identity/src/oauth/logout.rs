//! `GET|POST /auth/logout` (OpenID Connect RP-Initiated Logout). With an ID token of ours as a hint the session in
//! it ends at once; without, the person is asked on our page. The way back leads only to a registered address.

use super::authorize::page_of;
use super::client::Client;
use super::encode::{secret, with_params};
use super::keys::KeyRing;
use super::{Form, Jwt, consent, family, json, stored, verified};
use crate::sign_in::{Desk, text};
use async_trait::async_trait;
use fhir::{Code, Issue, Text};
use jsonwebtoken::Algorithm;
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::{Handler, RouteCtx, RouteReply, RouteRequest, SessionChange};
use std::sync::Arc;
use store::{Result, TokenKind};
use uuid::Uuid;

const LOGOUTS: &str = "oauth-logout";
const LASTS_MS: i64 = 600_000;

pub(crate) struct Logout {
    pub desk: Arc<Desk>,
}

/// Where the browser goes once the session is over.
#[derive(Serialize, Deserialize)]
struct Waiting {
    to: String,
}

#[async_trait]
impl Handler for Logout {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let form = match request.body.is_empty() {
            true => Form::query(&request),
            false => Form::body(&request),
        };
        let Ok(form) = form else { return Ok(RouteReply::redirect("/")) };
        let hint = match form.get("id_token_hint") {
            Some(token) => hint(&cx, token).await?,
            None => None,
        };
        let named = hint.as_ref().and_then(|jwt| jwt.text("aud")).or_else(|| form.get("client_id"));
        let to = way_back(&cx, &form, named).await?;
        let session = hint.as_ref().and_then(|jwt| jwt.text("sid")?.parse::<Uuid>().ok());
        if let (Some(session), Some(hint)) = (session, &hint)
            && end(&cx, session, hint.text("sub")).await?
        {
            return Ok(RouteReply::redirect(to));
        }
        // The browser may not say who is signed in when another site sends it here.
        self.desk.throttle.ask(cx.ctx.clock.now_ms(), cx.address).map_err(text::throttled)?;
        let ticket = secret()?;
        let end = cx.hub.clock().now_ms() + LASTS_MS;
        let waiting = stored::to_store(&Waiting { to })?;
        cx.hub.vault_put(cx.tenant.name(), LOGOUTS, &ticket, Some(end), &waiting).await?;
        Ok(RouteReply::redirect(page_of(&cx, "deconnexion", "request", &ticket)))
    }
}

/// An ID token that we signed; its age does not matter.
async fn hint(cx: &RouteCtx, token: &str) -> Result<Option<Jwt>> {
    let keys = KeyRing::open(&cx.hub, cx.tenant.name()).await?.public();
    Ok(verified(token, &keys, &[Algorithm::RS256, Algorithm::ES256])
        .filter(|jwt| jwt.text("iss") == Some(&cx.base)))
}

async fn way_back(cx: &RouteCtx, form: &Form, client: Option<&str>) -> Result<String> {
    let home = || "/".to_string();
    let (Some(id), Some(back)) = (client, form.get("post_logout_redirect_uri")) else { return Ok(home()) };
    let client = Client::find(&cx.hub, cx.tenant.name(), id).await?;
    let known = client.is_some_and(|c| c.told.post_logout_redirect_uris.iter().any(|uri| uri == back));
    let state = form.get("state").map(|state| ("state", state));
    Ok(if known { with_params(back, state.as_slice()) } else { home() })
}

/// Ends a session of that account, and what lives by it; whether it was there.
async fn end(cx: &RouteCtx, session: Uuid, account: Option<&str>) -> Result<bool> {
    let (hub, tenant) = (&cx.hub, cx.tenant.name());
    let Some(account) = account.and_then(|id| id.parse::<Uuid>().ok()) else { return Ok(false) };
    let tokens = hub.tokens_of(tenant, account).await?;
    let found = tokens.iter().any(|t| t.kind == TokenKind::Session && t.family == Some(session));
    if found {
        hub.family_end(session).await?;
        cx.tenant.audit_sign_in(&cx.ctx, "logout oauth", true).await?;
        family::end_of_session(hub, tenant, session).await?;
    }
    Ok(found)
}

/// `POST /api/v1/oauth/logout/{ticket}`: the person agreed on our page.
pub(crate) struct Confirm;

#[async_trait]
impl Handler for Confirm {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        consent::by_person(&cx)?;
        let found = cx.hub.vault_take(cx.tenant.name(), LOGOUTS, request.param("ticket")).await?;
        let found = found.ok_or_else(|| Issue::error(Code::NotFound, OVER))?;
        let waiting: Waiting = stored::stored(&found)?;
        let session = cx.caller.as_ref().filter(|c| c.kind == TokenKind::Session).and_then(|c| c.family);
        if let Some(session) = session {
            end(&cx, session, Some(&cx.ctx.actor.id.to_string())).await?;
        }
        Ok(json(200, &json!({ "redirect": waiting.to })).session(SessionChange::End))
    }
}

const OVER: Text = Text {
    key: "logout.over",
    fr: "Cette demande de déconnexion n'est plus valable.",
    en: "This request to sign out is over.",
    de: "Diese Abmeldeanfrage ist abgelaufen.",
};
