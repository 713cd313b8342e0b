//! `GET patients/{id}/consent`: what is in force, kind by kind, and whom the patient opposes.

use super::kind::Kind;
use super::{all_of, text, view};
use async_trait::async_trait;
use fhir::{Json, Lang, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Visible};

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "patients/{id}/consent",
        summary: "What a patient agreed to, by kind, and their oppositions",
        access: Access::SignedIn,
        handler: Arc::new(GetConsent),
    }
}

struct GetConsent;

#[async_trait]
impl Handler for GetConsent {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let found = all_of(&cx, request.param("id")).await?;
        let consents: Vec<Json<'_>> = found.iter().filter_map(view::json).collect();
        let kinds = Kind::ASKED.into_iter().map(|(_, kind)| {
            let given = consents.iter().find(|consent| Kind::of(consent) == Some(kind));
            given.and_then(|c| view::decision(c, cx.ctx.lang)).unwrap_or_else(|| unasked(kind, cx.ctx.lang))
        });
        let opposed = consents.iter().filter(|c| Kind::of(c) == Some(Kind::Opposition));
        let body = Json::object([
            ("consents", Json::array(kinds)),
            ("oppositions", Json::array(opposed.map(view::opposition))),
        ]);
        Ok(RouteReply::json(200, &body))
    }
}

/// What has not been asked yet: the text that would be shown.
fn unasked(kind: Kind, lang: Lang) -> Json<'static> {
    let current = text::current(kind);
    let string = |text: Option<&str>| text.map_or(Json::Null, |text| Json::string(text.to_string()));
    Json::object([
        ("kind", Json::string(kind.as_str())),
        ("decision", Json::Null),
        ("version", string(current.map(|t| t.version.as_str()))),
        ("title", string(current.map(|t| t.title(lang)))),
        ("text", string(current.map(|t| t.text(lang)))),
        ("at", Json::Null),
        ("method", Json::Null),
        ("collected_by", Json::Null),
        ("note", Json::Null),
    ])
}

/// A Consent by id, if there is one.
pub(super) async fn current(cx: &RouteCtx, id: &str) -> Result<Option<Visible>> {
    match cx.tenant.read(&cx.ctx, ResourceType::CONSENT, id).await {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound | Error::Gone { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}
