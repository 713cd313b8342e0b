//! `GET watch/alerts` and `GET watch/incidents`.

use super::alert::{kind_of, part, sentence};
use super::incident;
use super::read::{all, may_see, watching};
use async_trait::async_trait;
use fhir::{Json, Lang, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::HashMap;
use std::sync::Arc;
use store::audit::AuditEntry;
use store::{Result, Visible};

/// Pieces of evidence that are opened for one incident.
const OPENED_MAX: usize = 50;

pub(super) fn alerts() -> Route {
    Route {
        method: Method::Get,
        path: "watch/alerts",
        summary: "What stood out in the audit log",
        access: Access::SignedIn,
        handler: Arc::new(Alerts),
    }
}

pub(super) fn incidents() -> Route {
    Route {
        method: Method::Get,
        path: "watch/incidents",
        summary: "The register of incidents, with the clock of 72 hours",
        access: Access::SignedIn,
        handler: Arc::new(Incidents),
    }
}

struct Alerts;

#[async_trait]
impl Handler for Alerts {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        may_see(&cx).await?;
        let incidents = all(&cx, ResourceType::TASK, "incident").await?;
        let mut by_alert: HashMap<String, String> = HashMap::new();
        for found in &incidents {
            let Ok(task) = fhir::json::parse(&found.body) else { continue };
            if let Some(alert) = task.get("focus").and_then(|f| f.get_str("reference")) {
                by_alert.insert(alert.to_string(), found.id.clone());
            }
        }
        let found = all(&cx, ResourceType::COMMUNICATION, "alert").await?;
        let told = found.iter().filter_map(|alert| told(alert, &by_alert, cx.ctx.lang));
        Ok(RouteReply::json(200, &Json::object([("alerts", Json::array(told))])))
    }
}

/// `{id, at, kind, account, account_name, patient, count, state, sentence, incident}`
fn told(alert: &Visible, incidents: &HashMap<String, String>, lang: Lang) -> Option<Json<'static>> {
    let json = fhir::json::parse(&alert.body).ok()?;
    let kind = kind_of(&json)?;
    let incident = incidents.get(&format!("Communication/{}", alert.id));
    let state = match (incident, json.get_str("status")) {
        (Some(_), _) => "incident",
        (None, Some("in-progress")) => "open",
        (None, _) => "closed",
    };
    let patient = part(&json, "patient").and_then(|p| p.get_str("reference"));
    Some(Json::object([
        ("id", Json::string(alert.id.clone())),
        ("at", text(json.get_str("sent"))),
        ("kind", Json::string(kind.as_str())),
        ("account", text(part(&json, "account").and_then(Json::as_str))),
        ("account_name", text(part(&json, "user").and_then(Json::as_str))),
        ("patient", text(patient.and_then(|p| p.strip_prefix("Patient/")))),
        ("count", part(&json, "count").cloned().map_or(Json::Null, Json::into_owned)),
        ("state", Json::string(state)),
        ("sentence", Json::string(sentence(kind, lang))),
        ("incident", text(incident.map(String::as_str))),
    ]))
}

struct Incidents;

#[async_trait]
impl Handler for Incidents {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        may_see(&cx).await?;
        let mut told = Vec::new();
        for found in all(&cx, ResourceType::TASK, "incident").await? {
            let Ok(task) = fhir::json::parse(&found.body) else { continue };
            let mut line = incident::told(&task, cx.ctx.lang);
            let evidence: Vec<String> =
                line.each("evidence").filter_map(Json::as_str).map(String::from).collect();
            let opened = opened(&cx, &evidence).await?;
            if let Some(line) = line.as_object_mut() {
                line.set("evidence", Json::Array(opened));
            }
            told.push(line);
        }
        Ok(RouteReply::json(200, &Json::object([("incidents", Json::Array(told))])))
    }
}

/// `{id, at, what, who}` of the entries that are the evidence.
async fn opened(cx: &RouteCtx, ids: &[String]) -> Result<Vec<Json<'static>>> {
    let ctx = watching(cx);
    let mut told = Vec::new();
    for id in ids.iter().take(OPENED_MAX) {
        let number = id.strip_prefix("audit-").and_then(|n| n.parse().ok());
        let Some(number) = number else { continue };
        let found = cx.tenant.audit_feed(&ctx, number, 1).await?.pop().filter(|(n, _)| *n == number);
        if let Some((_, entry)) = found {
            told.push(Json::object([
                ("id", Json::string(id.clone())),
                ("at", fhir::edit::instant(entry.at)),
                ("what", Json::string(what(&entry))),
                ("who", Json::string(entry.actor_name.clone())),
            ]));
        }
    }
    Ok(told)
}

/// The event and what it touched, without any search value.
fn what(entry: &AuditEntry) -> String {
    let rt = ResourceType::from_number(entry.kind).map_or("", ResourceType::name);
    let event = format!("{:?}", entry.event).to_lowercase();
    let place = if entry.id.is_empty() { rt.to_string() } else { format!("{rt}/{}", entry.id) };
    format!("{event} {place}").trim().to_string()
}

pub(super) fn text(text: Option<&str>) -> Json<'static> {
    text.map_or(Json::Null, |text| Json::string(text.to_string()))
}
