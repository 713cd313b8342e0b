//! `GET /api/v1/oauth/requests/{ticket}`: what the page shows to the person who decides.

use super::{by_person, decide, remembered};
use crate::oauth::client::fhir_time;
use crate::oauth::{authorize, json, redirect, scope_words};
use async_trait::async_trait;
use serde_json::{Value, json};
use service::{Handler, RouteCtx, RouteReply, RouteRequest};
use store::Result;

pub struct Show;

#[async_trait]
impl Handler for Show {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        by_person(&cx)?;
        let (asked, client) = decide::waiting(&cx, request.param("ticket")).await?;
        let scopes: Vec<Value> = asked.scopes.iter().map(|scope| scope_words::words(scope)).collect();
        let account = cx.ctx.actor.id;
        let known = remembered::covers(&cx.hub, cx.tenant.name(), account, &client.id, &asked.scopes).await?;
        let own = decide::own_patient(&cx);
        let answer = json!({
            "client": { "id": client.id, "name": client.told.name, "url": client.told.url },
            "scopes": scopes,
            "needs": asked.needs().filter(|needs| *needs != "patient" || own.is_none()),
            "patient": asked.patient().map(str::to_string).or(own.filter(|_| asked.granted().needs_patient())),
            "encounter": asked.encounter(),
            "redirect_host": redirect::shown(&asked.redirect_uri),
            // Any program of a machine may stand behind such an address: the person is asked each time.
            "remembered": known && !asked.ask && !redirect::is_shared(&asked.redirect_uri),
            "expires": fhir_time(asked.created + authorize::REQUEST_MS),
        });
        Ok(json(200, &answer))
    }
}
