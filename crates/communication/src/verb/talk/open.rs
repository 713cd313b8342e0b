//! `GET secure-messaging/conversations/{id}`: what was said, and who has read how far.

use super::tell::{message, messages, titles, told};
use super::who::person;
use crate::element::{parsed, text};
use crate::read::by_params;
use crate::talk::{Receipt, seen};
use crate::verb::list::hub;
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use policy::{Group, Verb};
use service::{Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    let path = "secure-messaging/conversations/{id}";
    super::route(Method::Get, path, "What was said in a conversation", Arc::new(Open))
}

struct Open;

#[async_trait]
impl Handler for Open {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let conversation = seen(&cx.tenant, &cx.ctx, id).await?;
        let said = messages(&cx, &[id]).await?;
        let titles = titles(&cx, &said).await;
        let read = readers(&cx, id).await?;
        let files = match conversation.patient() {
            Some(patient) => cx.tenant.decide(&cx.ctx, Verb::Write, Group::Clinical, Some(patient)).await?,
            None => false,
        };
        cx.tenant.audit_operation(&cx.ctx, "conversation", Some((ResourceType::COMMUNICATION, id))).await?;
        let me = person(&cx).unwrap_or_default();
        let out = [
            ("conversation", told(&cx, conversation).await?),
            ("messages", Json::array(said.iter().map(|one| message(one, me, &titles)))),
            ("read", Json::array(read)),
            // Whether the caller may put it into the chart.
            ("archive", Json::Bool(files)),
        ];
        Ok(RouteReply::json(200, &Json::object(out)))
    }
}

async fn readers(cx: &RouteCtx, id: &str) -> Result<Vec<Json<'static>>> {
    let params = [
        ("part-of", format!("Communication/{id}")),
        ("category", format!("{}|conversation-read", crate::element::PURPOSE)),
    ];
    let mut out = Vec::new();
    for found in by_params(&cx.tenant, &hub(cx), ResourceType::COMMUNICATION, &params).await? {
        if !found.id.starts_with(crate::talk::RECEIPT) {
            continue;
        }
        let receipt = Receipt { version: Some(found.version), json: parsed(&found)? };
        let name = receipt.json.get("sender").and_then(|one| one.get_str("display")).unwrap_or_default();
        out.push(Json::object([
            ("reference", receipt.reader().map_or(Json::Null, text)),
            ("name", text(name)),
            ("upto", Json::integer(receipt.upto())),
            ("at", text(receipt.at())),
        ]));
    }
    Ok(out)
}
