//! `GET documents/incoming`: the mail that waits, oldest first; with `state=discarded` what was thrown away.

use super::desk;
use super::letter::{Letter, STATE, State};
use super::round::Progress;
use crate::read::Stored;
use crate::words::{maybe, text};
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;
use store::search::SearchRequest;

/// Letters of one answer. What is beyond waits until these are filed.
const COUNT: usize = 200;

pub(super) fn route(progress: Arc<Progress>) -> Route {
    Route {
        method: Method::Get,
        path: "documents/incoming",
        summary: "Mail that came in and waits for its patient, oldest first",
        access: Access::SignedIn,
        handler: Arc::new(List { progress }),
    }
}

struct List {
    progress: Arc<Progress>,
}

#[async_trait]
impl Handler for List {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let ctx = desk(&cx, "mail-list", "").await?;
        let states = match request.query("state") {
            Some("discarded") => format!("{STATE}|discarded"),
            _ => [State::Waiting, State::Read, State::Unread]
                .map(|s| format!("{STATE}|{}", s.as_str()))
                .join(","),
        };
        let params = vec![
            ("_tag".to_string(), states),
            ("_sort".into(), "date".into()),
            ("_count".into(), COUNT.to_string()),
        ];
        let rt = Some(ResourceType::DOCUMENT_REFERENCE);
        let page = cx.tenant.search(&ctx, &SearchRequest { rt, params, ..SearchRequest::default() }).await?;
        let mut lines = Vec::new();
        for found in &page.entries {
            let letter = Letter::of(&Stored::of(&found.visible)?);
            lines.extend(letter.map(|letter| line(&letter, self.progress.of(cx.tenant.name(), &letter.id))));
        }
        let more = Json::Bool(page.next.is_some());
        Ok(RouteReply::json(200, &Json::object([("items", Json::Array(lines)), ("more", more)])))
    }
}

/// What a list says of a letter.
pub(super) fn line(letter: &Letter, reading: Option<(usize, usize)>) -> Json<'static> {
    let whole = |n: usize| Json::integer(i64::try_from(n).unwrap_or(i64::MAX));
    let mut out = vec![
        ("id", text(&*letter.id)),
        ("version", Json::integer(i64::try_from(letter.version).unwrap_or(i64::MAX))),
        ("state", Json::string(letter.state.as_str())),
        ("name", text(&*letter.name)),
        ("media", Json::string(letter.media.as_str())),
        ("size", whole(letter.size)),
        ("received", text(&*letter.received)),
        ("since", text(&*letter.since)),
        ("by", maybe(letter.by.as_ref().and_then(|by| by.get_str("display")))),
    ];
    out.extend(letter.pages.map(|n| ("pages", whole(n))));
    out.extend(letter.confidence.map(|n| ("confidence", whole(n.into()))));
    out.extend(letter.trouble.as_ref().map(|why| ("trouble", text(&**why))));
    out.extend(
        reading.map(|(page, of)| ("reading", Json::object([("page", whole(page)), ("of", whole(of))]))),
    );
    Json::object(out)
}
