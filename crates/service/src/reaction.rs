//! What follows from a commit: asynchronous, at least once, idempotent.

use async_trait::async_trait;
use fhir::ResourceType;
use std::sync::Arc;
use store::audit::AuditEntry;
use store::{Cause, Ctx, Error, FeedRow, Result, Tenant, Visible, Write};
use uuid::Uuid;

/// Turns a feed row into writes.
///
/// The writes and the advance of the reaction's cursor are one transaction. A row may come more than once (an
/// operator's retry, a crash before the commit): read the present state through [`ReactionCtx::current`], since
/// the row only hints at it, derive the ids of what you create with [`ReactionCtx::id`], and return no write
/// when there is nothing left to do.
#[async_trait]
pub trait Reaction: Send + Sync + 'static {
    /// Short and stable, such as `records.patient-merge`: names the cursor in the database.
    fn name(&self) -> &'static str;

    /// The resource types to hear of. AuditEvent stands alone: such a reaction is driven by the audit log instead
    /// of the feed, and finds the entry in [`ReactionCtx::heard`].
    fn types(&self) -> &[ResourceType];

    /// Of a reaction on AuditEvent: whether an entry of the audit log is worth a call of [`Reaction::on`]. Every
    /// entry comes by here, in order, so it must be quick. What it keeps in memory is lost at a restart; the
    /// runner then shows the last [`crate::runner::LOOK_BACK`] entries again.
    fn hears(&self, _tenant: &str, _number: u64, _entry: &AuditEntry) -> bool {
        true
    }

    /// Of a reaction on AuditEvent: asked before new entries are shown to it, to refresh what it compares with.
    ///
    /// # Errors
    /// The store's: the entries come again.
    async fn attend(&self, _cx: &ReactionCtx) -> Result<()> {
        Ok(())
    }

    /// # Errors
    /// Any error makes the runner try again after a while, then set the row aside for an operator.
    async fn on(&self, cx: &ReactionCtx, row: &FeedRow) -> Result<Vec<Write>>;
}

/// What a reaction sees of the hub.
#[derive(Clone)]
pub struct ReactionCtx {
    pub tenant: Arc<Tenant>,
    /// The hub itself as actor, under the reaction's name; the cause is the transaction of the row.
    pub ctx: Ctx,
    /// The entry of the audit log that made us act.
    pub heard: Option<Arc<AuditEntry>>,
    reaction: &'static str,
}

/// Namespace of the ids that reactions derive (UUIDv5 of "medhub:reaction" in the DNS namespace's manner).
const NAMESPACE: Uuid = Uuid::from_u128(0x8d7f_2b0e_6c54_5a39_9a1c_3f0e_71d2_b6a4);

impl ReactionCtx {
    pub(crate) fn new(tenant: Arc<Tenant>, mut ctx: Ctx, reaction: &'static str, row: &FeedRow) -> Self {
        ctx.actor = store::Actor::system(reaction);
        ctx.cause = Some(Cause { t: row.t });
        let mut cx = ReactionCtx { tenant, ctx, heard: None, reaction };
        cx.ctx.request = cx.id(row, "request");
        cx
    }

    /// The id of a thing that this row causes: the same at every attempt. `label` tells apart several things
    /// of one row.
    pub fn id(&self, row: &FeedRow, label: &str) -> Uuid {
        let name =
            format!("{}\n{}\n{}\n{}\n{label}", self.tenant.name(), self.reaction, row.vid, row.version);
        Uuid::new_v5(&NAMESPACE, name.as_bytes())
    }

    /// The resource as it stands now; `None` when it does not exist (any more).
    ///
    /// # Errors
    /// The store cannot answer.
    pub async fn current(&self, kind: ResourceType, id: &str) -> Result<Option<Visible>> {
        match self.tenant.read(&self.ctx, kind, id).await {
            Ok(found) => Ok(Some(found)),
            Err(Error::NotFound | Error::Gone { .. }) => Ok(None),
            Err(other) => Err(other),
        }
    }
}
