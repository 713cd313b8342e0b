//! `POST booking/open`: the patient proves the birth date. Every try is counted before it is compared, so that many at
//! once are not more than one after the other.

use super::invitation::{Invitation, TRIES};
use super::visit::{Guest, by_token};
use super::words::{LOCKED, WRONG_DATE};
use crate::element::{instant, text};
use crate::index::Shelves;
use crate::secret::{self, digest};
use crate::zone::MINUTE;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

/// How long the page stays open.
const OPEN: i64 = 30 * MINUTE;

pub(super) fn route(shelves: &Arc<Shelves>) -> Route {
    Route {
        method: Method::Post,
        path: "booking/open",
        summary: "A patient opens a link by the birth date",
        access: Access::Open,
        handler: Arc::new(Open(shelves.clone())),
    }
}

struct Open(Arc<Shelves>);

#[async_trait]
impl Handler for Open {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let (cx, shelf, invitation) = by_token(cx, &self.0, &request).await?;
        let mut form = Form::read(&request.body)?;
        let said = form.required("birthDate", 10);
        form.finish()?;
        let on = Some((ResourceType::PATIENT, invitation.patient.as_str()));
        let try_one = |i: &mut Invitation| {
            let left = i.tries > 0 && !i.withdrawn;
            i.tries -= i64::from(left);
            left
        };
        if !Invitation::change(&cx, &invitation.digest, try_one).await? {
            cx.tenant.audit_refused(&cx.ctx, "self-booking-locked", on).await?;
            return Err(Error::refused(Code::Forbidden, LOCKED));
        }
        let found = cx.tenant.read(&cx.ctx, ResourceType::PATIENT, &invitation.patient).await?;
        let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored Patient".into()))?;
        if json.get_str("birthDate") != Some(said.as_str()) {
            cx.tenant.audit_refused(&cx.ctx, "self-booking-open", on).await?;
            let left = invitation.tries - 1;
            let issue = match left {
                0 => Issue::error(Code::Forbidden, LOCKED),
                _ => Issue::error(Code::Forbidden, WRONG_DATE).at("birthDate").arg("left", left),
            };
            return Err(issue.into());
        }
        let pass = secret::fresh()?;
        let (kept, until) = (digest(&pass), cx.ctx.clock.now_ms() + OPEN);
        let opened = |i: &mut Invitation| {
            i.tries = TRIES;
            i.pass = Some((kept.clone(), until));
            true
        };
        if !Invitation::change(&cx, &invitation.digest, opened).await? {
            return Err(Error::NotFound);
        }
        cx.tenant.audit_operation(&cx.ctx, "self-booking-open", on).await?;
        let guest = Guest::of(cx, shelf, invitation).await?;
        let more = [("pass", text(pass)), ("passUntil", instant(until))];
        Ok(RouteReply::json(200, &Json::object(guest.told().await?.into_iter().chain(more))))
    }
}
