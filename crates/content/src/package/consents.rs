//! `GET documents/consents?cases=…`: whether patients have consented, for the boards and lists of the theatre: one
//! question for many cases.

use super::state::{Item, newest};
use crate::document::{self, Document};
use crate::kind::{self, KINDS};
use crate::message::CASES;
use crate::read::all;
use crate::tell::changed;
use crate::words::{maybe, text};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

/// More than a day's list of any clinic.
const CASES_MAX: usize = 100;
/// Cases of one search: few enough that all their documents come in one page.
const AT_ONCE: usize = 20;
const ID_MAX: usize = 64;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "documents/consents",
        summary: "Whether the patients of some cases have consented to what is planned",
        access: Access::SignedIn,
        handler: Arc::new(Consents),
    }
}

struct Consents;

#[async_trait]
impl Handler for Consents {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let asked = request.query("cases").unwrap_or_default();
        let ids: Vec<&str> = asked.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
        let good = |id: &&str| {
            id.len() <= ID_MAX && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
        };
        if ids.is_empty() || ids.len() > CASES_MAX || !ids.iter().all(good) {
            return Err(Issue::error(Code::Value, CASES).at("cases").arg("max", CASES_MAX).into());
        }
        let mut told = Vec::with_capacity(ids.len());
        for some in ids.chunks(AT_ONCE) {
            told.extend(states(&cx, some).await?);
        }
        Ok(RouteReply::json(200, &Json::object([("consents", Json::Array(told))])))
    }
}

/// One answer for each case that the caller may see.
async fn states(cx: &RouteCtx, ids: &[&str]) -> Result<Vec<Json<'static>>> {
    let cases = all(cx, ResourceType::SERVICE_REQUEST, &[("_id", ids.join(","))]).await?;
    let related = ids.iter().map(|id| format!("ServiceRequest/{id}")).collect::<Vec<_>>().join(",");
    let query = [("related", related), ("category", format!("{KINDS}|consent"))];
    let found = all(cx, ResourceType::DOCUMENT_REFERENCE, &query).await?;
    let mut found: Vec<Document> = found.into_iter().filter_map(Document::of).collect();
    found.retain(|document| document.status().stands());
    let kind = kind::find("consent").ok_or(Error::NotFound)?;
    let told = cases.iter().map(|case| {
        let (own, others) = std::mem::take(&mut found)
            .into_iter()
            .partition(|document| document::case(&document.json) == Some(&case.id));
        found = others;
        let mut own: Vec<Document> = own;
        let document = newest(&own, kind).map(|at| own.swap_remove(at));
        let outdated = document.as_ref().map(|document| changed(document, &case.json)).unwrap_or_default();
        let item = Item { kind, document, outdated, why: None };
        Json::object([
            ("case", text(format!("ServiceRequest/{}", case.id))),
            ("state", Json::string(item.state())),
            ("why", maybe(item.why(cx.ctx.lang))),
            ("document", maybe(item.document.as_ref().map(|document| document.id.clone()))),
        ])
    });
    Ok(told.collect())
}
