//! `GET secure-messaging/patients/{id}`: the caller's conversations about a patient, and what was put into the chart of
//! others, for whoever may read the chart.

use super::tell::{LOOKED, cards, mine, with_receipts};
use super::who::person;
use crate::element::{parsed, text};
use crate::read::first;
use crate::talk::{RECORD, RECORD_KIND};
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use policy::{Group, Verb};
use service::{Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const RECORDS_MAX: usize = 50;

pub(super) fn route() -> Route {
    let summary = "Conversations about a patient";
    super::route(Method::Get, "secure-messaging/patients/{id}", summary, Arc::new(OfPatient))
}

struct OfPatient;

#[async_trait]
impl Handler for OfPatient {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let mut all = if person(&cx).is_some() { mine(&cx, LOOKED).await? } else { Vec::new() };
        all.retain(|one| one.patient() == Some(id));
        let all = with_receipts(&cx, all).await?;
        let items = cards(&cx, &all).await?;
        let mut records = Vec::new();
        if cx.tenant.decide(&cx.ctx, Verb::Read, Group::Clinical, Some(id)).await? {
            let params = [
                ("patient", format!("Patient/{id}")),
                ("category", format!("{}|{RECORD_KIND}", crate::element::PURPOSE)),
                ("_sort", "-_lastUpdated".to_string()),
            ];
            let found = first(&cx.tenant, &cx.ctx, ResourceType::COMMUNICATION, &params, RECORDS_MAX).await?;
            for one in found.iter().filter(|one| one.id.starts_with(RECORD)) {
                records.push(card(&parsed(one)?, &one.id));
            }
        }
        cx.tenant.audit_operation(&cx.ctx, "conversations", Some((ResourceType::PATIENT, id))).await?;
        let out = [("items", Json::array(items)), ("records", Json::array(records))];
        Ok(RouteReply::json(200, &Json::object(out)))
    }
}

fn card(json: &Json<'_>, id: &str) -> Json<'static> {
    let maybe = |found: Option<&str>| found.map_or(Json::Null, text);
    let lines = json.each("payload").filter_map(|one| one.get_str("contentString")).map(text);
    Json::object([
        ("id", text(id)),
        ("subject", maybe(json.get("topic").and_then(|topic| topic.get_str("text")))),
        ("by", maybe(json.get("sender").and_then(|sender| sender.get_str("display")))),
        ("at", maybe(json.get_str("sent"))),
        ("lines", Json::array(lines)),
    ])
}
