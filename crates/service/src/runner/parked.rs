//! Rows that were set aside: an operator sees them and has them tried again.

use super::{Runner, listen, step};
use crate::ReactionCtx;
use std::sync::Arc;
use store::{Ctx, Error, Parked, Result};

impl Runner {
    /// The rows of a tenant that were set aside, oldest first. For its administrator.
    ///
    /// # Errors
    /// `Denied` for other roles; the store's.
    pub async fn parked(&self, ctx: &Ctx, tenant: &str) -> Result<Vec<Parked>> {
        self.hub.tenant(tenant).await?.parked(ctx).await
    }

    /// Tries a row again, now. When it succeeds it is no longer set aside; when it fails it stays, with one
    /// more attempt counted, and the failure is returned.
    ///
    /// # Errors
    /// `NotFound` when no such row is set aside, `Denied` for other roles, the reaction's failure.
    pub async fn retry(&self, ctx: &Ctx, tenant: &str, reaction: &str, vid: i64) -> Result<()> {
        let tenant = self.hub.tenant(tenant).await?;
        let all = tenant.parked(ctx).await?;
        let parked = all.iter().find(|p| p.reaction == reaction && p.vid == vid).ok_or(Error::NotFound)?;
        let reaction = self.reaction(reaction).ok_or(Error::NotFound)?;
        let (row, heard) = match listen::number_of(vid) {
            Some(number) => {
                let heard = tenant.audit_feed(&self.ctx(reaction.name()), number, 1).await?.pop();
                let (_, entry) = heard.filter(|(n, _)| *n == number).ok_or(Error::NotFound)?;
                (listen::row_of(number, &entry), Some(Arc::new(entry)))
            }
            None => {
                let row = tenant.feed(vid - 1, 1).await?.pop().filter(|row| row.vid == vid);
                (row.ok_or(Error::NotFound)?, None)
            }
        };
        let row = &row;
        let mut cx = ReactionCtx::new(tenant.clone(), self.ctx(reaction.name()), reaction.name(), row);
        cx.heard = heard;
        let result = match step::react(cx.clone(), reaction.clone(), row.clone()).await {
            Ok(writes) if writes.is_empty() => Ok(()),
            Ok(writes) => tenant.commit(&cx.ctx, writes).await.map(|_| ()),
            Err(error) => Err(error),
        };
        match result {
            Ok(()) => tenant.unpark(&parked.reaction, vid).await,
            Err(error) => {
                self.park(&tenant, reaction, row, parked.attempts + 1, &error).await?;
                Err(error)
            }
        }
    }
}
