//! `GET documents/surgery/{surgery_id}/package/pdf`: all documents in force bound into one PDF, with a bookmark for
//! each. It is a copy to print or hand over; what counts are the single documents with their signatures.

use super::state::Package;
use crate::document::{Rendition, content};
use crate::message::{NO_PAGES, UNBOUND};
use crate::verb::pdf;
use crate::words::code;
use async_trait::async_trait;
use fhir::{Code, Issue};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};
use typeset::Part;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents/surgery/{surgery_id}/package/pdf",
        summary: "The documents of a surgery in one PDF with bookmarks",
        access: Access::SignedIn,
        handler: Arc::new(Bound),
    }
}

struct Bound;

#[async_trait]
impl Handler for Bound {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let package = Package::read(&cx, request.param("surgery_id")).await?;
        let lang = cx.ctx.lang;
        let mut sheets = Vec::new();
        for item in &package.items {
            let Some(document) = &item.document else { continue };
            let signed = content(&document.json, Rendition::Signed).is_some();
            let rendition = if signed { Rendition::Signed } else { Rendition::Pages };
            sheets.push((item.kind.title.tell(lang).to_string(), document.bytes(&cx, rendition).await?));
        }
        if sheets.is_empty() {
            return Err(Error::refused(Code::NotFound, NO_PAGES));
        }
        let title = package.case.subtitle();
        let bound = tokio::task::spawn_blocking(move || {
            let parts: Vec<Part<'_>> =
                sheets.iter().map(|(title, bytes)| Part { title, pdf: bytes }).collect();
            typeset::bind(&title, code(lang), &parts)
        });
        let bound = bound.await.map_err(|_| Error::Unavailable("the documents could not be bound".into()))?;
        let bound = bound.map_err(|_| Error::from(Issue::error(Code::Processing, UNBOUND)))?;
        Ok(pdf("documents", bound))
    }
}
