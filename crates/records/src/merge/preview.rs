//! `GET patients/{id}/merge?into=…`: how many entries stand in each of two records, so that the fuller one
//! stays. What the caller may not read is not counted; then the count is absent.

use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Error, Result};

/// What is counted, with the search parameter that names the patient.
const COUNTED: [(ResourceType, &str); 9] = [
    (ResourceType::ENCOUNTER, "patient"),
    (ResourceType::APPOINTMENT, "patient"),
    (ResourceType::CONDITION, "patient"),
    (ResourceType::ALLERGY_INTOLERANCE, "patient"),
    (ResourceType::MEDICATION_REQUEST, "patient"),
    (ResourceType::PROCEDURE, "patient"),
    (ResourceType::COMPOSITION, "patient"),
    (ResourceType::DOCUMENT_REFERENCE, "patient"),
    (ResourceType::COVERAGE, "patient"),
];

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "patients/{id}/merge",
        summary: "Counts what stands in a record and in the one that it may be merged into",
        access: Access::SignedIn,
        handler: Arc::new(Preview),
    }
}

struct Preview;

#[async_trait]
impl Handler for Preview {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut told = Vec::new();
        for (name, id) in [("from", request.param("id")), ("into", request.query("into").unwrap_or_default())]
        {
            cx.tenant.read(&cx.ctx, ResourceType::PATIENT, id).await?;
            let mut counts = Vec::new();
            for (rt, param) in COUNTED {
                if let Some(n) = count(&cx, rt, param, id).await? {
                    counts.push((rt.name(), Json::integer(i64::try_from(n).unwrap_or(i64::MAX))));
                }
            }
            told.push((
                name,
                Json::object([("id", Json::string(id.to_string())), ("counts", Json::object(counts))]),
            ));
        }
        Ok(RouteReply::json(200, &Json::object(told)))
    }
}

async fn count(cx: &RouteCtx, rt: ResourceType, param: &str, id: &str) -> Result<Option<u64>> {
    let params = vec![(param.to_string(), format!("Patient/{id}")), ("_summary".into(), "count".into())];
    let request = SearchRequest { rt: Some(rt), params, ..SearchRequest::default() };
    match cx.tenant.search(&cx.ctx, &request).await {
        Ok(page) => Ok(page.total),
        Err(Error::Denied) => Ok(None),
        Err(other) => Err(other),
    }
}
