//! `GET find?q=`: across the patients in whose care one is named.

use super::document::TYPES;
use super::hit::Hits;
use super::library::Library;
use super::query::Query;
use super::ties;
use crate::person::name;
use async_trait::async_trait;
use fhir::ResourceType;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::HashMap;
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Error, Result};

/// Patients asked about at a time.
const PATIENTS: usize = 50;
/// Resources of one type of those patients, newest first, and pages of them.
const PAGE: &str = "1000";
const PAGES: usize = 2;

pub(super) fn route(library: Arc<Library>) -> Route {
    Route {
        method: Method::Get,
        path: "find",
        summary: "Full-text search across one's patients",
        access: Access::SignedIn,
        handler: Arc::new(FindAcross(library)),
    }
}

struct FindAcross(Arc<Library>);

#[async_trait]
impl Handler for FindAcross {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let query = Query::read(&request)?;
        let (patients, more) = ties::patients(&cx).await?;
        let mut hits = Hits::of_some(more);
        let mut names = HashMap::new();
        for some in patients.chunks(PATIENTS) {
            self.identities(&cx, some, &query, &mut hits, &mut names).await?;
            for rt in TYPES {
                let whose: Vec<String> = some.iter().map(|id| format!("Patient/{id}")).collect();
                let asked = request_of(rt, "patient", &whose, PAGE);
                self.0.look(&cx, asked, PAGES, &query, &mut hits).await?;
            }
        }
        Ok(hits.reply(&query, &names))
    }
}

impl FindAcross {
    /// The patients themselves: their names can be found, and stand beside what is.
    async fn identities(
        &self,
        cx: &RouteCtx,
        ids: &[String],
        query: &Query,
        hits: &mut Hits,
        names: &mut HashMap<String, String>,
    ) -> Result<()> {
        let asked = request_of(ResourceType::PATIENT, "_id", ids, PAGE);
        let page = match cx.tenant.search(&cx.ctx, &asked).await {
            Err(Error::Denied) => return Ok(()),
            page => page?,
        };
        for found in &page.entries {
            let visible = &found.visible;
            let shown = fhir::json::parse(&visible.body).ok().as_ref().and_then(name);
            names.insert(visible.id.clone(), shown.unwrap_or_default());
            hits.take(visible, self.0.document(&cx.tenant, visible), query);
        }
        Ok(())
    }
}

fn request_of(rt: ResourceType, param: &str, values: &[String], count: &str) -> SearchRequest {
    SearchRequest {
        rt: Some(rt),
        params: vec![(param.into(), values.join(",")), ("_count".into(), count.into())],
        ..SearchRequest::default()
    }
}
