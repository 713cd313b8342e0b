//! History of a resource, a type or the tenant, newest first
//! (<https://hl7.org/fhir/R4/http.html#history>).

use crate::access::{self, Action};
use crate::backend::HistoryQuery;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::read::Visible;
use crate::tenant::Tenant;
use fhir::ResourceType;

/// What part of the history is asked for.
#[derive(Clone, Debug, Default)]
pub struct HistoryRequest {
    pub rt: Option<ResourceType>,
    pub id: Option<String>,
    /// Only versions committed at or after this time, ms since epoch.
    pub since: Option<i64>,
    /// Only versions committed at or before this time, ms since epoch.
    pub until: Option<i64>,
    /// Entries a page; at most [`COUNT_MAX`].
    pub count: usize,
    /// Where the page starts: the `next` of the page before.
    pub before: Option<i64>,
}

/// One page, newest first.
#[derive(Clone, Debug)]
pub struct HistoryPage {
    pub entries: Vec<Visible>,
    /// Of the whole history asked for.
    pub total: u64,
    pub next: Option<i64>,
}

pub const COUNT_MAX: usize = 1000;

impl Tenant {
    /// # Errors
    /// `Denied`; `NotFound` when a single resource never existed; `Unavailable`.
    pub async fn history(&self, ctx: &Ctx, request: &HistoryRequest) -> Result<HistoryPage> {
        let rt = request.rt;
        match rt {
            Some(rt) => self.guard(ctx, Action::History, rt).await?,
            // All types at once: only for those who may read all of them.
            None => self.guard(ctx, Action::History, ResourceType::STRUCTURE_DEFINITION).await?,
        }
        let count = request.count.clamp(1, COUNT_MAX);
        let query = HistoryQuery {
            kind: rt.map(ResourceType::number),
            id: request.id.clone(),
            before: request.before,
            since: request.since,
            until: request.until,
            limit: count + 1,
        };
        let total = self.backend.history_count(&query).await?;
        let mut rows = self.backend.history(&query).await?;
        let more = rows.len() > count;
        rows.truncate(count);
        let next = rows.last().filter(|_| more).map(|row| row.vid);
        let opened = self.open_rows(rows).await?;
        self.audit_history(ctx, request, &opened).await?;
        if total == 0 && request.id.is_some() && request.since.is_none() && request.until.is_none() {
            return Err(Error::NotFound);
        }
        let readable = |rt: ResourceType| access::allows(ctx, Action::History, rt);
        let entries = opened.iter().filter(|e| readable(e.rt)).map(|e| Visible::of(e)).collect();
        Ok(HistoryPage { entries, total, next })
    }
}
