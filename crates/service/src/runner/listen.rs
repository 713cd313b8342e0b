//! Reactions on AuditEvent: driven by the audit log, entry by entry, with a cursor of their own.
//!
//! Most entries interest nobody, so [`crate::Reaction::hears`] is asked first, in this task, and only what it
//! lets through is served like a feed row. Reads do not move the feed: the log is looked at whenever the feed
//! wakes the runner, and every few seconds otherwise.

use super::step::Cue;
use super::{Place, Runner};
use crate::{Reaction, ReactionCtx};
use fhir::ResourceType;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use store::audit::{AuditEntry, Event};
use store::{FeedRow, Op, Result, Tenant};

/// Entries shown again after a restart, so that counts over a time are right soon.
pub const LOOK_BACK: i64 = 10_000;
/// Entries read at a time.
const BATCH: usize = 1_000;
/// Entries after which the cursor is written though nothing was done. It is not written more often, since a
/// commit that stores a cursor is work for the disk.
const SKIP: i64 = 5_000;

/// Whether the audit log drives the reaction.
pub(super) fn is_listener(reaction: &dyn Reaction) -> bool {
    reaction.types().contains(&ResourceType::AUDIT_EVENT)
}

/// The row that stands for an entry: what the reaction's ids are derived from, and what is parked. Its number is
/// negative, so that it is never taken for one of the feed.
pub(super) fn row_of(number: u64, entry: &AuditEntry) -> FeedRow {
    FeedRow {
        vid: -1 - i64::try_from(number).unwrap_or(i64::MAX - 1),
        t: 0,
        at: entry.at,
        kind: ResourceType::AUDIT_EVENT.number(),
        id: AuditEntry::event_id(number),
        version: 1,
        op: Op::Create,
        owner: 0,
        audit: Vec::new(),
    }
}

/// The entry that a row of that number stands for; `None` if it is a row of the feed.
pub(super) fn number_of(vid: i64) -> Option<u64> {
    u64::try_from(-1 - vid).ok().filter(|_| vid < 0)
}

impl Runner {
    /// Shows one reaction what the log holds now. Returns how many entries it was called for.
    pub(super) async fn listen(&self, tenant: &Arc<Tenant>, reaction: &Arc<dyn Reaction>) -> Result<usize> {
        let name = reaction.name();
        let end = i64::try_from(tenant.audit_size().await?).unwrap_or(i64::MAX);
        // After a restore the log may be shorter than the cursor says.
        let mut stored = tenant.cursor(name).await?.min(end);
        let place = self.position(tenant.name(), name);
        let started = place > 0 && place <= end;
        let mut cursor = if started { place } else { (stored - LOOK_BACK).max(0) };
        let (ctx, mut served) = (self.ctx(name), 0);
        if cursor < end {
            let row = row_of(u64::try_from(cursor).unwrap_or(0), &AuditEntry::of(&ctx, Event::Operation));
            reaction.attend(&ReactionCtx::new(tenant.clone(), ctx.clone(), name, &row)).await?;
        }
        while cursor < end {
            let batch = tenant.audit_feed(&ctx, u64::try_from(cursor).unwrap_or(0), BATCH).await?;
            // Entries that do not open are left out; `medhub audit verify` names them.
            let after = match batch.last() {
                Some((last, _)) => i64::try_from(*last).unwrap_or(i64::MAX - 1) + 1,
                None => end.min(cursor + BATCH as i64),
            };
            for (number, entry) in batch {
                if self.stopping.load(Ordering::Relaxed) {
                    return Ok(served);
                }
                if !reaction.hears(tenant.name(), number, &entry) {
                    continue;
                }
                let row = row_of(number, &entry);
                let after = i64::try_from(number).unwrap_or(i64::MAX - 1) + 1;
                let cue = Cue { row, cursor: after.max(stored), heard: Some(Arc::new(entry)) };
                if self.serve(tenant, reaction, &cue).await? {
                    stored = cue.cursor;
                }
                served += 1;
            }
            cursor = after;
            if cursor - stored >= SKIP {
                self.advance(tenant, reaction, cursor).await?;
                stored = cursor;
            }
            let place = Place { cursor, behind: (end - cursor).max(0) };
            self.places.lock().insert((tenant.name().to_string(), name), place);
        }
        Ok(served)
    }
}
