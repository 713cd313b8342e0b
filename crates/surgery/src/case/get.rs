//! `GET surgeries/{id}`: everything on one case; for those who keep the schedule alone, what belongs to it.

use super::element::{all, label, parsed};
use super::whole::Whole;
use super::{schedule_part, tell};
use async_trait::async_trait;
use fhir::ResourceType;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/{id}",
        summary: "Everything on one surgical case",
        access: Access::SignedIn,
        handler: Arc::new(Get),
    }
}

struct Get;

#[async_trait]
impl Handler for Get {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        if let Some(case) = schedule_part::read(&cx, id).await? {
            return Ok(RouteReply::json(200, &tell::with_allergies(&case, Vec::new())));
        }
        let case = Whole::read(&cx, id).await?;
        let query = [("patient", format!("Patient/{}", case.patient()))];
        let mut allergies = Vec::new();
        for found in all(&cx, ResourceType::ALLERGY_INTOLERANCE, &query).await? {
            let json = parsed(&found)?;
            let mut status = json.get("clinicalStatus").into_iter().flat_map(|s| s.each("coding"));
            if status.all(|c| !matches!(c.get_str("code"), Some("inactive" | "resolved"))) {
                allergies.extend(json.get("code").and_then(label));
            }
        }
        Ok(RouteReply::json(200, &tell::with_allergies(&case, allergies)))
    }
}
