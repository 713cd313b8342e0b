//! History of a resource, a type or the tenant, newest first
//! (<https://hl7.org/fhir/R4/http.html#history>).

use crate::access::groups::Groups;
use crate::access::label::Labels;
use crate::access::level::Level;
use crate::access::sight::Sight;
use crate::access::{Action, field, redact};
use crate::backend::HistoryQuery;
use crate::cache::Entry;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::read::Visible;
use crate::tenant::Tenant;
use fhir::ResourceType;
use std::collections::HashMap;
use std::sync::Arc;

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
    /// Of the whole history asked for; absent where some of it may be hidden from the caller.
    pub total: Option<u64>,
    pub next: Option<i64>,
}

pub const COUNT_MAX: usize = 1000;

impl Tenant {
    /// # Errors
    /// `Denied`; `NotFound` when a single resource never existed; `Unavailable`.
    pub async fn history(&self, ctx: &Ctx, request: &HistoryRequest) -> Result<HistoryPage> {
        let rt = request.rt;
        // All types at once: what the caller may not see of them is left out.
        let sight =
            self.guard(ctx, Action::History, rt.unwrap_or(ResourceType::STRUCTURE_DEFINITION)).await?;
        self.freshen().await?;
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
        let any = opened.first().cloned();
        let seen = self.history_seen(&sight, opened).await?;
        if let (Some(rt), Some(id), Some(entry), true) = (rt, &request.id, any, seen.is_empty()) {
            let patients = crate::audit::patients_of(&entry);
            self.audit_denied(ctx, Action::History, rt, id, &patients).await?;
            return Err(Error::Denied);
        }
        let entries: Vec<Arc<Entry>> = seen.iter().map(|(entry, _)| entry.clone()).collect();
        self.audit_history(&sight, request, &entries).await?;
        if total == 0 && request.id.is_some() && request.since.is_none() && request.until.is_none() {
            return Err(Error::NotFound);
        }
        let certain = rt.is_some_and(|rt| sight.level(rt, field::groups_of(rt)) == Level::Always);
        let known = sight.everything() || certain || request.id.is_some() && !entries.is_empty();
        let visible = seen.iter().map(|(entry, hidden)| redact::visible(entry, *hidden));
        let entries = visible.collect::<Result<_>>()?;
        Ok(HistoryPage { entries, total: known.then_some(total), next })
    }

    /// Those that the caller may see, each with what of it is hidden.
    async fn history_seen(&self, sight: &Sight<'_>, opened: Vec<Arc<Entry>>) -> Result<Vec<Seen>> {
        let mut newest: HashMap<(ResourceType, Box<str>), Labels> = HashMap::new();
        let mut seen = Vec::with_capacity(opened.len());
        for entry in opened {
            if !sight.may(entry.rt) {
                continue;
            }
            let labels = match newest.get(&(entry.rt, entry.id.clone())) {
                _ if sight.everything() => Labels::default(),
                Some(labels) => *labels,
                None => {
                    let labels = self.labels_now(entry.rt, &entry.id).await?;
                    newest.insert((entry.rt, entry.id.clone()), labels);
                    labels
                }
            };
            if let Some(hidden) = sight.sees(&entry, labels).await? {
                seen.push((entry, hidden));
            }
        }
        Ok(seen)
    }
}

/// An entry and what of it is hidden.
type Seen = (Arc<Entry>, Groups);
