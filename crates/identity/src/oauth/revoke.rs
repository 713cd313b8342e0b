//! `POST /auth/revoke` (RFC 7009). A refresh token takes its whole family along.

use super::client::{KeySets, authenticate};
use super::fault::{Answer, settle};
use super::{Form, family};
use async_trait::async_trait;
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Result, TokenKind};

pub(crate) struct Revoke {
    pub key_sets: Arc<KeySets>,
}

#[async_trait]
impl Handler for Revoke {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        settle(self.serve(&cx, &request).await)
    }
}

impl Revoke {
    async fn serve(&self, cx: &RouteCtx, request: &RouteRequest) -> Answer<RouteReply> {
        let (hub, tenant) = (&cx.hub, cx.tenant.name());
        let form = Form::body(request)?;
        let client = authenticate(cx, request, &form, &self.key_sets).await?;
        let token = form.need("token")?;
        let own =
            hub.token_look_up(tenant, token).await?.filter(|t| t.grant.client.as_ref() == Some(&client.id));
        if let Some(info) = own {
            match info.family.filter(|_| info.kind == TokenKind::Refresh) {
                Some(id) => family::end(hub, tenant, id).await?,
                None => hub.token_revoke(token).await?,
            }
            cx.tenant.audit_operation(&cx.ctx, &format!("oauth-revoke {}", client.id), None).await?;
        }
        // An unknown token is as ended as one can be (RFC 7009 §2.2).
        Ok(RouteReply::empty(200))
    }
}
