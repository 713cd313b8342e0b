//! `GET documents/surgery/{surgery_id}/package`: which documents a surgery wants, and the state of each.

use super::state::{Item, Package};
use crate::asked::Asked;
use crate::chart::About;
use crate::missing::Missing;
use crate::tell::{self, Powers};
use crate::words::{maybe, text};
use async_trait::async_trait;
use fhir::{Json, Lang};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents/surgery/{surgery_id}/package",
        summary: "The documents that a surgery wants: there, missing, unsigned, or no longer right",
        access: Access::SignedIn,
        handler: Arc::new(Get),
    }
}

struct Get;

#[async_trait]
impl Handler for Get {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("surgery_id");
        let package = Package::read(&cx, id).await?;
        Ok(RouteReply::json(200, &told(&cx, &package).await?))
    }
}

pub(super) async fn told(cx: &RouteCtx, package: &Package) -> Result<Json<'static>> {
    let powers = Powers::of(cx, &package.patient).await?;
    let mut items = Vec::new();
    for item in &package.items {
        let lang = cx.ctx.lang;
        let document = item.document.as_ref().map(|d| tell::line(d, &powers, &item.outdated, lang));
        let missing = if item.is_wanted() { missing(cx, package, item).await? } else { Vec::new() };
        items.push(Json::object([
            ("type", text(&*item.kind.code)),
            ("title", text(item.kind.title.tell(lang))),
            ("required", Json::Bool(item.why.is_none())),
            ("state", Json::string(item.state())),
            ("document", document.unwrap_or(Json::Null)),
            ("missing", Json::array(missing.iter().map(Missing::json))),
            ("why", maybe(item.why(lang))),
        ]));
    }
    let count = |wanted: &dyn Fn(&Item) -> bool| {
        let found = package.items.iter().filter(|item| wanted(item)).count();
        Json::integer(i64::try_from(found).unwrap_or(0))
    };
    Ok(Json::object([
        ("case", text(format!("ServiceRequest/{}", package.id))),
        ("patient", text(format!("Patient/{}", package.patient))),
        ("subtitle", text(package.case.subtitle())),
        ("items", Json::Array(items)),
        ("ready", Json::Bool(package.items.iter().all(Item::is_done))),
        (
            "counts",
            Json::object([
                ("wanted", count(&|item| item.why.is_none())),
                ("done", count(&|item| item.why.is_none() && item.is_done())),
                ("signed", count(&|item| item.state() == "signed")),
                ("missing", count(&|item| item.why.is_none() && item.state() == "missing")),
                ("outdated", count(&|item| item.state() == "outdated")),
            ]),
        ),
    ]))
}

/// What a document of the package lacks, as its form would be sent without values.
async fn missing(cx: &RouteCtx, package: &Package, item: &Item) -> Result<Vec<Missing>> {
    match asked(package, item, Lang::Fr, Json::Null).look(cx).await {
        Ok((_, _, missing)) => Ok(missing),
        // Nobody answers for it yet: said as one thing that is missing.
        Err(Error::Refused(issues)) => Ok(issues
            .iter()
            .map(|issue| Missing {
                code: issue.expression.clone().unwrap_or_default(),
                text: issue.sentence(cx.ctx.lang),
            })
            .collect()),
        Err(other) => Err(other),
    }
}

/// The document that the package asks for: the surgeon of the case answers for it.
pub(super) fn asked(package: &Package, item: &Item, lang: Lang, values: Json<'static>) -> Asked {
    let about = About {
        patient: package.patient.clone(),
        case: Some(package.id.clone()),
        encounter: None,
        author: package.case.surgeon_reference.clone(),
    };
    let lang = if item.kind.languages.contains(&lang) { lang } else { Lang::Fr };
    let replaces = item.document.as_ref().map(|document| document.id.clone());
    Asked { kind: item.kind, about, lang, values, replaces, template: None }
}
