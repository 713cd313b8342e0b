//! `GET patients/{id}/notes`: a patient's notes, newest first.

use super::kind::{self, KINDS};
use super::right::Powers;
use super::view::{Seen, request};
use crate::person::patient_read;
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const COUNT: usize = 50;
const COUNT_MAX: usize = 200;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "patients/{id}/notes",
        summary: "The notes about a patient, newest first, a page at a time",
        access: Access::SignedIn,
        handler: Arc::new(List),
    }
}

struct List;

#[async_trait]
impl Handler for List {
    async fn handle(&self, cx: RouteCtx, asked: RouteRequest) -> Result<RouteReply> {
        let patient = asked.param("id");
        patient_read(&cx, patient).await?;
        let count = asked.query("count").and_then(|n| n.parse().ok()).unwrap_or(COUNT).clamp(1, COUNT_MAX);
        let kind = asked.query("kind").and_then(kind::find);
        let category = kind.map_or_else(|| format!("{KINDS}|"), |kind| format!("{KINDS}|{}", kind.name));
        let mut query = vec![
            ("patient", format!("Patient/{patient}")),
            ("category", category),
            ("_sort", "-date".into()),
            ("_count", count.to_string()),
            // What amends a note of this page, be it of another page.
            ("_revinclude", "Composition:related-ref".into()),
        ];
        let status = match asked.query("status") {
            Some("draft") => Some("preliminary"),
            Some("signed" | "amended") => Some("final,amended"),
            Some("withdrawn") => Some("entered-in-error"),
            _ => None,
        };
        query.extend(status.map(|status| ("status", status.to_string())));
        let mut search = request(ResourceType::COMPOSITION, query);
        search.page = asked.query("page").map(String::from);
        let page = cx.tenant.search(&cx.ctx, &search).await?;
        let powers = Powers::of(&cx, patient).await?;
        let matches = page.entries.iter().filter(|found| found.mode == store::search::Mode::Match);
        let lines = matches.filter_map(|found| {
            let mut seen = Seen::of(&found.visible).ok()?;
            page.entries.iter().for_each(|other| seen.linked(&other.visible));
            let rights = powers.over(&cx, &seen);
            Some(seen.line(&rights))
        });
        let mut members = vec![("notes", Json::array(lines))];
        members.extend(page.next.map(|next| ("next", Json::string(next))));
        Ok(RouteReply::json(200, &Json::object(members)))
    }
}
