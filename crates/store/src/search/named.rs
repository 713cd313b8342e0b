//! Searches that name the resources, by `_id` or by what `_has` and `_list` came to: only as many as the page
//! needs are opened.

use super::ast::Criterion;
use super::engine::{Branch, Engine, looks, named_ids};
use super::page::{Matches, cut};
use super::parse::{Controls, Total};
use super::sort;
use super::token::Position;
use crate::access::level::Level;
use crate::cache::Entry;
use crate::error::Result;
use std::sync::Arc;

/// Whether every branch asks for resources by name.
pub(super) fn all_named(branches: &[Branch]) -> bool {
    !branches.is_empty() && branches.iter().all(|branch| named_ids(&branch.criterion).is_some())
}

impl Engine<'_> {
    /// A page of named resources, by type and id.
    pub(super) async fn named(
        &self,
        branches: &[Branch],
        controls: &Controls,
        offset: usize,
    ) -> Result<Matches> {
        let names: Vec<(&Branch, &String)> = branches
            .iter()
            .flat_map(|branch| {
                let ids = named_ids(&branch.criterion).unwrap_or_default();
                ids.into_iter().map(move |id| (branch, id))
            })
            .collect();
        let whole = !controls.sort.is_empty() || controls.total == Total::Accurate || controls.count_only;
        let size = if whole { 500 } else { controls.count.saturating_add(1) };
        let mut place = if whole { 0 } else { offset.min(names.len()) };
        let mut found: Vec<(usize, Arc<Entry>)> = Vec::new();
        for chunk in names[place..].chunks(size) {
            for part in chunk.chunk_by(|a, b| a.0.rt == b.0.rt) {
                for entry in self.matching(part).await? {
                    let at = part.iter().position(|(_, id)| **id == *entry.id).unwrap_or(0);
                    found.push((place + at, entry));
                }
                place += part.len();
            }
            if !whole && found.len() > controls.count {
                break;
            }
        }
        let all = |found: Vec<(usize, Arc<Entry>)>| found.into_iter().map(|(_, entry)| entry).collect();
        if whole {
            let all: Vec<Arc<Entry>> = all(found);
            let sorted = if controls.sort.is_empty() { all } else { sort::sort(all, controls) };
            return Ok(cut(sorted, offset, controls.count));
        }
        let next = found.get(controls.count).map(|(place, _)| Position::Offset(*place as u64));
        found.truncate(controls.count);
        let total = (next.is_none() && offset == 0).then_some(found.len() as u64);
        Ok(Matches { entries: all(found), total, next, warnings: Vec::new() })
    }

    /// Those of some names of one branch that are matches, in the order of the ids.
    async fn matching(&self, part: &[(&Branch, &String)]) -> Result<Vec<Arc<Entry>>> {
        let Some((branch, _)) = part.first() else { return Ok(Vec::new()) };
        let kind = branch.rt.number();
        let names: Vec<(u16, String)> = part.iter().map(|(_, id)| (kind, (*id).clone())).collect();
        let mut all = self.library.current(&names).await?;
        // A criterion that is the ids and nothing else need not be read from the bodies.
        if !is_names(&branch.criterion) {
            let met: Result<Vec<bool>> = all.iter().map(|entry| looks(&branch.criterion, entry)).collect();
            keep(&mut all, met?);
            let met = self.joins(&branch.criterion, &all).await?;
            keep(&mut all, met);
        }
        if branch.level < Level::Always {
            self.admit(&mut all, branch.needs).await?;
        }
        all.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        Ok(all)
    }
}

fn keep(entries: &mut Vec<Arc<Entry>>, met: Vec<bool>) {
    let mut met = met.into_iter();
    entries.retain(|_| met.next().unwrap_or(false));
}

fn is_names(criterion: &Criterion) -> bool {
    match criterion {
        Criterion::Id(_) => true,
        Criterion::All(parts) => matches!(parts.as_slice(), [part] if is_names(part)),
        _ => false,
    }
}
