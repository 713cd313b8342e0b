//! `GET patients/{id}/orders`: what was ordered, the newest first, with what came of it.

use super::shape::{Kind, told_of};
use crate::person::patient_read;
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::HashMap;
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Error, Result};

const TOLD_MAX: &str = "200";

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "patients/{id}/orders",
        summary: "Laboratory and imaging orders of a patient",
        access: Access::SignedIn,
        handler: Arc::new(ListOrders),
    }
}

struct ListOrders;

#[async_trait]
impl Handler for ListOrders {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let patient = request.param("id");
        patient_read(&cx, patient).await?;
        let asked = search(ResourceType::SERVICE_REQUEST, patient, "category", Kind::search());
        let page = cx.tenant.search(&cx.ctx, &asked).await?;
        let references: Vec<String> =
            page.entries.iter().map(|found| format!("ServiceRequest/{}", found.visible.id)).collect();
        let reports = reports(&cx, patient, &references).await?;
        let orders = page.entries.iter().zip(&references).filter_map(|(found, reference)| {
            told_of(&found.visible, reports.get(reference).map(String::as_str))
        });
        Ok(RouteReply::json(200, &Json::object([("orders", Json::array(orders))])))
    }
}

fn search(rt: ResourceType, patient: &str, name: &str, value: String) -> SearchRequest {
    let params = [("patient", format!("Patient/{patient}")), (name, value), ("_count", TOLD_MAX.to_string())];
    let params = params.into_iter().map(|(n, v)| (n.to_string(), v)).collect();
    SearchRequest { rt: Some(rt), params, ..SearchRequest::default() }
}

/// The newest report of each order.
async fn reports(cx: &RouteCtx, patient: &str, orders: &[String]) -> Result<HashMap<String, String>> {
    let mut found = HashMap::new();
    if orders.is_empty() {
        return Ok(found);
    }
    let asked = search(ResourceType::DIAGNOSTIC_REPORT, patient, "based-on", orders.join(","));
    let page = match cx.tenant.search(&cx.ctx, &asked).await {
        Err(Error::Denied) => return Ok(found),
        page => page?,
    };
    for entry in &page.entries {
        let Ok(json) = fhir::json::parse(&entry.visible.body) else { continue };
        for order in json.each("basedOn").filter_map(|one| one.get_str("reference")) {
            let report = format!("DiagnosticReport/{}", entry.visible.id);
            found.entry(order.to_string()).or_insert(report);
        }
    }
    Ok(found)
}
