//! `POST watch/alerts/{id}/incident`: the privacy officer takes an alert for a breach of data. The clock of 72
//! hours runs from when the clinic became aware of it.

use super::read::{note, officer, one, watching, write};
use super::{alert, incident};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const NOT_THEN: Text = Text {
    key: "watch.aware-at",
    fr: "Indiquez un instant entre l'alerte et maintenant, par exemple 2026-11-22T09:30:00+01:00.",
    en: "Give a moment between the alert and now, such as 2026-11-22T09:30:00+01:00.",
    de: "Geben Sie einen Zeitpunkt zwischen dem Alarm und jetzt an, etwa 2026-11-22T09:30:00+01:00.",
};

const OPENED: Text = Text {
    key: "watch.incident-open",
    fr: "Un incident est déjà ouvert pour cette alerte : complétez-le.",
    en: "An incident is already open for this alert: complete it.",
    de: "Zu diesem Alarm ist bereits ein Vorfall eröffnet: Ergänzen Sie ihn.",
};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "watch/alerts/{id}/incident",
        summary: "Opens an incident for an alert and starts its clock",
        access: Access::SignedIn,
        handler: Arc::new(OpenIncident),
    }
}

struct OpenIncident;

#[async_trait]
impl Handler for OpenIncident {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        officer(&cx).await?;
        let body: &[u8] = if request.body.is_empty() { b"{}" } else { &request.body };
        let mut form = Form::read(body)?;
        let text = form.text("note", 5_000);
        let aware = form.text("aware_at", 40);
        form.finish()?;
        let (found, alert) = one(&cx, ResourceType::COMMUNICATION, request.param("id")).await?;
        let now = cx.ctx.clock.now_ms();
        let aware = match aware {
            Some(text) => moment(&text, since(&alert), now, "aware_at", NOT_THEN)?,
            None => now,
        };
        let id = incident::id_of(&found.id);
        let mut task = incident::task(&id, &found.id, &alert, &cx.ctx.actor.name, now, aware);
        if let Some(text) = &text {
            note(&mut task, &cx, text);
        }
        match cx.tenant.commit(&watching(&cx), vec![write(ResourceType::TASK, &id, None, &task)]).await {
            Ok(_) => Ok(RouteReply::json(201, &incident::told(&task, cx.ctx.lang))),
            Err(Error::VersionConflict { .. }) => Err(Error::refused(Code::Duplicate, OPENED)),
            Err(other) => Err(other),
        }
    }
}

/// When the alert began, ms since epoch.
fn since(alert: &Json<'_>) -> i64 {
    let window = alert::part(alert, "window").and_then(|w| w.get_str("start")).and_then(fhir::date::instant);
    window.map_or(i64::MIN, |moment| moment.lo_ms)
}

/// A moment between two others.
pub(super) fn moment(text: &str, from: i64, to: i64, field: &'static str, wrong: Text) -> Result<i64> {
    let read = fhir::date::instant(text).map(|m| m.lo_ms).filter(|at| (from..=to).contains(at));
    read.ok_or_else(|| Issue::error(Code::Value, wrong).at(field).into())
}
