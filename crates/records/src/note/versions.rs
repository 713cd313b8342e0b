//! `GET notes/{id}/versions`: every text that the note has had, newest first.

use super::content::{self, Content};
use super::view::{Seen, number, person, status};
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{HistoryRequest, Result, Visible};

const COUNT: usize = 50;
const COUNT_MAX: usize = 100;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "notes/{id}/versions",
        summary: "The versions of a note with their whole texts, newest first",
        access: Access::SignedIn,
        handler: Arc::new(Versions),
    }
}

struct Versions;

#[async_trait]
impl Handler for Versions {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        // That it is a note.
        Seen::read(&cx, id).await?;
        let count = request.query("count").and_then(|n| n.parse().ok()).unwrap_or(COUNT);
        let asked = HistoryRequest {
            rt: Some(ResourceType::COMPOSITION),
            id: Some(id.to_string()),
            before: request.query("before").and_then(|before| before.parse().ok()),
            count: count.clamp(1, COUNT_MAX),
            ..HistoryRequest::default()
        };
        let page = cx.tenant.history(&cx.ctx, &asked).await?;
        let mut members = vec![("versions", Json::array(page.entries.iter().filter_map(told)))];
        members.extend(page.next.map(|next| ("next", Json::integer(next))));
        Ok(RouteReply::json(200, &Json::object(members)))
    }
}

fn told(version: &Visible) -> Option<Json<'static>> {
    let note = fhir::json::parse(&version.body).ok()?;
    let content = Content::of(&note).without_blanks();
    let sections = content.sections.iter().map(|section| {
        Json::object([
            ("code", Json::string(section.code.clone())),
            ("title", Json::string(section.title.clone())),
            ("text", Json::string(section.text.clone())),
        ])
    });
    let mut members = vec![
        ("version", number(version.version)),
        ("savedAt", fhir::edit::instant(version.at)),
        ("status", Json::string(status(&note, false))),
        ("title", Json::string(content.title.clone())),
        ("sections", Json::array(sections)),
    ];
    let editor = content::extension(&note, content::EDITOR, "valueReference").map(person);
    members.extend(editor.map(|editor| ("editor", editor)));
    Some(Json::object(members))
}
