//! `POST surgeries/{id}/milestones {code, time?, key?}`: one tap in the theatre. The same tap twice, or the same
//! milestone from a second tablet, changes nothing.

use super::message::{FUTURE, GONE, TOO_OLD, UNREADABLE};
use super::{Code, Mark, check, read, write};
use crate::case::whole::Whole;
use crate::case::{element, tell, zone};
use async_trait::async_trait;
use fhir::{Code as IssueCode, Issue};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

/// A tablet's clock may be a little ahead.
const AHEAD_MS: i64 = 2 * 60_000;
const OLD_MS: i64 = 7 * 24 * 3_600_000;
/// How often a write is prepared anew when somebody else was quicker.
pub(crate) const ATTEMPTS: usize = 5;

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "surgeries/{id}/milestones",
        summary: "Notes a milestone of a case",
        access: Access::SignedIn,
        handler: Arc::new(Tap),
    }
}

/// A time that a tablet says, or now.
pub(super) fn time(text: Option<&str>, now: i64) -> std::result::Result<i64, Issue> {
    let Some(text) = text else { return Ok(now) };
    let found = fhir::date::parse(text).filter(|m| m.zoned);
    let found = found.ok_or_else(|| Issue::error(IssueCode::Value, UNREADABLE).at("time"))?.lo_ms;
    if found > now + AHEAD_MS {
        let issue = Issue::error(IssueCode::Value, FUTURE).at("time");
        return Err(issue.arg("at", zone::hour(found)).arg("now", zone::hour(now)));
    }
    if found < now - OLD_MS {
        return Err(Issue::error(IssueCode::Value, TOO_OLD).at("time"));
    }
    Ok(found.min(now))
}

/// `Practitioner/…` of the caller and how they are called.
pub(crate) async fn author(cx: &RouteCtx) -> (Option<String>, Option<String>) {
    let Some(person) = cx.ctx.actor.person.as_deref() else { return (None, None) };
    let name = element::name_of(cx, person).await.ok().filter(|name| !name.is_empty());
    (Some(person.to_string()), name)
}

struct Tap;

#[async_trait]
impl Handler for Tap {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let now = cx.ctx.clock.now_ms();
        let mut form = Form::read(&request.body)?;
        let code = form.required_choice("code", &Code::ALL);
        let (said, key) = (form.text("time", 40), form.text("key", 64));
        let at = time(said.as_deref(), now);
        if let Err(issue) = &at {
            form.wrong(issue.clone());
        }
        form.finish()?;
        let (Some(code), Ok(at)) = (code, at) else { return Err(Error::NotFound) };
        let (by, by_name) = author(&cx).await;
        let mark = Mark { code, time: at, by, by_name, key, recorded: Some(now), reason: None };
        for left in (0..ATTEMPTS).rev() {
            let case = Whole::read(&cx, request.param("id")).await?;
            let mut marks = case.procedure.as_ref().map(|p| read(&p.json)).unwrap_or_default();
            if marks.iter().any(|known| known.code == code) {
                return Ok(RouteReply::json(200, &tell::surgery(&case)));
            }
            if case.status().is_gone() {
                return Err(Issue::error(IssueCode::Conflict, GONE).into());
            }
            marks.push(mark.clone());
            marks.sort_by_key(|mark| mark.code);
            check(&marks)?;
            match cx.tenant.commit(&cx.ctx, write::writes(&case, &marks)).await {
                Err(error) if left > 0 && element::raced(&error) => {}
                Err(error) => return Err(error),
                Ok(_) => break,
            }
        }
        let case = Whole::read(&cx, request.param("id")).await?;
        Ok(RouteReply::json(201, &tell::surgery(&case)))
    }
}
