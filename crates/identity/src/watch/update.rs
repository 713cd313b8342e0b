//! `POST watch/incidents/{id}`: what became of an incident: contained, told to the authority, closed.

use super::incident::{self, NOTIFIED, STATES};
use super::open::moment;
use super::read::{note, officer, one, watching, write};
use async_trait::async_trait;
use fhir::edit::codeable_concept;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const NOTIFIED_AT: Text = Text {
    key: "watch.notified-at",
    fr: "Indiquez quand l'autorité a été informée : un instant depuis le début du délai, jusqu'à maintenant.",
    en: "Say when the authority was told: a moment since the clock began, up to now.",
    de: "Geben Sie an, wann die Behörde informiert wurde: ein Zeitpunkt seit Beginn der Frist, bis jetzt.",
};

const SAY_WHEN: Text = Text {
    key: "watch.say-when",
    fr: "Un incident notifié porte la date de la notification : renseignez « notified_at ».",
    en: "An incident that was notified has the time of it: give \"notified_at\".",
    de: "Ein gemeldeter Vorfall trägt den Zeitpunkt der Meldung: Geben Sie „notified_at“ an.",
};

const SAY_WHY: Text = Text {
    key: "watch.say-why",
    fr: "Un incident clos sans notification à l'autorité porte la raison, que l'autorité peut demander : écrivez une note.",
    en: "An incident closed without telling the authority has the reason, which the authority may ask for: write a note.",
    de: "Ein ohne Meldung an die Behörde geschlossener Vorfall trägt den Grund, den die Behörde verlangen kann: Schreiben Sie eine Notiz.",
};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "watch/incidents/{id}",
        summary: "Says what became of an incident",
        access: Access::SignedIn,
        handler: Arc::new(UpdateIncident),
    }
}

struct UpdateIncident;

#[async_trait]
impl Handler for UpdateIncident {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        officer(&cx).await?;
        let mut form = Form::read(&request.body)?;
        let state = form.choice("state", &STATES.map(|(name, status)| (name, (name, status))));
        let text = form.text("note", 5_000);
        let told_at = form.text("notified_at", 40);
        form.finish()?;
        let (found, mut task) = one(&cx, ResourceType::TASK, request.param("id")).await?;
        let now = cx.ctx.clock.now_ms();
        if let Some(at) = &told_at {
            let start =
                task.get("restriction").and_then(|r| r.get("period")).and_then(|p| p.get_str("start"));
            let start = start.and_then(fhir::date::instant).map_or(i64::MIN, |m| m.lo_ms);
            moment(at, start, now, "notified_at", NOTIFIED_AT)?;
            notified(&mut task, at);
        }
        if let Some((name, status)) = state {
            let was_told = task.get("output").is_some();
            if name == "notified" && !was_told {
                return Err(Issue::error(Code::Required, SAY_WHEN).at("notified_at").into());
            }
            if name == "closed" && !was_told && text.is_none() {
                return Err(Issue::error(Code::Required, SAY_WHY).at("note").into());
            }
            if let Some(edit) = fhir::edit::edit(&mut task) {
                edit.set("status", Json::string(status))
                    .set("businessStatus", codeable_concept(super::alert::WATCH, name, None));
            }
        }
        if let Some(text) = &text {
            note(&mut task, &cx, text);
        }
        let write = write(ResourceType::TASK, &found.id, Some(found.version), &task);
        cx.tenant.commit(&watching(&cx), vec![write]).await?;
        Ok(RouteReply::json(200, &incident::told(&task, cx.ctx.lang)))
    }
}

fn notified(task: &mut Json<'static>, at: &str) {
    let output = Json::object([
        ("type", codeable_concept(super::alert::WATCH, NOTIFIED, None)),
        ("valueDateTime", Json::string(at.to_string())),
    ]);
    if let Some(edit) = fhir::edit::edit(task) {
        edit.set("output", Json::array([output]));
    }
}
