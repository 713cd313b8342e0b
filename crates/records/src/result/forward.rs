//! `POST results/{id}/forward {to, comment?}`: somebody else must look at the result; until when does not change.

use super::acknowledge::{save, still_open};
use super::open::{myself, note, open};
use crate::person::name;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const NOBODY: Text = Text {
    key: "result.forward-to",
    fr: "Indiquez à qui transmettre par sa référence « Practitioner/… » : un professionnel en activité dans l'établissement.",
    en: "Say to whom by a reference \"Practitioner/…\": a professional who is active in the clinic.",
    de: "Geben Sie mit „Practitioner/…“ an, an wen: eine in der Einrichtung tätige Fachperson.",
};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "results/{id}/forward",
        summary: "Passes a result on to somebody else",
        access: Access::SignedIn,
        handler: Arc::new(Forward),
    }
}

struct Forward;

#[async_trait]
impl Handler for Forward {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let to = form.required("to", 80);
        let comment = form.text("comment", 2_000);
        form.finish()?;
        let mut review = open(&cx, request.param("id"), "result-forward").await?;
        still_open(&review)?;
        let shown = active(&cx, &to).await?;
        let (who, now) = (myself(&cx).await, cx.ctx.clock.now_ms());
        let passed = format!("→ {}", shown.as_deref().unwrap_or(&to));
        let text = comment.map_or(passed.clone(), |comment| format!("{passed} : {comment}"));
        review.note(note(&cx, &who, text), now);
        review.give(&to, shown.as_deref(), now);
        save(&cx, review).await
    }
}

/// The name of a professional who is there.
async fn active(cx: &RouteCtx, reference: &str) -> Result<Option<String>> {
    let wrong = || -> Error { Issue::error(Code::Value, NOBODY).at("to").into() };
    let id = reference.strip_prefix("Practitioner/").ok_or_else(wrong)?;
    let found = match cx.tenant.read(&cx.ctx, ResourceType::PRACTITIONER, id).await {
        Err(Error::NotFound | Error::Gone { .. }) => return Err(wrong()),
        found => found?,
    };
    let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored Practitioner".into()))?;
    match json.get("active").and_then(Json::as_bool) {
        Some(false) => Err(wrong()),
        _ => Ok(name(&json)),
    }
}
