//! `GET` and `PUT communication/patient/{id}/preferences`: by which ways a patient can be reached, and which of them
//! they refuse for reminders. Kept in the Patient itself.

use crate::channel::{Channel, Channels};
use crate::contact::{Contact, refuse};
use crate::element::{parsed, text, update};
use crate::words::{ALLOWED, VERSION};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Lang, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn routes(channels: &Arc<Channels>) -> [Route; 2] {
    let route = |method, summary, handler: Arc<dyn Handler>| Route {
        method,
        path: "communication/patient/{id}/preferences",
        summary,
        access: Access::SignedIn,
        handler,
    };
    [
        route(
            Method::Get,
            "How a patient can be reached, and what they refuse",
            Arc::new(Show(channels.clone())),
        ),
        route(Method::Put, "Notes what a patient refuses", Arc::new(Change(channels.clone()))),
    ]
}

struct Show(Arc<Channels>);
struct Change(Arc<Channels>);

#[async_trait]
impl Handler for Show {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        answer(&self.0, &cx, request.param("id")).await
    }
}

#[async_trait]
impl Handler for Change {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let version =
            form.json().get("version").and_then(Json::as_number).and_then(|n| n.parse::<u64>().ok());
        if version.is_none() {
            form.wrong(Issue::error(Code::Required, VERSION).at("version"));
        }
        let mut refused = Vec::new();
        for way in Channel::ALL {
            match form.json().get(way.as_str()).map(Json::as_bool) {
                Some(Some(false)) => refused.push(way),
                Some(Some(true)) => {}
                _ => form.wrong(Issue::error(Code::Value, ALLOWED).at(way.as_str())),
            }
        }
        form.finish()?;
        let id = request.param("id");
        let found = cx.tenant.read(&cx.ctx, ResourceType::PATIENT, id).await?;
        if found.redacted {
            return Err(Error::Denied);
        }
        if Some(found.version) != version {
            return Err(Error::VersionConflict { current: found.version });
        }
        let mut patient = parsed(&found)?;
        refuse(&mut patient, &refused);
        cx.tenant.commit(&cx.ctx, vec![update(ResourceType::PATIENT, id, version, &patient)]).await?;
        answer(&self.0, &cx, id).await
    }
}

async fn answer(channels: &Channels, cx: &RouteCtx, id: &str) -> Result<RouteReply> {
    let found = cx.tenant.read(&cx.ctx, ResourceType::PATIENT, id).await?;
    let contact = Contact::of(&parsed(&found)?, cx.ctx.clock.now_ms());
    let way = |way: Channel| {
        let address = match way {
            Channel::Mail => contact.mail.as_deref(),
            Channel::Sms => contact.mobile.as_deref(),
        };
        Json::object([
            ("address", address.map_or(Json::Null, text)),
            ("allowed", Json::Bool(!contact.refuses.contains(&way))),
            ("set_up", Json::Bool(channels.ready(cx.tenant.name(), way))),
        ])
    };
    let version = i64::try_from(found.version).unwrap_or(0);
    Ok(RouteReply::json(
        200,
        &Json::object([
            ("version", Json::integer(version)),
            ("language", text(code(contact.lang))),
            ("mail", way(Channel::Mail)),
            ("sms", way(Channel::Sms)),
            ("landline", Json::Bool(contact.landline)),
            ("silent", Json::Bool(contact.silent)),
        ]),
    ))
}

fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "fr",
        Lang::En => "en",
        Lang::De => "de",
    }
}
