//! `GET patients/{id}/data-requests`: what the patient asked for, and what became of it.

use super::task::{REQUESTS, told};
use crate::person::patient_read;
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;
use store::search::SearchRequest;

const TOLD_MAX: &str = "200";

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "patients/{id}/data-requests",
        summary: "What a patient asked for about their data",
        access: Access::SignedIn,
        handler: Arc::new(ListRequests),
    }
}

struct ListRequests;

#[async_trait]
impl Handler for ListRequests {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let patient = request.param("id");
        patient_read(&cx, patient).await?;
        let params = [
            ("patient", format!("Patient/{patient}")),
            ("code", format!("{REQUESTS}|")),
            ("_count", TOLD_MAX.to_string()),
        ];
        let params = params.into_iter().map(|(n, v)| (n.to_string(), v)).collect();
        let asked = SearchRequest { rt: Some(ResourceType::TASK), params, ..SearchRequest::default() };
        let page = cx.tenant.search(&cx.ctx, &asked).await?;
        let lines = page.entries.iter().filter_map(|found| {
            let task = fhir::json::parse(&found.visible.body).ok()?;
            told(&task, cx.ctx.lang)
        });
        Ok(RouteReply::json(200, &Json::object([("requests", Json::array(lines))])))
    }
}
