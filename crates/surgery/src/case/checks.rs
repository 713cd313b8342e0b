//! `GET surgeries/{id}/checks`: what has to be there before the patient comes.

use super::element::{all, instant, parsed, text};
use super::whole::Whole;
use super::zone;
use async_trait::async_trait;
use fhir::{Json, Lang, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/{id}/checks",
        summary: "What has to be there before the operation",
        access: Access::SignedIn,
        handler: Arc::new(Checks),
    }
}

struct Checks;

fn words(code: &str, lang: Lang) -> &'static str {
    let all = match code {
        "booking" => ["Programmation", "Place in the plan", "Planung"],
        "consent" => ["Consentement", "Consent", "Einwilligung"],
        "anaesthesia-consultation" => {
            ["Consultation pré-anesthésique", "Pre-anaesthetic consultation", "Anästhesiegespräch"]
        }
        _ => ["Check-list de sécurité", "Safety check-list", "Sicherheits-Checkliste"],
    };
    match lang {
        Lang::Fr => all[0],
        Lang::En => all[1],
        Lang::De => all[2],
    }
}

#[async_trait]
impl Handler for Checks {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let case = Whole::read(&cx, request.param("id")).await?;
        let patient = format!("Patient/{}", case.patient());
        let mut told = Vec::new();
        let mut say = |code: &'static str, state: &'static str, at: Option<i64>| {
            let at = at.map_or(Json::Null, instant);
            let shown = text(words(code, cx.ctx.lang));
            told.push(Json::object([
                ("code", text(code)),
                ("state", text(state)),
                ("text", shown),
                ("at", at),
            ]));
        };
        say("booking", if case.booking.is_some() { "done" } else { "missing" }, case.planned().map(|p| p.0));
        let query = [("patient", patient.clone()), ("status", "active".to_string())];
        let consent = all(&cx, ResourceType::CONSENT, &query).await?;
        // Which operation a consent is about is not coded everywhere: none at all is certain, some is not.
        say("consent", if consent.is_empty() { "missing" } else { "unknown" }, consent.first().map(|c| c.at));
        let by_record = all(
            &cx,
            ResourceType::QUESTIONNAIRE_RESPONSE,
            &[
                ("based-on", format!("ServiceRequest/{}", case.id)),
                ("questionnaire", "urn:medhub:preanaesthesia|1".into()),
            ],
        )
        .await?;
        let seen = by_record.first().and_then(|found| parsed(found).ok());
        let seen = seen.and_then(|json| json.get_str("authored").and_then(super::element::ms));
        let state = match (case.anaesthesia(), seen) {
            (_, Some(_)) => "done",
            ("local" | "none", None) => "not-needed",
            _ => "missing",
        };
        say("anaesthesia-consultation", state, seen);
        let summary = crate::checklist::summary(&case);
        let done = ["sign-in", "time-out", "sign-out"].iter().all(|p| summary.get_str(p) == Some("go"));
        let due = case
            .planned()
            .is_some_and(|(start, _)| zone::day_of(start) <= zone::day_of(cx.ctx.clock.now_ms()));
        say(
            "checklist",
            if done {
                "done"
            } else if due {
                "missing"
            } else {
                "unknown"
            },
            None,
        );
        Ok(RouteReply::json(200, &Json::object([("checks", Json::array(told))])))
    }
}
