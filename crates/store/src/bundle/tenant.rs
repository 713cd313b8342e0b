//! A tenant as batches and transactions see it: every access is decided and audited as for a request of its
//! own.

use super::entry::Get;
use super::records::{Got, Match, Records};
use super::url::Place;
use super::{Options, page};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::history::{COUNT_MAX, HistoryRequest};
use crate::patch::{Patch, Which};
use crate::read::Visible;
use crate::search::{Criteria, SearchRequest};
use crate::tenant::Tenant;
use crate::write::{Outcome, Write};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Json, ResourceType};

/// Entries of a history page, when the query does not say.
const HISTORY_COUNT: usize = 50;

pub(super) struct TenantRecords<'a> {
    pub tenant: &'a Tenant,
    pub ctx: &'a Ctx,
    pub options: &'a Options,
}

#[async_trait]
impl Records for TenantRecords<'_> {
    fn id(&self) -> String {
        self.ctx.ids.uuid().to_string()
    }

    async fn matching(&self, rt: ResourceType, query: &str) -> Result<Vec<Match>> {
        Ok(self.tenant.matching_two(self.ctx, rt, query).await?.into_iter().map(Match::from).collect())
    }

    async fn current(&self, rt: ResourceType, id: &str) -> Result<Match> {
        self.tenant.read_whole(self.ctx, rt, id).await.map(Match::from)
    }

    async fn patch(
        &self,
        rt: ResourceType,
        which: Which<'_>,
        patch: &Patch,
        if_match: Option<u64>,
    ) -> Result<Outcome> {
        self.tenant.patch(self.ctx, rt, which, patch, if_match).await
    }

    fn matches(&self, rt: ResourceType, query: &str, resources: &[&Json<'_>]) -> Result<Vec<bool>> {
        let criteria = Criteria::parse(rt, query)?;
        Ok(resources.iter().map(|resource| criteria.matches(resource)).collect())
    }

    async fn commit(&self, writes: Vec<Write>) -> Result<Vec<Outcome>> {
        self.tenant.commit(self.ctx, writes).await
    }

    async fn get(&self, get: &Get<'_>) -> Result<Got> {
        let mut got = match get.place {
            Place::Instance(rt, id) => resource(self.tenant.read(self.ctx, rt, id).await?),
            Place::Version(rt, id, version) => resource(self.tenant.vread(self.ctx, rt, id, version).await?),
            Place::Type(rt) => self.search(Some(rt), "").await?,
            Place::Search(rt, query) => self.search(rt, query).await?,
            Place::History(rt, id, query) => self.history(rt, id, query).await?,
            Place::Metadata => return Err(Error::NotFound),
        };
        got.unchanged = get.known.is_some() && got.version.map(|(version, _)| version) == get.known;
        if got.unchanged || get.head {
            got.body = Bytes::new();
        }
        Ok(got)
    }
}

impl From<Visible> for Match {
    fn from(visible: Visible) -> Self {
        let Visible { id, version, at, body, .. } = visible;
        Match { id, version, at, body }
    }
}

impl Tenant {
    /// Living resources that match a condition, at most two, as the caller may see them.
    pub(crate) async fn matching_two(
        &self,
        ctx: &Ctx,
        rt: ResourceType,
        query: &str,
    ) -> Result<Vec<Visible>> {
        // Refuses what a condition must not hold, such as parameters of presentation.
        Criteria::parse(rt, query)?;
        let mut request = SearchRequest::from_query(Some(rt), query)?;
        request.strict = true;
        request.params.push(("_count".into(), "2".into()));
        let page = self.search(ctx, &request).await?;
        Ok(page.entries.into_iter().map(|found| found.visible).collect())
    }
}

impl TenantRecords<'_> {
    async fn search(&self, rt: Option<ResourceType>, query: &str) -> Result<Got> {
        let request = SearchRequest::from_query(rt, query)?;
        let found = self.tenant.search(self.ctx, &request).await?;
        let body = page::search(&request, &found, &self.options.base, self.ctx.lang);
        Ok(Got { body, version: None, unchanged: false })
    }

    async fn history(&self, rt: Option<ResourceType>, id: Option<&str>, query: &str) -> Result<Got> {
        let mut request = HistoryRequest {
            rt,
            id: id.map(str::to_string),
            count: HISTORY_COUNT,
            ..HistoryRequest::default()
        };
        for (name, value) in SearchRequest::from_query(rt, query)?.params {
            match name.as_str() {
                "_count" => request.count = value.parse().unwrap_or(HISTORY_COUNT).clamp(1, COUNT_MAX),
                "_since" => request.since = fhir::date::parse(&value).map(|moment| moment.lo_ms),
                _ => {}
            }
        }
        let found = self.tenant.history(self.ctx, &request).await?;
        Ok(Got { body: page::history(&found, &self.options.base), version: None, unchanged: false })
    }
}

fn resource(visible: Visible) -> Got {
    let Visible { version, at, body, .. } = visible;
    Got { body, version: Some((version, at)), unchanged: false }
}
