//! What other nodes have committed: forgotten here before an answer leaves.

use crate::error::Result;
use crate::tenant::Tenant;

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
        let Some(top) = self.backend.newest_elsewhere().await? else { return Ok(()) };
        let mut applied = self.cache.applied();
        if top - applied > BEHIND_MAX {
            self.cache.clear();
            self.cache.supersede(std::iter::empty(), i64::MIN, top);
            return Ok(());
        }
        while applied < top {
            let rows = self.backend.feed(applied, ROWS).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            let (before, vid) = (applied, last.vid);
            self.cache.supersede(rows.iter().map(|row| (row.kind, row.id.as_str())), before, vid);
            applied = vid;
        }
        Ok(())
    }
}
