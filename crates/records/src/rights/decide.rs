//! `PUT patients/{id}/data-requests/{task}`: the answer to a request, with its reason.

use super::task::told;
use async_trait::async_trait;
use bytes::Bytes;
use fhir::edit::instant;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Role, Write};

const OVER: Text = Text {
    key: "data-request.over",
    fr: "Cette demande a déjà reçu sa réponse. Enregistrez une nouvelle demande.",
    en: "This request has been answered already. Record a new request.",
    de: "Diese Anfrage wurde bereits beantwortet. Erfassen Sie eine neue Anfrage.",
};

pub(super) fn route() -> Route {
    Route {
        method: Method::Put,
        path: "patients/{id}/data-requests/{task}",
        summary: "Answers a patient's request about their data",
        access: Access::SignedIn,
        handler: Arc::new(DecideRequest),
    }
}

struct DecideRequest;

#[async_trait]
impl Handler for DecideRequest {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        // The director answers on the advice of the medical information department.
        if !cx.ctx.actor.has(Role::MedicalAdmin) {
            let patient = Some((ResourceType::PATIENT, request.param("id")));
            cx.tenant.audit_refused(&cx.ctx, "data-request", patient).await?;
            return Err(Error::Denied);
        }
        let mut form = Form::read(&request.body)?;
        let answers = [("accepted", "accepted"), ("refused", "rejected"), ("completed", "completed")];
        let status = form.required_choice("decision", &answers);
        let reason = form.required("note", 5_000);
        form.finish()?;
        let found = cx.tenant.read(&cx.ctx, ResourceType::TASK, request.param("task")).await?;
        let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored Task".into()))?;
        let mut task = json.into_owned();
        let patient = format!("Patient/{}", request.param("id"));
        let its = task.get("for").and_then(|f| f.get_str("reference")) == Some(patient.as_str());
        if !its || told(&task, cx.ctx.lang).is_none() {
            return Err(Error::NotFound);
        }
        if matches!(task.get_str("status"), Some("rejected" | "completed")) {
            return Err(Issue::error(Code::Conflict, OVER).into());
        }
        let note = Json::object([
            ("authorString", Json::string(cx.ctx.actor.name.clone())),
            ("time", instant(cx.ctx.clock.now_ms())),
            ("text", Json::string(reason)),
        ]);
        if let (Some(edit), Some(status)) = (fhir::edit::edit(&mut task), status) {
            edit.status(status).push("note", note);
        }
        let write = Write::Update {
            rt: ResourceType::TASK,
            id: found.id,
            body: Bytes::from(task.to_vec()),
            if_match: Some(found.version),
            if_none_match: false,
        };
        cx.tenant.commit(&cx.ctx, vec![write]).await?;
        Ok(RouteReply::json(200, &told(&task, cx.ctx.lang).unwrap_or(Json::Null)))
    }
}
