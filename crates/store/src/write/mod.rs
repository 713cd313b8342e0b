//! Writing: prepare on the caller's thread, commit in groups on the tenant's one writer.

mod apply;
mod batch;
pub(crate) mod condition;
mod prepare;
mod writer;

pub(crate) use apply::promise_name;
pub(crate) use prepare::{Content, Pin, Prepared, Target};
pub(crate) use writer::{Job, Rules, Writer};

use crate::access::sight::Sight;
use crate::access::{Action, guard, redact};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::tenant::Tenant;
use apply::Done;
use bytes::Bytes;
use fhir::{Issue, ResourceType};
use tokio::sync::oneshot;

/// One write of a transaction.
#[derive(Clone, Debug)]
pub enum Write {
    /// A new resource. `id` is assigned by the store unless the caller (a bundle, a reaction) gives one;
    /// `if_none_exist` is a search: when it finds one resource, that one is answered instead.
    Create {
        rt: ResourceType,
        id: Option<String>,
        body: Bytes,
        if_none_exist: Option<String>,
    },
    /// A new version, or a new resource with an id of the client's choice. `if_match` is the version that
    /// must be current; `if_none_match` says that there must be none.
    Update {
        rt: ResourceType,
        id: String,
        body: Bytes,
        if_match: Option<u64>,
        if_none_match: bool,
    },
    /// Update of the one resource that a search finds, or create.
    UpdateWhere {
        rt: ResourceType,
        query: String,
        body: Bytes,
        if_match: Option<u64>,
    },
    Delete {
        rt: ResourceType,
        id: String,
        if_match: Option<u64>,
    },
    /// Deletion of what a search finds: one resource, or up to a hundred with `multiple`.
    DeleteWhere {
        rt: ResourceType,
        query: String,
        multiple: bool,
    },
}

impl Write {
    pub fn rt(&self) -> ResourceType {
        match self {
            Write::Create { rt, .. }
            | Write::Update { rt, .. }
            | Write::UpdateWhere { rt, .. }
            | Write::Delete { rt, .. }
            | Write::DeleteWhere { rt, .. } => *rt,
        }
    }

    fn action(&self) -> Action {
        match self {
            Write::Create { .. } => Action::Create,
            Write::Update { .. } | Write::UpdateWhere { .. } => Action::Update,
            Write::Delete { .. } | Write::DeleteWhere { .. } => Action::Delete,
        }
    }
}

/// What a write did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Created,
    Updated,
    Deleted,
    /// There was nothing to delete.
    Absent,
    /// A conditional create found its resource.
    Matched,
}

/// The outcome of one write.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub rt: ResourceType,
    pub id: String,
    /// 0 when nothing was there to delete.
    pub version: u64,
    /// Commit time, ms since epoch.
    pub at: i64,
    pub status: Status,
    /// The resource as it is now; empty after a deletion.
    pub body: Bytes,
    /// Warnings of the validation.
    pub issues: Vec<Issue>,
}

/// More writes in one transaction are refused.
pub const WRITES_MAX: usize = 20_000;
/// How often access is decided anew when another write comes in between. Those who lost a race queue, so only
/// newcomers and other nodes can come in between again.
const ATTEMPTS: usize = 50;

impl Tenant {
    /// Writes all of it or nothing, durably and audited when it returns.
    ///
    /// # Errors
    /// `Denied`, `Refused` with every issue found (locations start with `[n].` when there are several
    /// writes), `VersionConflict`, `MultipleMatches`, `Unavailable`.
    pub async fn commit(&self, ctx: &Ctx, writes: Vec<Write>) -> Result<Vec<Outcome>> {
        self.commit_job(ctx, writes, None).await
    }

    /// The same, and advances a reaction's cursor in the same transaction.
    ///
    /// # Errors
    /// As [`Tenant::commit`].
    pub async fn commit_with_cursor(
        &self,
        ctx: &Ctx,
        writes: Vec<Write>,
        cursor: (&str, i64),
    ) -> Result<Vec<Outcome>> {
        self.commit_job(ctx, writes, Some((cursor.0.to_string(), cursor.1))).await
    }

