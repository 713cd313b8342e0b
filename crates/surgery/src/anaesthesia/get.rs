//! `GET surgeries/{id}/anaesthesia`: the whole time axis, for a chart.

use super::SHEET;
use super::balance::Balance;
use crate::perioperative::case::Case;
use crate::perioperative::entry::Stored;
use crate::perioperative::{entries, head};
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const MILESTONE: &str = "urn:medhub:milestone";

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/{id}/anaesthesia",
        summary: "The record of anaesthesia: vital signs, drugs, fluids with their balance, events",
        access: Access::SignedIn,
        handler: Arc::new(GetAxis),
    }
}

struct GetAxis;

#[async_trait]
impl Handler for GetAxis {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let case = Case::read(&cx, request.param("id")).await?;
        let entries = entries(&cx, &case, &SHEET).await?;
        let standing = || entries.iter().filter(|entry| entry.stands());
        let text = |entry: Option<&Stored>| entry.map_or(Json::Null, |e| Json::string(e.time.clone()));
        let (drugs, others): (Vec<&Stored>, Vec<&Stored>) =
            entries.iter().partition(|entry| entry.kind.name == super::DRUG);
        let mut members = head(&case);
        members.push(("from", text(standing().next())));
        members.push(("to", text(standing().next_back())));
        members.push(("entries", Json::array(others.iter().map(|e| e.told()))));
        members.push(("drugs", Json::array(drugs.iter().map(|e| e.told()))));
        members.push(("balance", Balance::of(entries.iter()).told()));
        members.push(("kinds", SHEET.told()));
        members.push(("milestones", milestones(&case)));
        Ok(RouteReply::json(200, &Json::object(members)))
    }
}

/// What the room has marked: in, induction, incision …
fn milestones(case: &Case) -> Json<'static> {
    let extensions = case.procedure.iter().flat_map(|(_, _, json)| json.each("extension"));
    let milestones = extensions.filter(|e| e.get_str("url") == Some(MILESTONE)).filter_map(|milestone| {
        let part = |url: &str, value: &str| {
            let part = milestone.each("extension").find(|p| p.get_str("url") == Some(url))?;
            part.get_str(value).map(|text| Json::string(text.to_string()))
        };
        let time = part("time", "valueInstant").or_else(|| part("time", "valueDateTime"))?;
        Some(Json::object([("code", part("code", "valueCode")?), ("time", time)]))
    });
    Json::array(milestones)
}
