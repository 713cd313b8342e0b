//! `GET surgeries/{id}/implants`: what was implanted in an operation.

use super::device::{is_implant, told};
use super::recall::token;
use crate::perioperative::case::{CASE, Case, all, parsed};
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/{id}/implants",
        summary: "The implants of an operation",
        access: Access::SignedIn,
        handler: Arc::new(ListImplants),
    }
}

struct ListImplants;

#[async_trait]
impl Handler for ListImplants {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let case = Case::read(&cx, request.param("id")).await?;
        let implants = of_case(&cx, &case).await?;
        let implants = implants.iter().map(|(id, json)| Json::object(told(id, json)));
        Ok(RouteReply::json(200, &Json::object([("implants", Json::array(implants))])))
    }
}

/// The implants of a case, struck ones too, in the order in which they were recorded.
///
/// # Errors
/// The store's.
pub(crate) async fn of_case(cx: &RouteCtx, case: &Case) -> Result<Vec<(String, Json<'static>)>> {
    let mut implants = Vec::new();
    for found in all(cx, ResourceType::DEVICE, [("identifier", token(CASE, &case.id))]).await? {
        let json = parsed(&found)?;
        if is_implant(&json) {
            implants.push((found.id, json));
        }
    }
    let time = |json: &Json<'static>| {
        super::device::extension(json, super::device::IMPLANTED, "valueInstant")
            .and_then(|v| v.as_str())
            .map(String::from)
    };
    implants.sort_by_key(|(id, json)| (time(json), id.clone()));
    Ok(implants)
}
