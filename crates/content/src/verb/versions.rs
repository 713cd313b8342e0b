//! `GET documents/{id}/versions`: what the document has been, newest first.

use crate::document::{Document, fact};
use crate::read::Stored;
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{HistoryRequest, Result};

const COUNT: usize = 100;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents/{id}/versions",
        summary: "The versions of a document, newest first",
        access: Access::SignedIn,
        handler: Arc::new(Versions),
    }
}

struct Versions;

#[async_trait]
impl Handler for Versions {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        // That it is a document of ours.
        Document::read(&cx, id).await?;
        let asked = HistoryRequest {
            rt: Some(ResourceType::DOCUMENT_REFERENCE),
            id: Some(id.to_string()),
            before: request.query("before").and_then(|before| before.parse().ok()),
            count: COUNT,
            ..HistoryRequest::default()
        };
        let page = cx.tenant.history(&cx.ctx, &asked).await?;
        let told = page.entries.iter().filter_map(|found| {
            let document = Document::of(Stored::of(found).ok()?)?;
            let value =
                |name: &str| fact(&document.json, name).map_or(Json::Null, |v| v.clone().into_owned());
            Some(Json::object([
                ("version", Json::integer(i64::try_from(document.version).unwrap_or(i64::MAX))),
                ("savedAt", fhir::edit::instant(document.at)),
                ("status", Json::string(document.status().as_str())),
                ("hash", value("hash")),
                ("pages", value("pages")),
            ]))
        });
        let mut members = vec![("versions", Json::array(told))];
        members.extend(page.next.map(|next| ("next", Json::integer(next))));
        Ok(RouteReply::json(200, &Json::object(members)))
    }
}
