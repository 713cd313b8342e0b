//! What other nodes have committed or erased: forgotten here before an answer leaves.

use crate::backend::ERASED;
use crate::error::Result;
use crate::tenant::Tenant;
use std::sync::atomic::Ordering;

/// Rows of the feed read at a time.
const ROWS: usize = 1000;
/// So far behind, the cache is emptied instead.
const BEHIND_MAX: i64 = 20_000;

impl Tenant {
    /// Forgets cached resources that another process has replaced, up to what was committed when this call
    /// began. Costs nothing where this process alone writes.
    ///
    /// # Errors
    /// `Unavailable`.
    pub(crate) async fn freshen(&self) -> Result<()> {
        let Some(newest) = self.backend.newest_elsewhere().await? else { return Ok(()) };
        if self.cache.erasures.load(Ordering::Acquire) != newest.erasures {
            self.forget_erased().await?;
            self.cache.erasures.store(newest.erasures, Ordering::Release);
        }
        let (top, mut applied) = (newest.vid, self.cache.applied());
        if top - applied > BEHIND_MAX {
            self.cache.clear();
            self.gate.clear();
            self.cache.supersede(std::iter::empty(), i64::MIN, top);
            return Ok(());
        }
        while applied < top {
            let rows = self.backend.feed(applied, ROWS).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            let (before, vid) = (applied, last.vid);
            self.cache.supersede(rows.iter().map(|row| (row.kind, row.id.as_str())), before, vid);
            rows.iter().for_each(|row| self.gate.changed(row.kind, [row.owner]));
            applied = vid;
        }
        Ok(())
    }

    /// Forgets the keys that were destroyed, and all that was opened with any key.
    pub(crate) async fn forget_erased(&self) -> Result<()> {
        let list = self.backend.value(ERASED).await?.unwrap_or_default();
        let (kids, _) = list.as_chunks::<8>();
        kids.iter().for_each(|kid| self.sealed.forget(i64::from_le_bytes(*kid)));
        self.cache.clear();
        self.gate.clear();
        Ok(())
    }
}
