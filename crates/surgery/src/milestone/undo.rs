//! `POST surgeries/{id}/milestones/undo {code}`: takes the last milestone back, within five minutes.

use super::message::{NOT_LAST, UNDO_LATE};
use super::{Code, read, write};
use crate::case::tell;
use crate::case::whole::Whole;
use async_trait::async_trait;
use fhir::{Code as IssueCode, Issue};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const MINUTES: i64 = 5;

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "surgeries/{id}/milestones/undo",
        summary: "Takes back the milestone that was noted last",
        access: Access::SignedIn,
        handler: Arc::new(Undo),
    }
}

struct Undo;

#[async_trait]
impl Handler for Undo {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let code = form.required_choice("code", &Code::ALL);
        form.finish()?;
        let code = code.ok_or(Error::NotFound)?;
        let case = Whole::read(&cx, request.param("id")).await?;
        let mut marks = case.procedure.as_ref().map(|p| read(&p.json)).unwrap_or_default();
        // Undone already by the same tap that was sent twice.
        let Some(mark) = marks.iter().find(|mark| mark.code == code).cloned() else {
            return Ok(RouteReply::json(200, &tell::surgery(&case)));
        };
        let heard = |mark: &super::Mark| mark.recorded.unwrap_or(mark.time);
        if marks.iter().any(|other| (heard(other), other.code) > (heard(&mark), mark.code)) {
            return Err(Issue::error(IssueCode::Conflict, NOT_LAST).at("code").into());
        }
        if cx.ctx.clock.now_ms() - heard(&mark) > MINUTES * 60_000 {
            let issue = Issue::error(IssueCode::Conflict, UNDO_LATE).at("code");
            return Err(issue.arg("minutes", MINUTES).into());
        }
        marks.retain(|mark| mark.code != code);
        cx.tenant.commit(&cx.ctx, write::writes(&case, &marks)).await?;
        Ok(RouteReply::json(200, &tell::surgery(&Whole::read(&cx, request.param("id")).await?)))
    }
}
