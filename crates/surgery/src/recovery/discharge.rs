//! `POST surgeries/{id}/recovery/discharge`: an anaesthetist lets the patient leave.

use super::get::judged;
use super::message::{DECIDED, NO_ANAESTHETIST, NOT_FIT};
use super::record::{Discharge, Recovery};
use crate::perioperative::case::{Case, created, derived, settled};
use crate::perioperative::field::clean;
use crate::perioperative::message::CLIENT_ID;
use crate::perioperative::person;
use async_trait::async_trait;
use fhir::{Code, Issue, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Role};
use uuid::Uuid;

const FROM: [(&str, &str); 2] = [("recovery", "recovery"), ("ambulatory", "ambulatory")];
const TO: [(&str, &str); 4] =
    [("ward", "ward"), ("ambulatory", "ambulatory"), ("intensive-care", "intensive-care"), ("home", "home")];

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "surgeries/{id}/recovery/discharge",
        summary: "An anaesthetist decides that the patient leaves the recovery room or goes home",
        access: Access::SignedIn,
        handler: Arc::new(Decide),
    }
}

struct Decide;

struct Asked {
    client: Uuid,
    from: &'static str,
    to: &'static str,
    note: Option<String>,
    override_reason: Option<String>,
}

#[async_trait]
impl Handler for Decide {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let asked = read(&request.body)?;
        let id = request.param("id");
        if !cx.ctx.actor.has(Role::Anaesthetist) {
            cx.tenant.audit_refused(&cx.ctx, "discharge", Some((ResourceType::SERVICE_REQUEST, id))).await?;
            return Err(Error::refused(Code::Forbidden, NO_ANAESTHETIST));
        }
        let by = person::author(&cx).await?;
        let (cx, asked, by) = (&cx, &asked, &by);
        let (new, told) = settled(cx, || async move {
            let case = Case::read(cx, id).await?;
            let recovery = Recovery::read(cx, &case).await?;
            let id = derived("discharge", &case.id, &asked.client.to_string());
            if let Some(known) = recovery.discharges.iter().find(|known| known.id == id) {
                return Ok((Vec::new(), (false, known.told())));
            }
            let against = against(cx, &recovery, asked)?;
            let discharge = Discharge {
                id: id.clone(),
                from: asked.from.into(),
                to: asked.to.into(),
                time: fhir::date::instant_format(cx.ctx.clock.now_ms()),
                by: by.clone(),
                note: asked.note.clone(),
                override_reason: asked.override_reason.clone().filter(|_| against),
            };
            let mut writes = vec![created(ResourceType::OBSERVATION, id, &discharge.json(&case))];
            writes.extend(case.begun());
            Ok((writes, (true, discharge.told())))
        })
        .await?;
        Ok(RouteReply::json(if new { 201 } else { 200 }, &told))
    }
}

/// Whether something speaks against it, which the reason outweighs.
fn against(cx: &RouteCtx, recovery: &Recovery, asked: &Asked) -> Result<bool> {
    if recovery.discharges.iter().any(|known| known.from == asked.from) {
        return Err(Error::refused(Code::Conflict, DECIDED));
    }
    let scale = if asked.from == "ambulatory" { "padss" } else { "aldrete" };
    let last = recovery.last(scale);
    // To intensive care goes who is not fit.
    let fit = last.is_some_and(|score| score.is_fit()) || asked.to == "intensive-care";
    if !fit && asked.override_reason.is_none() {
        let what = judged(scale, last, cx.ctx.lang);
        return Err(Issue::error(Code::BusinessRule, NOT_FIT).at("overrideReason").arg("what", what).into());
    }
    Ok(!fit)
}

fn read(body: &[u8]) -> Result<Asked> {
    let mut form = Form::read(body)?;
    let client = form.required("id", 40);
    let client = Uuid::try_parse(&client).ok();
    if client.is_none() {
        form.wrong(Issue::error(Code::Value, CLIENT_ID).at("id"));
    }
    let (from, to) = (form.required_choice("from", &FROM), form.required_choice("to", &TO));
    let note = form.text("note", 2_000).map(|text| clean(&text));
    let override_reason = form.text("overrideReason", 500).map(|text| clean(&text));
    form.finish()?;
    match (client, from, to) {
        (Some(client), Some(from), Some(to)) => Ok(Asked { client, from, to, note, override_reason }),
        _ => Err(Error::NotFound),
    }
}
