//! `POST documents/missing`: what a document lacks, before it is made.

use crate::asked::Asked;
use crate::missing::{Missing, warnings};
use crate::prefill::{leaflet, prefilled};
use crate::words::text;
use async_trait::async_trait;
use fhir::{Code, Issue, Json};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "documents/missing",
        summary: "What a document lacks, and what the chart gives for its fields; writes nothing",
        access: Access::SignedIn,
        handler: Arc::new(Look),
    }
}

struct Look;

#[async_trait]
impl Handler for Look {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let asked = Asked::read(&request.body)?;
        let (chart, _, missing) = asked.look(&cx).await?;
        let warnings = warnings(asked.kind, &chart).into_iter().map(|warning| {
            let sentence = Issue::warning(Code::Informational, warning).sentence(cx.ctx.lang);
            Json::object([("code", Json::string(warning.key)), ("text", text(sentence))])
        });
        let leaflet = leaflet(&chart).filter(|_| asked.kind.code == "consent").map(|leaflet| {
            Json::object([
                ("code", text(&*leaflet.code)),
                ("version", text(&*leaflet.version)),
                ("title", text(leaflet.tell("title", asked.lang).unwrap_or_default())),
            ])
        });
        let author = Json::object([
            ("reference", text(&*chart.author.reference)),
            ("name", text(&*chart.author.name)),
        ]);
        let body = Json::object([
            ("type", text(&*asked.kind.code)),
            ("ready", Json::Bool(missing.is_empty())),
            ("missing", Json::array(missing.iter().map(Missing::json))),
            ("warnings", Json::array(warnings)),
            ("prefilled", Json::object(prefilled(asked.kind, &chart))),
            ("author", author),
            ("leaflet", leaflet.unwrap_or(Json::Null)),
        ]);
        Ok(RouteReply::json(200, &body))
    }
}
