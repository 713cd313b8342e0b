//! `GET patients/{id}/medical_history`: what the patient has had and has, by section.

use super::chart::Chart;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const SECTIONS: [&str; 7] = [
    "problems",
    "medical-history",
    "surgical-history",
    "family-history",
    "allergies",
    "risk-factors",
    "immunizations",
];

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "patients/{id}/medical_history",
        summary: "Problems, past history, operations, family, allergies, risk factors and vaccinations",
        access: Access::SignedIn,
        handler: Arc::new(History),
    }
}

struct History;

#[async_trait]
impl Handler for History {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let chart = Chart::read(&cx, id).await?;
        let sections = SECTIONS.map(|code| super::section(code, &chart).json(chart.lang));
        let body =
            Json::object([("patient", Json::string(id.to_string())), ("sections", Json::array(sections))]);
        Ok(RouteReply::json(200, &body))
    }
}
