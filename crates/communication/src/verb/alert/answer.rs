//! `POST medical-alerts/{id}/ack|respond|pass|resolve|withdraw {version, comment}`: what people say to an alert.

use super::tell::{found, is_sender, may_answer, tell};
use crate::alert::{Answer, answer};
use crate::due::Due;
use crate::person::myself;
use crate::verb::list::hub;
use crate::words::{ALERT_OVER, VERSION};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const WORDS_MAX: usize = 500;

pub(super) fn routes(due: &Arc<Due>) -> [Route; 5] {
    let route = |path, summary, said| Route {
        method: Method::Post,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Said { said, due: due.clone() }),
    };
    [
        route("medical-alerts/{id}/ack", "I have read the alert", Answer::Ack),
        route("medical-alerts/{id}/respond", "I come", Answer::Respond),
        route("medical-alerts/{id}/pass", "I cannot come: the next ones are called", Answer::Pass),
        route("medical-alerts/{id}/resolve", "The alert is over, and how", Answer::Resolve),
        route("medical-alerts/{id}/withdraw", "Its sender takes the alert back", Answer::Withdraw),
    ]
}

struct Said {
    said: Answer,
    due: Arc<Due>,
}

#[async_trait]
impl Handler for Said {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let version =
            form.json().get("version").and_then(Json::as_number).and_then(|n| n.parse::<u64>().ok());
        if version.is_none() {
            form.wrong(Issue::error(Code::Required, VERSION).at("version"));
        }
        let words = match self.said {
            // Whoever ends it says how.
            Answer::Resolve | Answer::Withdraw => Some(form.required("comment", WORDS_MAX)),
            _ => form.text("comment", WORDS_MAX),
        };
        form.finish()?;
        let id = request.param("id");
        let mut alert = found(&cx, id).await?;
        let (name, on) = ("medical-alert-answer", Some((ResourceType::COMMUNICATION_REQUEST, id)));
        let may = match self.said {
            Answer::Withdraw => is_sender(&cx, &alert),
            _ => may_answer(&cx, &alert).await?,
        };
        if !may {
            cx.tenant.audit_refused(&cx.ctx, name, on).await?;
            return Err(Error::Denied);
        }
        if alert.version != version {
            return Err(Error::VersionConflict { current: alert.version.unwrap_or(0) });
        }
        let now = cx.ctx.clock.now_ms();
        let stand = answer(alert.stand(), self.said, alert.priority(), now);
        let stand = stand.ok_or_else(|| Error::refused(Code::Conflict, ALERT_OVER))?;
        alert.stand_set(stand);
        alert.event(self.said.as_str(), Some(&myself(&cx).await), words.as_deref(), now);
        cx.tenant.audit_operation(&cx.ctx, name, on).await?;
        let done = cx.tenant.commit(&hub(&cx), vec![alert.write()]).await?;
        self.due.touch(cx.tenant.name());
        alert.version = done.first().map(|one| one.version);
        let told = tell(&cx, &[alert]).await?;
        Ok(RouteReply::json(200, &told.into_iter().next().unwrap_or(Json::Null)))
    }
}
