//! `POST appointment-reminders/schedule` with `{appointment}`, or with nothing for all that is booked from now on: plans
//! the reminders of appointments as they stand. Reminders plan themselves; this is for what was booked before a mail
//! server or a gateway was set up.

use super::list::{hub, may};
use super::tell::{names, tell};
use crate::channel::{Channel, Channels};
use crate::element::parsed;
use crate::read::{by_params, one};
use crate::reminder::{Visit, follow, known};
use crate::words::{NO_APPOINTMENT, NOTHING_SET_UP};
use async_trait::async_trait;
use fhir::edit::instant;
use fhir::{Code, Issue, Json, ResourceType};
use policy::Verb;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

/// How far ahead appointments are looked for.
const WEEKS: i64 = 60;
const WEEK: i64 = 7 * 86_400_000;

pub(super) fn route(channels: &Arc<Channels>) -> Route {
    Route {
        method: Method::Post,
        path: "appointment-reminders/schedule",
        summary: "Plans the reminders of an appointment, or of all that are booked",
        access: Access::SignedIn,
        handler: Arc::new(Schedule(channels.clone())),
    }
}

struct Schedule(Arc<Channels>);

#[async_trait]
impl Handler for Schedule {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let asked = form.text("appointment", 100);
        form.finish()?;
        let hub = hub(&cx);
        let Some(id) = asked.as_deref().map(|id| id.strip_prefix("Appointment/").unwrap_or(id)) else {
            return self.all(&cx).await;
        };
        let now = cx.ctx.clock.now_ms();
        let found = one(&cx.tenant, &hub, ResourceType::APPOINTMENT, id).await?;
        let visit = found.and_then(|(_, json)| Visit::of(&json)).filter(|visit| visit.start > now);
        let visit = visit.ok_or_else(|| Issue::error(Code::NotFound, NO_APPOINTMENT).at("appointment"))?;
        may(&cx, Verb::Write, Some(&visit.patient)).await?;
        self.ready(&cx)?;
        cx.tenant
            .audit_operation(&cx.ctx, "reminders-schedule", Some((ResourceType::APPOINTMENT, id)))
            .await?;
        let writes = follow(&cx.tenant, &hub, &self.0, id).await?;
        cx.tenant.commit(&hub, writes).await?;
        let all = known(&cx.tenant, &hub, id).await?;
        let (said, names) = (super::tell::said(&cx, &hub, &all).await?, names(&cx, &all).await?);
        let items =
            all.iter().map(|one| tell(one, said.get(&one.id), one.patient().and_then(|id| names.get(id))));
        Ok(RouteReply::json(200, &Json::object([("items", Json::array(items))])))
    }
}

impl Schedule {
    fn ready(&self, cx: &RouteCtx) -> Result<()> {
        match Channel::ALL.into_iter().any(|way| self.0.ready(cx.tenant.name(), way)) {
            true => Ok(()),
            false => Err(Error::refused(Code::NotSupported, NOTHING_SET_UP)),
        }
    }

    async fn all(&self, cx: &RouteCtx) -> Result<RouteReply> {
        may(cx, Verb::Write, None).await?;
        self.ready(cx)?;
        cx.tenant.audit_operation(&cx.ctx, "reminders-schedule", None).await?;
        let hub = hub(cx);
        let begin = cx.ctx.clock.now_ms();
        let at = |ms: i64| instant(ms).as_str().unwrap_or_default().to_string();
        let mut planned = 0;
        // Week by week, so that no list is longer than what is read of one.
        for week in 0..WEEKS {
            let (from, to) = (begin + week * WEEK, begin + (week + 1) * WEEK);
            let days = [("date", format!("ge{}", at(from))), ("date", format!("lt{}", at(to)))];
            let params: Vec<_> = [("status", "booked".to_string())].into_iter().chain(days).collect();
            for found in by_params(&cx.tenant, &hub, ResourceType::APPOINTMENT, &params).await? {
                if Visit::of(&parsed(&found)?).is_none() {
                    continue;
                }
                let writes = follow(&cx.tenant, &hub, &self.0, &found.id).await?;
                planned += i64::try_from(writes.len()).unwrap_or(0);
                if !writes.is_empty() {
                    cx.tenant.commit(&hub, writes).await?;
                }
            }
        }
        Ok(RouteReply::json(200, &Json::object([("planned", Json::integer(planned))])))
    }
}
