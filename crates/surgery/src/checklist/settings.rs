//! `GET checklists/versions` and `PUT checklists/settings {"default"}`: the versions that the clinic has, and which one
//! its cases begin with. Cases that have begun keep theirs.

use super::library::{self, Held};
use super::message::NO_VERSION;
use crate::case::element::{maybe, text};
use async_trait::async_trait;
use fhir::{Code, Issue, Json};
use policy::Role;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn list() -> Route {
    Route {
        method: Method::Get,
        path: "checklists/versions",
        summary: "The clinic's versions of the safety check-list, and which one cases begin with",
        access: Access::SignedIn,
        handler: Arc::new(List),
    }
}

pub(super) fn put() -> Route {
    Route {
        method: Method::Put,
        path: "checklists/settings",
        summary: "Chooses the version of the safety check-list that cases begin with",
        access: Access::SignedIn,
        handler: Arc::new(Put),
    }
}

struct List;
struct Put;

async fn told(cx: &RouteCtx) -> Result<Json<'static>> {
    let chosen = library::chosen(cx).await?;
    let one = |held: &Held| {
        let version = &held.version;
        let number = version.canonical.rsplit('|').next().unwrap_or_default();
        let items: usize = version.phases.iter().map(|phase| phase.items.len()).sum();
        Json::object([
            ("id", text(&version.id)),
            ("title", text(&version.title)),
            ("version", text(number)),
            ("canonical", text(&version.canonical)),
            ("shipped", Json::Bool(held.shipped)),
            ("active", Json::Bool(held.active)),
            ("default", Json::Bool(version.canonical == chosen.canonical)),
            ("questionnaire", maybe(held.stored.as_ref().map(|id| format!("Questionnaire/{id}")))),
            ("phases", Json::integer(version.phases.len() as i64)),
            ("items", Json::integer(items as i64)),
        ])
    };
    let held = library::versions(cx).await?;
    Ok(Json::object([
        ("default", text(&chosen.id)),
        ("versions", Json::Array(held.iter().map(one).collect())),
    ]))
}

#[async_trait]
impl Handler for List {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        Ok(RouteReply::json(200, &told(&cx).await?))
    }
}

#[async_trait]
impl Handler for Put {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        if !cx.ctx.actor.has(Role::MedicalAdmin) {
            cx.tenant.audit_refused(&cx.ctx, "checklist-settings", None).await?;
            return Err(Error::Denied);
        }
        let mut form = Form::read(&request.body)?;
        let wanted = form.required("default", 80);
        form.finish()?;
        let held: Vec<Held> = library::versions(&cx).await?.into_iter().filter(|h| h.active).collect();
        // An id means its newest version; an address (`url|version`) that very one.
        let named = |h: &&Held| h.version.id == wanted || h.version.canonical == wanted;
        let Some(found) = held.iter().rev().find(named) else {
            let known: Vec<&str> = held.iter().map(|h| h.version.id.as_str()).collect();
            let issue = Issue::error(Code::Value, NO_VERSION).at("default");
            return Err(issue.arg("known", known.join(", ")).into());
        };
        library::install(&cx, &found.version).await?;
        cx.tenant.commit(&cx.ctx, vec![library::choose(&found.version)]).await?;
        Ok(RouteReply::json(200, &told(&cx).await?))
    }
}
