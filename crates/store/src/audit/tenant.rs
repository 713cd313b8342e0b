//! What the rest of the store calls.

use super::entry::{AuditEntry, Event, EventOutcome};
use super::follower;
use crate::access::Action;
use crate::access::sight::Sight;
use crate::cache::Entry;
use crate::ctx::{Ctx, Purpose};
use crate::error::{Error, Result};
use crate::history::HistoryRequest;
use crate::tenant::Tenant;
use fhir::ResourceType;
use std::sync::Arc;

impl Tenant {
    /// The decision by type. A denial is recorded before it is told.
    ///
    /// # Errors
    /// `Denied`; `Unavailable` when the denial cannot be recorded.
    pub(crate) async fn guard<'a>(
        &'a self,
        ctx: &'a Ctx,
        action: Action,
        rt: ResourceType,
    ) -> Result<Sight<'a>> {
        let sight = Sight::new(self, ctx, action);
        if sight.may(rt) {
            return Ok(sight);
        }
        self.audit_denied(ctx, action, rt, "", &[]).await?;
        Err(Error::Denied)
    }

    /// Records that something was denied: a resource (`id`, if it is one) of these patients (`rid`s).
    pub(crate) async fn audit_denied(
        &self,
        ctx: &Ctx,
        action: Action,
        rt: ResourceType,
        id: &str,
        patients: &[i64],
    ) -> Result<()> {
        let event = match action {
            Action::Read => Event::Read,
            Action::Search => Event::Search,
            Action::History => Event::History,
            Action::Create => Event::Create,
            Action::Update | Action::Sign => Event::Update,
            Action::Delete => Event::Delete,
        };
        let entry = AuditEntry {
            kind: rt.number(),
            id: id.to_string(),
            patients: patients.to_vec(),
            outcome: EventOutcome::Denied,
            ..AuditEntry::of(ctx, event)
        };
        self.audit.record(entry).await
    }

    /// Records that one resource was read, or was not there.
    pub(crate) async fn audit_read(
        &self,
        sight: &Sight<'_>,
        rt: ResourceType,
        id: &str,
        found: Option<&Arc<Entry>>,
    ) -> Result<()> {
        let entry = AuditEntry {
            kind: rt.number(),
            id: id.to_string(),
            version: found.map_or(0, |entry| entry.version),
            patients: found.map(patients_of).unwrap_or_default(),
            outcome: if found.is_some() { EventOutcome::Success } else { EventOutcome::NotFound },
            ..reading(sight, Event::Read)
        };
        self.audit.record(entry).await
    }

    /// Records a page of history.
    pub(crate) async fn audit_history(
        &self,
        sight: &Sight<'_>,
        request: &HistoryRequest,
        seen: &[Arc<Entry>],
    ) -> Result<()> {
        let entry = AuditEntry {
            kind: request.rt.map_or(0, ResourceType::number),
            id: request.id.clone().unwrap_or_default(),
            patients: all_patients(seen),
            ..reading(sight, Event::History)
        };
        self.audit.record(entry).await
    }

    /// Records a search: its text, and whose records its page shows.
    pub(crate) async fn audit_search(
        &self,
        ctx: &Ctx,
        rt: Option<ResourceType>,
        query: &str,
        seen: &[Arc<Entry>],
        by_glass: bool,
    ) -> Result<()> {
        let purpose = if by_glass { Purpose::BreakGlass } else { ctx.purpose };
        let entry = AuditEntry {
            purpose,
            kind: rt.map_or(0, ResourceType::number),
            query: query.to_string(),
            patients: all_patients(seen),
            ..AuditEntry::of(ctx, Event::Search)
        };
        self.audit.record(entry).await
    }

    /// The sealed detail of a transaction, for `NewTransaction::audit`: it becomes durable with the write, and
    /// the follower makes entries of it.
    pub(crate) fn audit_of_write(&self, ctx: &Ctx) -> Result<Vec<u8>> {
        let node = self.audit.queue.node.clone();
        let detail = AuditEntry { node, ..AuditEntry::of(ctx, Event::Write) };
        follower::seal_detail(&self.sealed, &detail)
    }

    /// Records that a patient is about to be erased.
    pub(crate) async fn audit_erase(&self, ctx: &Ctx, id: &str) -> Result<()> {
        self.audit_operation(ctx, "erase", Some((ResourceType::PATIENT, id))).await
    }

    /// Records something that is neither a reading nor a writing of a resource: an export, an erasure, a token
    /// given out.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn audit_operation(
        &self,
        ctx: &Ctx,
        name: &str,
        on: Option<(ResourceType, &str)>,
    ) -> Result<()> {
        let entry = AuditEntry {
            kind: on.map_or(0, |(rt, _)| rt.number()),
            id: on.map(|(_, id)| id.to_string()).unwrap_or_default(),
            query: name.to_string(),
            ..AuditEntry::of(ctx, Event::Operation)
        };
        self.audit.record(entry).await
    }

    /// Records a login, or a failed one.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn audit_login(&self, ctx: &Ctx, granted: bool) -> Result<()> {
        let outcome = if granted { EventOutcome::Success } else { EventOutcome::Denied };
        self.audit.record(AuditEntry { outcome, ..AuditEntry::of(ctx, Event::Login) }).await
    }
}

/// An entry of a reading; what break-glass alone opened is recorded with that purpose.
fn reading(sight: &Sight<'_>, event: Event) -> AuditEntry {
    let entry = AuditEntry::of(sight.ctx, event);
    if sight.by_glass() { AuditEntry { purpose: Purpose::BreakGlass, ..entry } } else { entry }
}

/// The patient whose record an entry belongs to; a patient belongs to itself.
fn patient(entry: &Entry) -> i64 {
    if entry.rt == ResourceType::PATIENT { entry.rid } else { entry.owner }
}

pub(crate) fn patients_of(entry: &Arc<Entry>) -> Vec<i64> {
    Some(patient(entry)).filter(|rid| *rid != 0).into_iter().collect()
}

fn all_patients(entries: &[Arc<Entry>]) -> Vec<i64> {
    let mut rids: Vec<i64> = entries.iter().map(|entry| patient(entry)).filter(|rid| *rid != 0).collect();
    rids.sort_unstable();
    rids.dedup();
    rids
}
