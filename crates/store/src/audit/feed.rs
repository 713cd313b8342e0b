//! The audit log as a feed, for what watches over it, and as the list of those who opened a record.
//!
//! Reading the log for the hub itself leaves no entry: a watcher that made entries by reading would never come
//! to the end. What people read through it is recorded, as ever.

use super::chunk::{CHUNK, Key};
use super::entry::{AuditEntry, Event, EventOutcome};
use super::hint::{Hints, patient_ids};
use super::search::id_of;
use crate::ctx::{Ctx, Role};
use crate::error::{Error, Result};
use crate::tenant::Tenant;
use fhir::ResourceType;
use std::collections::HashMap;
use uuid::Uuid;

/// Entries given at a time.
const BATCH_MAX: usize = 4096;
/// Chunks opened for one page of an access list, and for the past of one account.
const CHUNKS_MAX: usize = 64;

/// Who opened a record: a page, newest first.
#[derive(Clone, Debug, Default)]
pub struct AccessPage {
    /// Number and content of the entries.
    pub entries: Vec<(u64, AuditEntry)>,
    /// Give it as `before` to go on; `None` at the end.
    pub next: Option<u64>,
}

/// What part of a patient's accesses is asked for. Times are ms since epoch, inclusive.
#[derive(Clone, Copy, Debug)]
pub struct AccessRequest<'a> {
    /// Id of the Patient.
    pub patient: &'a str,
    pub from: i64,
    pub to: i64,
    /// Number of an entry: only what is before it.
    pub before: Option<u64>,
    pub count: usize,
}

impl Tenant {
    /// Entries of the log from number `first` on, oldest first, for the hub itself.
    ///
    /// # Errors
    /// `Denied` to everyone else; `Unavailable`.
    pub async fn audit_feed(&self, ctx: &Ctx, first: u64, count: usize) -> Result<Vec<(u64, AuditEntry)>> {
        if !ctx.actor.system {
            return Err(Error::Denied);
        }
        self.audit.entries(first, count.min(BATCH_MAX) as u64).await
    }

    /// How many entries the log has.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn audit_size(&self) -> Result<u64> {
        self.audit.stored().await
    }

    /// The entries of one account within a time, newest first, at most `count`, for the hub itself.
    ///
    /// # Errors
    /// `Denied` to everyone else; `Unavailable`.
    pub async fn audit_of_actor(
        &self,
        ctx: &Ctx,
        actor: Uuid,
        (from, to): (i64, i64),
        count: usize,
    ) -> Result<Vec<(u64, AuditEntry)>> {
        if !ctx.actor.system {
            return Err(Error::Denied);
        }
        let hints = Hints::of_key(Key::Actor(actor), from, to);
        Ok(self.audit_walk(&hints, None, count, |_| true).await?.entries)
    }

    /// Ids of patients by the numbers that entries name them by.
    ///
    /// # Errors
    /// `Denied` to all but the hub itself; `Unavailable`.
    pub async fn audit_patients(&self, ctx: &Ctx, rids: &[i64]) -> Result<HashMap<i64, String>> {
        if !ctx.actor.system {
            return Err(Error::Denied);
        }
        patient_ids(rids.to_vec(), &*self.backend).await
    }

    /// The number by which entries name a patient; `None` if there is no such patient.
    ///
    /// # Errors
    /// `Denied` to all but the hub itself; `Unavailable`.
    pub async fn audit_number_of(&self, ctx: &Ctx, patient: &str) -> Result<Option<i64>> {
        if !ctx.actor.system {
            return Err(Error::Denied);
        }
        Ok(self.backend.current(ResourceType::PATIENT.number(), patient).await?.map(|row| row.rid))
    }

    /// Records that something was refused that is neither a reading nor a writing of a resource, where a service
    /// decides: before it is told.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn audit_refused(&self, ctx: &Ctx, name: &str, on: Option<(ResourceType, &str)>) -> Result<()> {
        let entry = AuditEntry {
            kind: on.map_or(0, |(rt, _)| rt.number()),
            id: on.map(|(_, id)| id.to_string()).unwrap_or_default(),
            query: name.to_string(),
            outcome: EventOutcome::Denied,
            ..AuditEntry::of(ctx, Event::Operation)
        };
        self.audit.record(entry).await
    }

    /// Who opened, changed or tried to open the record of a patient: for auditors, and for the patient and their
    /// proxies, who may know it of their own record. What the hub did by itself is left out. The asking is
    /// recorded too.
    ///
    /// # Errors
    /// `Denied` (recorded); `NotFound`; `Unavailable`.
    pub async fn access_list(&self, ctx: &Ctx, request: AccessRequest<'_>) -> Result<AccessPage> {
        let own = ctx.actor.roles == [Role::Patient];
        if own {
            // A patient's account can read this Patient if it is its own, or one that it stands in for.
            self.read(ctx, ResourceType::PATIENT, request.patient).await?;
        } else if !ctx.actor.has(Role::Auditor) {
            let denied = AuditEntry {
                kind: ResourceType::AUDIT_EVENT.number(),
                query: format!("patient=Patient/{}", request.patient),
                outcome: EventOutcome::Denied,
                ..AuditEntry::of(ctx, Event::Search)
            };
            self.audit.record(denied).await?;
            return Err(Error::Denied);
        }
        let Some(row) = self.backend.current(ResourceType::PATIENT.number(), request.patient).await? else {
            return Err(Error::NotFound);
        };
        let mut hints = Hints::of_key(Key::Patient(row.rid), request.from, request.to);
        hints.or(Key::What(ResourceType::PATIENT.number(), request.patient.to_string()));
        let query = format!("patient=Patient/{}", request.patient);
        let asked = AuditEntry {
            kind: ResourceType::AUDIT_EVENT.number(),
            query,
            ..AuditEntry::of(ctx, Event::Search)
        };
        self.audit.record(asked).await?;
        self.audit_walk(&hints, request.before, request.count, |entry| !entry.actor.is_nil()).await
    }

    async fn audit_walk(
        &self,
        hints: &Hints,
        before: Option<u64>,
        count: usize,
        admit: impl Fn(&AuditEntry) -> bool,
    ) -> Result<AccessPage> {
        let mut page = AccessPage::default();
        let (mut end, mut opened) = (before.unwrap_or(u64::MAX).min(self.audit.stored().await?), 0);
        while end > 0 {
            let first = (end - 1) / CHUNK * CHUNK;
            let filter = self.audit.filter(&*self.backend, first / CHUNK).await?;
            let skipped = filter.is_some_and(|f| !hints.admit_chunk(&self.sealed.keys.index, &f));
            if !skipped {
                if opened == CHUNKS_MAX {
                    page.next = Some(end);
                    return Ok(page);
                }
                opened += 1;
                let mut entries = self.audit.entries(first, end - first).await?;
                entries.retain(|(_, entry)| hints.admit(entry) && admit(entry));
                for (number, entry) in entries.into_iter().rev() {
                    if page.entries.len() == count {
                        page.next = Some(number + 1);
                        return Ok(page);
                    }
                    page.entries.push((number, entry));
                }
            }
            end = first;
        }
        Ok(page)
    }
}

impl AuditEntry {
    /// The id of the AuditEvent that the entry of this number is shown as.
    pub fn event_id(number: u64) -> String {
        id_of(number)
    }
}
