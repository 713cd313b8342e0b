//! `DELETE /api/v1/oauth/clients/{id}`

use super::{Client, DRAWER, administers};
use crate::oauth::family;
use async_trait::async_trait;
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::Result;

pub struct Remove;

#[async_trait]
impl Handler for Remove {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        administers(&cx).await?;
        let (hub, tenant) = (&cx.hub, cx.tenant.name());
        let client = Client::need(hub, tenant, request.param("id")).await?;
        hub.vault_take(tenant, DRAWER, &client.id).await?;
        family::end_of_client(&cx, &client).await?;
        if client.account.is_some() {
            hub.account_disable(tenant, &format!("client-{}", client.id)).await?;
        }
        cx.tenant.audit_operation(&cx.ctx, &format!("oauth-client-remove {}", client.id), None).await?;
        Ok(RouteReply::empty(204))
    }
}
