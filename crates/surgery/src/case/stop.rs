//! `POST surgeries/{id}/cancel|postpone {version, reason, note?}` and `POST surgeries/{id}/resume {version}`. The
//! booking of a case that is stopped is the plan's: whoever plans lets its place go.

use super::change::same_version;
use super::element::{self, REASON, concept, instant, make, put, text};
use super::message::{INSIDE, NOT_STOPPED, WHY};
use super::whole::Whole;
use super::{reasons, tell};
use crate::status::Status;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn routes() -> Vec<Route> {
    let one = |path, summary, to: &'static str| Route {
        method: Method::Post,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Stop { to }),
    };
    vec![
        one("surgeries/{id}/cancel", "Cancels a case", "revoked"),
        one("surgeries/{id}/postpone", "Postpones a case", "on-hold"),
        one("surgeries/{id}/resume", "Takes a postponed or cancelled case up again", "active"),
    ]
}

struct Stop {
    to: &'static str,
}

#[async_trait]
impl Handler for Stop {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let mut case = Whole::read(&cx, request.param("id")).await?;
        same_version(&form, &case)?;
        let resumed = self.to == "active";
        let note = form.text("note", 2_000);
        let reason = if resumed { None } else { reasons::chosen(&mut form) };
        if reason.is_some_and(|r| r.code == "other") && note.is_none() {
            form.wrong(Issue::error(Code::Required, WHY).at("note"));
        }
        form.finish()?;
        let status = case.status();
        match (resumed, status.is_gone()) {
            (true, false) => return Err(Issue::error(Code::Conflict, NOT_STOPPED).into()),
            (false, _) if matches!(status, Status::InProgress | Status::PostOp | Status::Completed) => {
                return Err(Issue::error(Code::Conflict, INSIDE).into());
            }
            _ => {}
        }
        let why = match reason {
            Some(reason) => Some(concept(reasons::system(), reason.code, reason.text(cx.ctx.lang))),
            None if resumed => None,
            None => return Err(Error::NotFound),
        };
        put(&mut case.json, REASON, why.map(|why| make(REASON, "valueCodeableConcept", why)));
        if let Some(object) = case.json.as_object_mut() {
            object.set("status", text(self.to));
        }
        if let Some(note) = note {
            let said = [("text", text(note)), ("time", instant(cx.ctx.clock.now_ms()))];
            if let Some(edit) = fhir::edit::edit(&mut case.json) {
                edit.push("note", Json::object(said));
            }
        }
        let write = element::write(ResourceType::SERVICE_REQUEST, &case.id, Some(case.version), &case.json);
        cx.tenant.commit(&cx.ctx, vec![write]).await?;
        Ok(RouteReply::json(200, &tell::surgery(&Whole::read(&cx, request.param("id")).await?)))
    }
}
