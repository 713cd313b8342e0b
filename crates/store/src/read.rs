//! Reading one resource: newest or a given version.

use crate::access::label::Labels;
use crate::access::sight::Sight;
use crate::access::{Action, redact};
use crate::backend::{Op, Row};
use crate::cache::Entry;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::tenant::Tenant;
use bytes::Bytes;
use fhir::ResourceType;
use std::sync::Arc;

/// What policy has let through: the only form in which a resource leaves the store.
#[derive(Clone, Debug)]
pub struct Visible {
    pub rt: ResourceType,
    pub id: String,
    pub version: u64,
    /// Commit time, ms since epoch.
    pub at: i64,
    pub op: Op,
    /// The whole resource as JSON; empty when this version is a deletion.
    pub body: Bytes,
    /// Members that the reader may not see were left out; it cannot be written back.
    pub redacted: bool,
}

impl Visible {
    /// After the access decision, when all of the entry may be seen.
    pub(crate) fn of(entry: &Entry) -> Visible {
        Visible {
            rt: entry.rt,
            id: entry.id.to_string(),
            version: entry.version,
            at: entry.at,
            op: entry.op,
            body: entry.body.clone(),
            redacted: false,
        }
    }
}

impl Tenant {
    /// The newest version of a resource.
    ///
    /// # Errors
    /// `Denied`, `NotFound`, `Gone`, `Unavailable` (also when the access cannot be audited).
    pub async fn read(&self, ctx: &Ctx, rt: ResourceType, id: &str) -> Result<Visible> {
        let sight = self.guard(ctx, Action::Read, rt).await?;
        if rt == ResourceType::AUDIT_EVENT {
            return self.audit_event_read(ctx, id).await;
        }
        let found = self.open_name(rt, id).await;
        self.show(&sight, rt, id, found, Labels::default()).await
    }

    /// A given version of a resource.
    ///
    /// # Errors
    /// As [`Tenant::read`].
    pub async fn vread(&self, ctx: &Ctx, rt: ResourceType, id: &str, version: u64) -> Result<Visible> {
        let sight = self.guard(ctx, Action::Read, rt).await?;
        if rt == ResourceType::AUDIT_EVENT {
            return self.audit_event_read(ctx, id).await;
        }
        self.freshen().await?;
        let found = match self.backend.version(rt.number(), id, version).await? {
            Some(row) => self.open_row(row).await.map(Some),
            None => Ok(None),
        };
        // A label that was put on later closes the earlier versions too.
        let newest = match (&found, sight.everything()) {
            (Ok(Some(_)), false) => self.labels_now(rt, id).await?,
            _ => Labels::default(),
        };
        self.show(&sight, rt, id, found, newest).await
    }

    /// The labels of the newest version.
    pub(crate) async fn labels_now(&self, rt: ResourceType, id: &str) -> Result<Labels> {
        match self.open_name(rt, id).await {
            Ok(newest) => Ok(newest.map(|entry| entry.labels).unwrap_or_default()),
            Err(Error::Gone { .. }) => Ok(Labels::default()),
            Err(other) => Err(other),
        }
    }

    /// Decides about one version, records the reading and shows what may be seen.
    async fn show(
        &self,
        sight: &Sight<'_>,
        rt: ResourceType,
        id: &str,
        found: Result<Option<Arc<Entry>>>,
        newest: Labels,
    ) -> Result<Visible> {
        let entry = found.as_ref().ok().and_then(Option::as_ref);
        let hidden = match entry {
            Some(entry) => match sight.sees(entry, newest).await? {
                Some(hidden) => hidden,
                None => {
                    let patients = crate::audit::patients_of(entry);
                    self.audit_denied(sight.ctx, sight.action, rt, id, &patients).await?;
                    return Err(Error::Denied);
                }
            },
            None => Default::default(),
        };
        self.audit_read(sight, rt, id, entry).await?;
        match found? {
            None => Err(Error::NotFound),
            Some(entry) if entry.op == Op::Delete => {
                Err(Error::Gone { version: entry.version, at: entry.at })
            }
            Some(entry) => redact::visible(&entry, hidden),
        }
    }

    /// The newest version by name, from the cache or the database.
    pub(crate) async fn open_name(&self, rt: ResourceType, id: &str) -> Result<Option<Arc<Entry>>> {
        self.freshen().await?;
        if let Some(entry) = self.cache.current(rt.number(), id) {
            return Ok(Some(entry));
        }
        let epoch = self.cache.epoch();
        let Some(row) = self.backend.current(rt.number(), id).await? else { return Ok(None) };
        let entry = self.open_row(row).await?;
        self.cache.put_current(epoch, &entry);
        Ok(Some(entry))
    }

    /// The newest versions of these resources, in no order; absent and deleted ones are left out.
    pub(crate) async fn open_current(&self, names: &[(u16, String)]) -> Result<Vec<Arc<Entry>>> {
        self.freshen().await?;
        let mut found = Vec::with_capacity(names.len());
        let mut missing = Vec::new();
        for (kind, id) in names {
            match self.cache.current(*kind, id) {
                Some(entry) => found.push(entry),
                None => missing.push((*kind, id.clone())),
            }
        }
        if !missing.is_empty() {
            let epoch = self.cache.epoch();
            let rows = self.backend.current_many(&missing).await?;
            for entry in self.open_rows(rows).await? {
                self.cache.put_current(epoch, &entry);
                found.push(entry);
            }
        }
        found.retain(|entry| entry.op != Op::Delete);
        Ok(found)
    }

    /// These versions, in the order asked; those that are not there any more are left out.
    pub(crate) async fn open_versions(&self, vids: &[i64]) -> Result<Vec<Arc<Entry>>> {
        let cached: Vec<Option<Arc<Entry>>> = vids.iter().map(|vid| self.cache.version(*vid)).collect();
        let missing: Vec<i64> =
            vids.iter().zip(&cached).filter(|(_, hit)| hit.is_none()).map(|(vid, _)| *vid).collect();
        if missing.is_empty() {
            return Ok(cached.into_iter().flatten().collect());
        }
        let rows = self.backend.rows(&missing).await?;
        let opened = self.open_rows(rows).await?;
        opened.iter().for_each(|entry| self.cache.put_version(entry));
        let mut opened = opened.into_iter().peekable();
        let mut found = Vec::with_capacity(vids.len());
        for (vid, hit) in vids.iter().zip(cached) {
            match hit {
                Some(entry) => found.push(entry),
                None => found.extend(opened.next_if(|entry| entry.vid == *vid)),
            }
        }
        Ok(found)
    }

    async fn open_row(&self, row: Row) -> Result<Arc<Entry>> {
        let keys = self.sealed.fetch(std::slice::from_ref(&row)).await?;
        self.sealed.open_with(&keys, &row)
    }

    /// Opens rows; those of erased patients are left out.
    pub(crate) async fn open_rows(&self, rows: Vec<Row>) -> Result<Vec<Arc<Entry>>> {
        let keys = self.sealed.fetch(&rows).await?;
        let mut opened = Vec::with_capacity(rows.len());
        for row in &rows {
            match self.sealed.open_with(&keys, row) {
                Ok(entry) => opened.push(entry),
                Err(Error::Gone { .. }) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(opened)
    }
}
