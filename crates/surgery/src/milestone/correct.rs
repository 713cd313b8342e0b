//! `POST surgeries/{id}/milestones/correct {code, time, reason}`: another time for a milestone; the former version of
//! the Procedure keeps what was noted first.

use super::message::NOT_NOTED;
use super::{Code, check, read, tap, write};
use crate::case::tell;
use crate::case::whole::Whole;
use async_trait::async_trait;
use fhir::{Code as IssueCode, Issue};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "surgeries/{id}/milestones/correct",
        summary: "Corrects the time of a milestone",
        access: Access::SignedIn,
        handler: Arc::new(Correct),
    }
}

struct Correct;

#[async_trait]
impl Handler for Correct {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let now = cx.ctx.clock.now_ms();
        let mut form = Form::read(&request.body)?;
        let code = form.required_choice("code", &Code::ALL);
        let reason = form.required("reason", 500);
        let at = tap::time(Some(&form.required("time", 40)), now);
        if let Err(issue) = &at {
            form.wrong(issue.clone());
        }
        form.finish()?;
        let (Some(code), Ok(at)) = (code, at) else { return Err(Error::NotFound) };
        let case = Whole::read(&cx, request.param("id")).await?;
        let mut marks = case.procedure.as_ref().map(|p| read(&p.json)).unwrap_or_default();
        let Some(mark) = marks.iter_mut().find(|mark| mark.code == code) else {
            return Err(Issue::error(IssueCode::NotFound, NOT_NOTED).at("code").into());
        };
        (mark.time, mark.reason, mark.recorded) = (at, Some(reason), Some(now));
        (mark.by, mark.by_name) = tap::author(&cx).await;
        check(&marks)?;
        cx.tenant.commit(&cx.ctx, write::writes(&case, &marks)).await?;
        Ok(RouteReply::json(200, &tell::surgery(&Whole::read(&cx, request.param("id")).await?)))
    }
}
