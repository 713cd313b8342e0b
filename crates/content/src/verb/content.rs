//! `GET documents/{id}/content`: the pages, as a PDF; of a letter that came from elsewhere, what it holds.

use crate::document::{Document, Rendition, binary_read, content};
use crate::message::NO_PAGES;
use crate::read::Stored;
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use fhir::{Code, Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest, SessionChange};
use std::sync::Arc;
use store::{Error, Result};

/// What a browser may be handed of others' documents; anything else is a file to save.
const SHOWN: [&str; 4] = ["application/pdf", "image/png", "image/jpeg", "text/plain; charset=utf-8"];

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents/{id}/content",
        summary: "The pages of a document, as a PDF",
        access: Access::SignedIn,
        handler: Arc::new(Content),
    }
}

struct Content;

#[async_trait]
impl Handler for Content {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let rt = ResourceType::DOCUMENT_REFERENCE;
        let found = match request.query("version").and_then(|version| version.parse().ok()) {
            Some(version) => cx.tenant.vread(&cx.ctx, rt, id, version).await?,
            None => cx.tenant.read(&cx.ctx, rt, id).await?,
        };
        let stored = Stored::of(&found)?;
        if !crate::tell::is_ours(&stored.json) {
            return foreign(&cx, &stored.json).await;
        }
        let document = Document::of(stored).ok_or(Error::NotFound)?;
        let signed = content(&document.json, Rendition::Signed).is_some();
        let rendition = match request.query("signed") {
            Some("certificate") => Rendition::Certified,
            Some("false") => Rendition::Pages,
            _ if signed => Rendition::Signed,
            _ => Rendition::Pages,
        };
        let bytes = document.bytes(&cx, rendition).await?;
        Ok(pdf(&document.kind.code, bytes))
    }
}

pub(crate) fn pdf(name: &str, bytes: Vec<u8>) -> RouteReply {
    file("application/pdf", &format!("inline; filename=\"{name}.pdf\""), bytes)
}

/// An answer that is a file. Its name says the type of document, never whose it is.
pub(crate) fn file(media: &str, disposition: &str, bytes: Vec<u8>) -> RouteReply {
    let reply = RouteReply {
        status: 200,
        headers: Vec::new(),
        body: Bytes::from(bytes),
        session: SessionChange::Keep,
    };
    reply
        .with("content-type", media)
        .with("content-disposition", disposition)
        .with("x-content-type-options", "nosniff")
        .with("cache-control", "no-store")
}

async fn foreign(cx: &RouteCtx, json: &Json<'static>) -> Result<RouteReply> {
    let none = || Error::refused(Code::NotFound, NO_PAGES);
    let attachment = json.each("content").find_map(|content| content.get("attachment")).ok_or_else(none)?;
    let bytes = match attachment.get_str("data") {
        Some(data) => STANDARD.decode(data).map_err(|_| none())?,
        None => {
            let url = attachment.get_str("url").and_then(|url| url.strip_prefix("Binary/"));
            binary_read(cx, url.ok_or_else(none)?).await?
        }
    };
    let media = attachment.get_str("contentType").unwrap_or_default();
    Ok(match SHOWN.iter().find(|shown| **shown == media) {
        Some(shown) => file(shown, "inline", bytes),
        None => file("application/octet-stream", "attachment; filename=\"document\"", bytes),
    })
}
