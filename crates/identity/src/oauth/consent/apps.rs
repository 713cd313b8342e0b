//! `GET /api/v1/account/apps`, `DELETE /api/v1/account/apps/{client}`: the apps that the person has let in.

use super::{by_person, remembered};
use crate::oauth::client::{Client, fhir_time};
use crate::oauth::{family, json};
use async_trait::async_trait;
use serde_json::json;
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::Result;

pub struct List;

#[async_trait]
impl Handler for List {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        by_person(&cx)?;
        let (hub, tenant) = (&cx.hub, cx.tenant.name());
        let mut apps = Vec::new();
        for known in remembered::all(hub, tenant, cx.ctx.actor.id).await? {
            let client = Client::any(hub, tenant, &known.client).await?;
            let name = client.map(|client| client.told.name);
            let at = fhir_time(known.at);
            apps.push(json!({ "client": known.client, "name": name, "scopes": known.scopes, "at": at }));
        }
        Ok(json(200, &json!({ "apps": apps })))
    }
}

pub struct Remove;

#[async_trait]
impl Handler for Remove {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        by_person(&cx)?;
        let (hub, tenant, account) = (&cx.hub, cx.tenant.name(), cx.ctx.actor.id);
        let client = request.param("client");
        remembered::remove(hub, tenant, account, client).await?;
        family::end_of_consent(hub, tenant, account, client).await?;
        cx.tenant.audit_operation(&cx.ctx, "oauth-consent-withdrawn", None).await?;
        Ok(RouteReply::empty(204))
    }
}
