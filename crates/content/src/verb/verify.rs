//! `GET documents/verify/{check}`: whether the clinic knows a paper, by the code on its pages.

use crate::document::{CHECK, Document};
use crate::read::all;
use crate::words::{maybe, text};
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents/verify/{check}",
        summary: "The document with that verification code, for whoever may read it",
        access: Access::SignedIn,
        handler: Arc::new(Verify),
    }
}

struct Verify;

#[async_trait]
impl Handler for Verify {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let check: String = request.param("check").to_uppercase();
        let plain = check.strip_prefix("URN:MEDHUB:DOCUMENT:").unwrap_or(&check);
        let fine = plain.len() == 14 && plain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !fine {
            return Err(Error::NotFound);
        }
        let query = [("identifier", format!("{CHECK}|{plain}"))];
        let found = all(&cx, ResourceType::DOCUMENT_REFERENCE, &query).await?;
        let document = found.into_iter().find_map(Document::of).ok_or(Error::NotFound)?;
        let told = Json::object([
            ("id", text(&*document.id)),
            ("type", text(&*document.kind.code)),
            ("title", text(document.kind.title.tell(cx.ctx.lang))),
            ("status", Json::string(document.status().as_str())),
            ("date", maybe(document.json.get_str("date"))),
        ]);
        let valid = document.status().stands();
        Ok(RouteReply::json(200, &Json::object([("valid", Json::Bool(valid)), ("document", told)])))
    }
}
