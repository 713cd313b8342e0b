//! `POST surgeries/{id}/implants/{implant}/strike {reason}`: recorded by mistake. The Device stays, marked; the
//! stock gets back what it gave.

use super::device::{TAKEN, extension, identified, is_implant, is_struck, told};
use super::message::STRUCK;
use crate::perioperative::case::{CASE, Case, parsed, settled, updated};
use crate::perioperative::message::OTHER_CASE;
use crate::perioperative::person;
use crate::stock;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Result, Write};

const WHY: &str = "urn:medhub:struck";

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "surgeries/{id}/implants/{implant}/strike",
        summary: "Strikes an implant that was recorded by mistake, and gives it back to the stock",
        access: Access::SignedIn,
        handler: Arc::new(Strike),
    }
}

struct Strike;

#[async_trait]
impl Handler for Strike {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let reason = form.required("reason", 500);
        form.finish()?;
        let author = person::author(&cx).await?;
        let (id, implant) = (request.param("id"), request.param("implant"));
        let (cx, reason, author) = (&cx, &reason, &author);
        let told = settled(cx, || async move {
            let case = Case::read(cx, id).await?;
            prepared(cx, &case, implant, reason, author).await
        })
        .await?;
        Ok(RouteReply::json(200, &told))
    }
}

async fn prepared(
    cx: &RouteCtx,
    case: &Case,
    implant: &str,
    reason: &str,
    author: &Json<'static>,
) -> Result<(Vec<Write>, Json<'static>)> {
    let found = cx.tenant.read(&cx.ctx, ResourceType::DEVICE, implant).await?;
    let mut json = parsed(&found)?;
    if !is_implant(&json) || identified(&json, CASE) != Some(case.id.as_str()) {
        return Err(Issue::error(Code::NotFound, OTHER_CASE).into());
    }
    if is_struck(&json) {
        return Err(Issue::error(Code::Conflict, STRUCK).into());
    }
    let part = |url: &'static str, name: &'static str, value: Json<'static>| {
        Json::object([("url", Json::string(url)), (name, value)])
    };
    let parts = [
        part("reason", "valueString", Json::string(reason.to_string())),
        part("by", "valueReference", author.clone()),
        part("at", "valueInstant", fhir::edit::instant(cx.ctx.clock.now_ms())),
    ];
    let why = Json::object([("url", Json::string(WHY)), ("extension", Json::array(parts))]);
    if let Some(edit) = fhir::edit::edit(&mut json) {
        edit.status("entered-in-error").push("extension", why);
    }
    let mut writes = vec![updated(ResourceType::DEVICE, implant, found.version, &json)];
    let reference = format!("Device/{implant}");
    if case.procedure.is_some() {
        writes.push(case.with_procedure(|procedure| removed(procedure, &reference)));
    }
    let taken = extension(&json, TAKEN, "valueReference").and_then(|t| t.get_str("reference"));
    if let Some(lot) = taken.and_then(|reference| reference.strip_prefix("Device/")) {
        let line = stock::line(cx, lot).await?;
        writes.extend(line.map(|line| line.plus(1).update()));
    }
    let mut members = told(implant, &json);
    members.push(("strikeReason", Json::string(reason.to_string())));
    Ok((writes, Json::object(members)))
}

fn removed(procedure: &mut Json<'static>, device: &str) {
    let is_other = |focal: &&Json<'static>| {
        focal.get("manipulated").and_then(|m| m.get_str("reference")) != Some(device)
    };
    let kept: Vec<Json<'static>> = procedure.each("focalDevice").filter(is_other).cloned().collect();
    if let Some(edit) = fhir::edit::edit(procedure) {
        edit.set_or_remove("focalDevice", (!kept.is_empty()).then_some(Json::Array(kept)));
    }
}
