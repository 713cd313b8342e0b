//! `GET consent-texts`: every published text, in the caller's language; the newest of a kind is in force.

use super::text;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "consent-texts",
        summary: "The texts that patients are asked to agree to, all versions",
        access: Access::SignedIn,
        handler: Arc::new(ConsentTexts),
    }
}

struct ConsentTexts;

#[async_trait]
impl Handler for ConsentTexts {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let texts = text::all().iter().map(|t| {
            let current = text::current(t.kind).is_some_and(|c| c.version == t.version);
            Json::object([
                ("kind", Json::string(t.kind.as_str())),
                ("version", Json::string(t.version.clone())),
                ("date", Json::string(t.date.clone())),
                ("current", Json::Bool(current)),
                ("title", Json::string(t.title(cx.ctx.lang).to_string())),
                ("text", Json::string(t.text(cx.ctx.lang).to_string())),
            ])
        });
        Ok(RouteReply::json(200, &Json::object([("texts", Json::array(texts))])))
    }
}