    async fn commit_job(
        &self,
        ctx: &Ctx,
        mut writes: Vec<Write>,
        cursor: Option<(String, i64)>,
    ) -> Result<Vec<Outcome>> {
        if writes.len() > WRITES_MAX {
            return Err(prepare::too_many(writes.len()).into());
        }
        self.guard_writes(ctx, &writes).await?;
        let mut attempts = if ctx.actor.system { 1 } else { ATTEMPTS };
        let mut turn = None;
        loop {
            attempts -= 1;
            let again = if attempts > 0 { writes.clone() } else { Vec::new() };
            match self.commit_once(ctx, writes, cursor.clone()).await {
                Err(error) if guard::is_raced(&error) && attempts > 0 => {
                    if turn.is_none() {
                        turn = Some(self.raced.lock().await);
                    }
                    writes = again;
                }
                Err(error) if guard::is_raced(&error) => {
                    return Err(Error::unavailable("the record keeps changing while access is decided"));
                }
                other => return other,
            }
        }
    }

    /// What the types alone forbid.
    pub(crate) async fn guard_writes(&self, ctx: &Ctx, writes: &[Write]) -> Result<()> {
        let mut asked: Vec<(Action, ResourceType)> = writes.iter().map(|w| (w.action(), w.rt())).collect();
        asked.sort_unstable_by_key(|(action, rt)| (*action as u8, rt.number()));
        asked.dedup();
        for (action, rt) in asked {
            let may = Sight::new(self, ctx, action).may(rt)
                || action == Action::Update && Sight::new(self, ctx, Action::Create).may(rt);
            if !may {
                self.audit_denied(ctx, action, rt, "", &[]).await?;
                return Err(Error::Denied);
            }
        }
        Ok(())
    }

    async fn commit_once(
        &self,
        ctx: &Ctx,
        writes: Vec<Write>,
        cursor: Option<(String, i64)>,
    ) -> Result<Vec<Outcome>> {
        let mut prepared = self.prepare_all(ctx, writes)?;
        self.admit(ctx, &mut prepared).await?;
        let audit = self.audit_of_write(ctx)?;
        let (reply, answer) = oneshot::channel();
        let (actor, clock) = (ctx.actor.clone(), ctx.clock.clone());
        let job = Job { prepared, actor, audit, cursor, clock, reply };
        self.writer.send(job).await?;
        let done = answer.await.map_err(|_| Error::Unavailable("the writer has stopped".into()))??;
        let mut outcomes = Vec::with_capacity(done.len());
        for one in done {
            outcomes.push(self.outcome(ctx, one).await?);
        }
        Ok(outcomes)
    }

    /// What was found instead of created is shown as a reading of it would be.
    async fn outcome(&self, ctx: &Ctx, mut done: Done) -> Result<Outcome> {
        let Some(entry) = done.found.take() else { return done.into_outcome() };
        let hidden = Sight::new(self, ctx, Action::Read).sees(&entry, entry.labels).await?;
        let visible = redact::visible(&entry, hidden.ok_or(Error::Denied)?)?;
        Ok(Outcome { body: visible.body, ..done.into_outcome()? })
    }

    fn prepare_all(&self, ctx: &Ctx, writes: Vec<Write>) -> Result<Vec<Prepared>> {
        let several = writes.len() > 1;
        let (mut prepared, mut issues) = (Vec::with_capacity(writes.len()), Vec::new());
        for (n, write) in writes.into_iter().enumerate() {
            match prepare::prepare(&self.sealed.keys.index, ctx, write) {
                Ok(one) => prepared.push(one),
                Err(Error::Refused(found)) => {
                    issues.extend(found.into_iter().map(|i| numbered(i, several.then_some(n))))
                }
                Err(other) => return Err(other),
            }
            if issues.len() > 100 {
                break;
            }
        }
        if issues.is_empty() { Ok(prepared) } else { Err(Error::Refused(issues)) }
    }
}

/// Says which write of a transaction an issue is about.
pub(crate) fn numbered(mut issue: Issue, n: Option<usize>) -> Issue {
    if let Some(n) = n {
        issue.expression = Some(format!("[{n}].{}", issue.expression.unwrap_or_default()));
    }
    issue
}
