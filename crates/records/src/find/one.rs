//! `GET patients/{id}/find?q=`: in one record.

use super::document::TYPES;
use super::hit::Hits;
use super::library::Library;
use super::query::Query;
use crate::person::{name, patient_read};
use async_trait::async_trait;
use fhir::ResourceType;
use policy::Group;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::HashMap;
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Error, Result};

/// What can be found belongs to these.
const MEDICAL: [Group; 4] = [Group::Summary, Group::Clinical, Group::Sensitive, Group::Psych];
/// Resources read at a time, and pages of them.
const PAGE: &str = "1000";
const PAGES: usize = 5;

pub(super) fn route(library: Arc<Library>) -> Route {
    Route {
        method: Method::Get,
        path: "patients/{id}/find",
        summary: "Full-text search in a patient's record",
        access: Access::SignedIn,
        handler: Arc::new(FindInRecord(library)),
    }
}

struct FindInRecord(Arc<Library>);

#[async_trait]
impl Handler for FindInRecord {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let query = Query::read(&request)?;
        let id = request.param("id");
        let patient = patient_read(&cx, id).await?;
        let open = cx.tenant.readable(&cx.ctx, id).await?;
        // Who may read nothing medical of this record must not take it for an empty one.
        if !open.iter().any(|group| MEDICAL.contains(group)) {
            return Err(Error::Denied);
        }
        let shown = fhir::json::parse(&patient.body).ok().as_ref().and_then(name);
        let types: Vec<&str> = TYPES.iter().map(|rt| rt.name()).collect();
        let record = SearchRequest {
            params: vec![("_type".into(), types.join(",")), ("_count".into(), PAGE.into())],
            compartment: Some((ResourceType::PATIENT, id.to_string())),
            ..SearchRequest::default()
        };
        let params = [
            ("patient", format!("Patient/{id}")),
            ("category", "laboratory,imaging,procedure,exam".to_string()),
            ("_count", PAGE.to_string()),
        ];
        let results = SearchRequest {
            rt: Some(ResourceType::OBSERVATION),
            params: params.into_iter().map(|(n, v)| (n.to_string(), v)).collect(),
            ..SearchRequest::default()
        };
        let mut hits = Hits::default();
        self.0.look(&cx, record, PAGES, &query, &mut hits).await?;
        self.0.look(&cx, results, PAGES, &query, &mut hits).await?;
        let names = HashMap::from([(id.to_string(), shown.unwrap_or_default())]);
        Ok(hits.reply(&query, &names))
    }
}

impl Library {
    /// Looks through what a search shows to the caller. What the caller may not search at all shows nothing.
    pub async fn look(
        &self,
        cx: &RouteCtx,
        mut request: SearchRequest,
        pages: usize,
        query: &Query,
        hits: &mut Hits,
    ) -> Result<()> {
        for _ in 0..pages {
            let page = match cx.tenant.search(&cx.ctx, &request).await {
                Err(Error::Denied) => return Ok(()),
                page => page?,
            };
            for found in &page.entries {
                hits.take(&found.visible, self.document(&cx.tenant, &found.visible), query);
            }
            match page.next {
                Some(next) => request.page = Some(next),
                None => return Ok(()),
            }
        }
        hits.cut = true;
        Ok(())
    }
}
