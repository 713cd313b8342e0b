//! Searching inside the writing transaction: conditional writes and rules see what is committed and what
//! this transaction has written so far, so two concurrent conditional creates make one resource.

use crate::backend::Tx;
use crate::cache::Entry;
use crate::error::{Error, Result};
use crate::keyring::Sealed;
use crate::search::Criteria;
use crate::tenant::Tenant;
use std::sync::Arc;

impl Tenant {
    /// The same as of now, without a transaction and without guard: what it finds must be decided.
    pub(crate) async fn matching(&self, criteria: &Criteria, limit: usize) -> Result<Vec<Arc<Entry>>> {
        let mut entries = match criteria.ids() {
            Some(ids) => {
                let kind = criteria.rt().number();
                let names: Vec<(u16, String)> = ids.into_iter().map(|id| (kind, id)).collect();
                self.open_current(&names).await?
            }
            None => {
                let wide = limit.saturating_mul(8).max(64);
                let select = criteria.select(&self.sealed.keys.index, i64::MAX, wide)?;
                let hits = self.backend.select(&select).await?;
                self.open_versions(&hits.into_iter().map(|hit| hit.vid).collect::<Vec<_>>()).await?
            }
        };
        let mut wrong = None;
        entries.retain(|entry| match fhir::json::parse(&entry.body) {
            Ok(resource) => criteria.matches(&resource),
            Err(_) => {
                wrong = Some(Error::Corrupt("stored JSON".into()));
                false
            }
        });
        entries.truncate(limit);
        wrong.map_or(Ok(entries), Err)
    }
}

/// The living resources that match, at most `limit`.
pub(crate) fn matches(
    tx: &mut dyn Tx,
    sealed: &Sealed,
    criteria: &Criteria,
    limit: usize,
) -> Result<Vec<Arc<Entry>>> {
    let vids = match criteria.ids() {
        Some(ids) => {
            let kind = criteria.rt().number();
            let names: Vec<(u16, &str)> = ids.iter().map(|id| (kind, id.as_str())).collect();
            tx.heads(&names)?.into_iter().flatten().filter(|h| !h.deleted).map(|h| h.vid).collect()
        }
        None => {
            // Hash collisions and lossy keys are dropped below, so look a little further than asked.
            let select = criteria.select(&sealed.keys.index, i64::MAX, limit.saturating_mul(8).max(64))?;
            tx.select(&select)?.into_iter().map(|hit| hit.vid).collect::<Vec<i64>>()
        }
    };
    let mut found = Vec::new();
    for row in tx.rows(&vids)? {
        let entry = sealed.open(&row)?;
        let resource = fhir::json::parse(&entry.body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
        if criteria.matches(&resource) {
            drop(resource);
            found.push(entry);
            if found.len() == limit {
                break;
            }
        }
    }
    Ok(found)
}
