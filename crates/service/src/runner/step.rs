//! One reaction, some rows of one tenant's feed.

use super::{Place, Runner, listen};
use crate::{Reaction, ReactionCtx};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use store::audit::AuditEntry;
use store::{Error, FeedRow, Parked, Result, Tenant, Write};

/// Rows read from the feed at a time.
const BATCH: usize = 200;
/// Rows without interest after which the cursor is written all the same, so that a restart skips them.
const SKIP: i64 = 1_000;

/// What became of a row.
enum Served {
    /// Its effects and the cursor are committed.
    Done,
    /// There was nothing to do: not worth a commit, since the row may come again without harm.
    Nothing,
    Failed(Error),
}

/// What a reaction is told, and where its cursor stands afterwards.
pub(super) struct Cue {
    pub row: FeedRow,
    pub cursor: i64,
    pub heard: Option<Arc<AuditEntry>>,
}

impl Cue {
    fn of_feed(row: FeedRow) -> Cue {
        Cue { cursor: row.vid, row, heard: None }
    }
}

impl Runner {
    /// Serves what the feed holds now to one reaction. Returns how many rows it was given.
    pub(super) async fn catch_up(&self, tenant: &Arc<Tenant>, reaction: &Arc<dyn Reaction>) -> Result<usize> {
        if listen::is_listener(&**reaction) {
            return self.listen(tenant, reaction).await;
        }
        let name = reaction.name();
        let mut stored = tenant.cursor(name).await?;
        // Rows that needed nothing are passed without a commit: this process remembers how far it is.
        // A place past the end is that of a former tenant of the same name.
        let place = self.position(tenant.name(), name);
        let mut cursor = if place > tenant.top().await? { stored } else { stored.max(place) };
        let mut served = 0;
        loop {
            let rows = tenant.feed(cursor, BATCH).await?;
            let Some(last) = rows.last() else { break };
            let end = last.vid;
            for row in rows {
                if self.stopping.load(Ordering::Relaxed) {
                    return Ok(served);
                }
                if reaction.types().iter().any(|t| t.number() == row.kind) {
                    if self.serve(tenant, reaction, &Cue::of_feed(row.clone())).await? {
                        stored = row.vid;
                    }
                    served += 1;
                }
            }
            cursor = end;
            if cursor - stored >= SKIP {
                self.advance(tenant, reaction, cursor).await?;
                stored = cursor;
            }
            self.note(tenant, name, cursor).await?;
        }
        self.note(tenant, name, cursor).await?;
        Ok(served)
    }

    pub(super) fn position(&self, tenant: &str, reaction: &'static str) -> i64 {
        self.places.lock().get(&(tenant.to_string(), reaction)).map_or(0, |place| place.cursor)
    }

    async fn note(&self, tenant: &Tenant, reaction: &'static str, cursor: i64) -> Result<()> {
        let behind = (tenant.top().await? - cursor).max(0);
        self.places.lock().insert((tenant.name().to_string(), reaction), Place { cursor, behind });
        Ok(())
    }

    /// Serves one row for good: done, or set aside. Says whether the cursor was stored. An error means that the
    /// store itself is unavailable: the cursor stays and the row comes again.
    pub(super) async fn serve(
        &self,
        tenant: &Arc<Tenant>,
        reaction: &Arc<dyn Reaction>,
        cue: &Cue,
    ) -> Result<bool> {
        let mut failures = 0;
        loop {
            let error = match self.attempt(tenant, reaction, cue).await {
                Served::Done => return Ok(true),
                Served::Nothing => return Ok(false),
                Served::Failed(error) => error,
            };
            failures += 1;
            if let Error::Unavailable(_) = error {
                return Err(error);
            }
            if failures >= self.pace.attempts {
                self.park(tenant, reaction, &cue.row, failures, &error).await?;
                self.advance(tenant, reaction, cue.cursor).await?;
                return Ok(true);
            }
            tokio::time::sleep(self.pace.wait(failures)).await;
        }
    }

    async fn attempt(&self, tenant: &Arc<Tenant>, reaction: &Arc<dyn Reaction>, cue: &Cue) -> Served {
        let mut cx = ReactionCtx::new(tenant.clone(), self.ctx(reaction.name()), reaction.name(), &cue.row);
        cx.heard.clone_from(&cue.heard);
        let writes = match react(cx.clone(), reaction.clone(), cue.row.clone()).await {
            Ok(writes) if writes.is_empty() => return Served::Nothing,
            Ok(writes) => writes,
            Err(error) => return Served::Failed(error),
        };
        match tenant.commit_with_cursor(&cx.ctx, writes, (reaction.name(), cue.cursor)).await {
            Ok(_) => Served::Done,
            Err(error) => Served::Failed(error),
        }
    }

    pub(super) async fn advance(
        &self,
        tenant: &Tenant,
        reaction: &Arc<dyn Reaction>,
        vid: i64,
    ) -> Result<()> {
        let ctx = self.ctx(reaction.name());
        tenant.commit_with_cursor(&ctx, Vec::new(), (reaction.name(), vid)).await.map(|_| ())
    }

    pub(super) async fn park(
        &self,
        tenant: &Tenant,
        reaction: &Arc<dyn Reaction>,
        row: &FeedRow,
        attempts: u32,
        error: &Error,
    ) -> Result<()> {
        let reason = reason(error);
        tracing::error!(reaction = reaction.name(), vid = row.vid, attempts, reason, "feed row parked");
        let parked = Parked {
            reaction: reaction.name().to_string(),
            vid: row.vid,
            attempts,
            reason: reason.to_string(),
            at: self.hub.clock().now_ms(),
        };
        tenant.park(&parked).await
    }
}

/// Runs the reaction in a task of its own, so that a panic is its failure and not the runner's end.
pub(super) async fn react(cx: ReactionCtx, reaction: Arc<dyn Reaction>, row: FeedRow) -> Result<Vec<Write>> {
    match tokio::spawn(async move { reaction.on(&cx, &row).await }).await {
        Ok(result) => result,
        Err(_) => Err(Error::Corrupt("reaction.panicked".to_string())),
    }
}

/// The stable name of what went wrong; never content.
fn reason(error: &Error) -> &'static str {
    match error {
        Error::Refused(issues) => issues.first().map_or("refused", |issue| issue.text.key),
        Error::Denied => "denied",
        Error::Gone { .. } => "gone",
        Error::NotFound => "not-found",
        Error::VersionConflict { .. } => "version-conflict",
        Error::MultipleMatches => "multiple-matches",
        Error::Unavailable(_) => "unavailable",
        _ => "internal",
    }
}
