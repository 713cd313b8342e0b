//! `GET documents/{id}/diff?from=1&to=3`: what was filled in differently in two versions of a document.

use crate::document::Document;
use crate::message::VERSION;
use crate::read::Stored;
use crate::words::text;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents/{id}/diff",
        summary: "What was filled in differently in two versions of a document",
        access: Access::SignedIn,
        handler: Arc::new(Diff),
    }
}

struct Diff;

#[async_trait]
impl Handler for Diff {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let asked = |name: &'static str| {
            let version = request.query(name).and_then(|version| version.parse::<u64>().ok());
            version.ok_or_else(|| Error::from(Issue::error(Code::Value, VERSION).at(name)))
        };
        let (from, to) = (version(&cx, id, asked("from")?).await?, version(&cx, id, asked("to")?).await?);
        let (before, after) = (values(&cx, &from).await?, values(&cx, &to).await?);
        let lang = cx.ctx.lang;
        let changes = to.kind.fields.iter().filter_map(|field| {
            let (was, is) = (before.get(&field.name), after.get(&field.name));
            (was != is).then(|| {
                Json::object([
                    ("field", text(&*field.name)),
                    ("label", text(field.label.tell(lang))),
                    ("before", was.cloned().unwrap_or(Json::Null).into_owned()),
                    ("after", is.cloned().unwrap_or(Json::Null).into_owned()),
                ])
            })
        });
        let pages = from.hash() != to.hash();
        let told = Json::object([("changes", Json::array(changes)), ("pages", Json::Bool(pages))]);
        Ok(RouteReply::json(200, &told))
    }
}

async fn version(cx: &RouteCtx, id: &str, version: u64) -> Result<Document> {
    let found = cx.tenant.vread(&cx.ctx, ResourceType::DOCUMENT_REFERENCE, id, version).await?;
    Document::of(Stored::of(&found)?).ok_or(Error::NotFound)
}

/// What was filled in, or came from the chart.
async fn values(cx: &RouteCtx, document: &Document) -> Result<Json<'static>> {
    Ok(document.data(cx).await?.get("raw").cloned().unwrap_or(Json::Null))
}
