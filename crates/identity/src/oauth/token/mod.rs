//! `POST /auth/token` (RFC 6749 §3.2, SMART App Launch "Obtain access token", Backend Services).

mod code;
mod credentials;
mod issue;
mod refresh;

use super::Form;
use super::client::{KeySets, authenticate};
use super::fault::{Answer, Fault, settle};
use async_trait::async_trait;
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(crate) struct Token {
    pub key_sets: Arc<KeySets>,
}

#[async_trait]
impl Handler for Token {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        settle(self.serve(&cx, &request).await).map(|reply| reply.with("pragma", "no-cache"))
    }
}

impl Token {
    async fn serve(&self, cx: &RouteCtx, request: &RouteRequest) -> Answer<RouteReply> {
        let form = Form::body(request)?;
        let grant_type = form.need("grant_type")?;
        if !["authorization_code", "refresh_token", "client_credentials"].contains(&grant_type) {
            return Err(Fault::new(400, "unsupported_grant_type", "this grant_type is not known here"));
        }
        let client = authenticate(cx, request, &form, &self.key_sets).await?;
        if !client.may(grant_type) {
            return Err(Fault::new(400, "unauthorized_client", "this client may not use this grant_type"));
        }
        match grant_type {
            "authorization_code" => code::sell(cx, &client, &form).await,
            "refresh_token" => refresh::renew(cx, &client, &form).await,
            _ => credentials::give(cx, &client, &form).await,
        }
    }
}
