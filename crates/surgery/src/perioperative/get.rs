//! `GET surgeries/{id}/perioperative`: the nurses' record, with what it adds up to.

use super::case::{Case, all, parsed};
use super::entry::Stored;
use super::list::entries;
use super::{SHEET, count, specimen, tourniquet};
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::HashMap;
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/{id}/perioperative",
        summary: "The nurses' record of an operation: entries, counts, tourniquets, specimens",
        access: Access::SignedIn,
        handler: Arc::new(GetRecord),
    }
}

struct GetRecord;

#[async_trait]
impl Handler for GetRecord {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let case = Case::read(&cx, request.param("id")).await?;
        let entries = entries(&cx, &case, &SHEET).await?;
        let taken = specimens(&cx, &case, &entries).await?;
        let mut members = head(&case);
        members.push(("entries", Json::array(entries.iter().map(Stored::told))));
        members.push(("counts", count::told(&entries)));
        members.push(("tourniquets", tourniquet::told(&entries, cx.ctx.clock.now_ms())));
        members.push(("specimens", taken));
        members.push(("kinds", SHEET.told()));
        Ok(RouteReply::json(200, &Json::object(members)))
    }
}

/// The case, its Procedure and its patient.
pub(crate) fn head(case: &Case) -> Vec<(&'static str, Json<'static>)> {
    let procedure = case.procedure.as_ref().map(|(id, ..)| Json::string(format!("Procedure/{id}")));
    vec![
        ("case", Json::string(case.reference())),
        ("procedure", procedure.unwrap_or(Json::Null)),
        ("patient", Json::string(format!("Patient/{}", case.patient))),
    ]
}

async fn specimens(cx: &RouteCtx, case: &Case, entries: &[Stored]) -> Result<Json<'static>> {
    let taken: Vec<&Stored> = entries.iter().filter(|e| e.stands() && e.specimen.is_some()).collect();
    if taken.is_empty() {
        return Ok(Json::array([]));
    }
    let query = [("patient", format!("Patient/{}", case.patient))];
    let mut known = HashMap::new();
    for found in all(cx, ResourceType::SPECIMEN, query).await? {
        known.insert(format!("Specimen/{}", found.id), parsed(&found)?);
    }
    let of = |entry: &Stored| entry.specimen.as_ref().and_then(|reference| known.get(reference));
    Ok(Json::array(taken.into_iter().map(|entry| specimen::told(entry, of(entry)))))
}
