//! Following the feed: of which of its pointers a caller may know. A pointer says that something was written, to
//! which resource and in whose record; what was written is read as ever.

use super::Action;
use super::label::Labels;
use super::sight::{Sight, Whose};
use crate::backend::{FeedRow, Op};
use crate::cache::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::tenant::Tenant;
use fhir::ResourceType;
use std::collections::HashMap;
use std::sync::Arc;

/// That a resource was written, without what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// Position in the feed: larger than that of everything committed before.
    pub position: i64,
    pub rt: ResourceType,
    pub id: String,
    pub version: u64,
    pub op: Op,
    /// Id of the patient in whose record it is.
    pub patient: Option<Box<str>>,
}

impl Tenant {
    /// Those of the rows whose resources the caller may read as they are now, in the same order. A row of a
    /// resource that was deleted since is left out: its deletion comes later in the feed. The reading of pointers
    /// is not recorded one by one; who follows the feed records that it does.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn follow(&self, ctx: &Ctx, rows: &[FeedRow]) -> Result<Vec<Pointer>> {
        let sight = Sight::new(self, ctx, Action::Read);
        let typed = rows.iter().filter_map(|row| Some((row, ResourceType::from_number(row.kind)?)));
        let open: Vec<(&FeedRow, ResourceType)> = typed.filter(|(_, rt)| sight.may(*rt)).collect();
        if open.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.followed(&open).await?;
        let mut pointers = Vec::with_capacity(open.len());
        for (row, rt) in open {
            let Some(entry) = found.get(&key(row)) else { continue };
            if sight.sees(entry, Labels::default()).await?.is_none() {
                continue;
            }
            let patient = match sight.whose(entry).await? {
                Whose::Patient(_) if rt == ResourceType::PATIENT => Some(row.id.as_str().into()),
                Whose::Patient(rid) => Some(self.gate.marks(&sight.records(), rid).await?.id.clone()),
                _ => None,
            };
            let FeedRow { vid, id, version, op, .. } = row;
            let (id, version, op) = (id.clone(), *version, *op);
            pointers.push(Pointer { position: *vid, rt, id, version, op, patient });
        }
        Ok(pointers)
    }

    /// What the rows lead to: the resource as it is now, or its deletion.
    async fn followed(
        &self,
        rows: &[(&FeedRow, ResourceType)],
    ) -> Result<HashMap<(u16, String, i64), Arc<Entry>>> {
        let mut names: Vec<(u16, String)> = Vec::new();
        let mut deletions: Vec<i64> = Vec::new();
        for (row, _) in rows {
            match row.op {
                Op::Delete => deletions.push(row.vid),
                _ => names.push((row.kind, row.id.clone())),
            }
        }
        names.sort_unstable();
        names.dedup();
        let mut found = HashMap::new();
        for entry in self.open_current(&names).await? {
            found.insert((entry.rt.number(), entry.id.to_string(), 0), entry);
        }
        for entry in self.open_versions(&deletions).await? {
            found.insert((entry.rt.number(), entry.id.to_string(), entry.vid), entry);
        }
        Ok(found)
    }
}

/// Deletions are told apart by their number: a resource may be written again after one.
fn key(row: &FeedRow) -> (u16, String, i64) {
    (row.kind, row.id.clone(), if row.op == Op::Delete { row.vid } else { 0 })
}
