//! `POST patients/{id}/generate_summary`: the synthesis of a record, on one page.

use super::chart::Chart;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "patients/{id}/generate_summary",
        summary: "The synthesis of a record, each line with its source (volet de synthèse médicale)",
        access: Access::SignedIn,
        handler: Arc::new(Generate),
    }
}

struct Generate;

#[async_trait]
impl Handler for Generate {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let chart = Chart::read(&cx, id).await?;
        let sections = super::sections(&chart);
        let body = Json::object([
            ("patient", Json::string(id.to_string())),
            ("generatedAt", fhir::edit::instant(chart.now)),
            ("sections", Json::array(sections.iter().map(|section| section.json(chart.lang)))),
        ]);
        Ok(RouteReply::json(200, &body))
    }
}
