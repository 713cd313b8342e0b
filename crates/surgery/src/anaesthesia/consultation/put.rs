//! `PUT surgeries/{id}/preanaesthesia`: saves the consultation over the version that was read, and completes it.

use super::delay::Delay;
use super::fields::{KIND, NEEDED};
use super::get::told;
use super::message;
use super::response::Consultation;
use crate::perioperative::booking::planned;
use crate::perioperative::case::Case;
use crate::perioperative::field::{Value, clean};
use crate::perioperative::person;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Role};

pub(super) fn route() -> Route {
    Route {
        method: Method::Put,
        path: "surgeries/{id}/preanaesthesia",
        summary: "Saves the pre-anaesthetic consultation, as a draft or completed",
        access: Access::SignedIn,
        handler: Arc::new(Save),
    }
}

struct Save;

#[async_trait]
impl Handler for Save {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let why = form.text("overrideReason", 500).map(|why| clean(&why));
        let (complete, confirmed) = (form.flag("complete"), form.flag("confirmed"));
        let version = form.json().get("version").and_then(Json::as_number);
        let version = version.and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
        let mut issues = Vec::new();
        let values = KIND.read(form.json().get("values"), confirmed, "values", &mut issues);
        issues.extend(missing(&values, complete));
        issues.into_iter().for_each(|issue| form.wrong(issue));
        form.finish()?;
        let id = request.param("id");
        let case = Case::read(&cx, id).await?;
        let known = Consultation::read(&cx, &case).await?;
        let current = known.as_ref().map_or(0, |known| known.version);
        let was_done = known.as_ref().and_then(|known| known.done);
        if (complete || was_done.is_some()) && !cx.ctx.actor.has(Role::Anaesthetist) {
            let on = Some((ResourceType::SERVICE_REQUEST, id));
            cx.tenant.audit_refused(&cx.ctx, "preanaesthesia", on).await?;
            return Err(Error::refused(Code::Forbidden, message::NO_ANAESTHETIST));
        }
        if version != current {
            return Err(Error::VersionConflict { current });
        }
        let now = cx.ctx.clock.now_ms();
        let known_why = known.and_then(|known| known.override_reason);
        let mut new = Consultation {
            version,
            values,
            author: person::author(&cx).await?,
            // What was completed stays so; the delay counts from the first time.
            done: was_done.or(complete.then_some(now)),
            override_reason: why.or(known_why),
        };
        if complete && was_done.is_none() {
            let planned = planned(&cx, &case).await?.map(|(at, _)| at);
            let delay = Delay { urgent: case.is_urgent(), planned, done: Some(now), now };
            match delay.refusal() {
                Some(issue) if new.override_reason.is_none() => return Err(issue.into()),
                Some(_) => {}
                None => new.override_reason = None,
            }
        }
        cx.tenant.commit(&cx.ctx, vec![new.write(&case, now)]).await?;
        new.version += 1;
        Ok(RouteReply::json(200, &told(&cx, &case, Some(&new)).await?))
    }
}

/// What is needed to complete it and is not there.
fn missing(values: &[(&'static str, Value)], complete: bool) -> Vec<Issue> {
    if !complete {
        return Vec::new();
    }
    let absent = NEEDED.iter().filter_map(|name| match values.iter().find(|(n, _)| n == name) {
        None => Some(Issue::error(Code::Required, message::NEEDED).at(format!("values.{name}"))),
        Some((_, Value::Flag(false))) => {
            Some(Issue::error(Code::BusinessRule, message::INFORMED).at(format!("values.{name}")))
        }
        Some(_) => None,
    });
    absent.collect()
}
