//! One page of matches: by names, in the order of the index, or sorted.

use super::engine::{Branch, Engine, named_ids};
use super::parse::{Controls, SortBy, Total};
use super::resolve::admits;
use super::sort::{self, Order};
use super::token::Position;
use super::{issues, limits};
use crate::backend::Hit;
use crate::cache::Entry;
use crate::error::Result;
use fhir::Issue;
use std::sync::Arc;

/// The matches of a page.
#[derive(Default)]
pub(crate) struct Matches {
    pub entries: Vec<Arc<Entry>>,
    pub total: Option<u64>,
    pub next: Option<Position>,
    pub warnings: Vec<Issue>,
}

impl Engine<'_> {
    pub async fn page(
        &self,
        branches: &[Branch],
        controls: &Controls,
        from: Option<Position>,
    ) -> Result<Matches> {
        let mut matches = if controls.count_only {
            Matches::default()
        } else {
            self.entries_of(branches, controls, from).await?
        };
        let wanted = controls.count_only || controls.total == Total::Accurate;
        if wanted && matches.total.is_none() {
            match self.total(branches).await? {
                Some(total) => matches.total = Some(total),
                None => matches.warnings.push(issues::total_unknown()),
            }
        }
        Ok(matches)
    }

    async fn entries_of(
        &self,
        branches: &[Branch],
        controls: &Controls,
        from: Option<Position>,
    ) -> Result<Matches> {
        let offset = match from {
            Some(Position::Offset(offset)) => usize::try_from(offset).unwrap_or(usize::MAX),
            _ => 0,
        };
        if let [branch] = branches
            && named_ids(&branch.criterion).is_some()
        {
            return self.named(branch, controls, offset).await;
        }
        let after = match from {
            Some(Position::After(hit)) => Some(hit),
            _ => None,
        };
        match sort::order(branches, controls) {
            Order::Index { down } => self.in_order(branches, controls.count, down, after).await,
            Order::Commit { down } => self.by_commit(branches, controls, down, offset).await,
            Order::Values => self.sorted(branches, controls, offset).await,
        }
    }

    /// Resources that the query names.
    async fn named(&self, branch: &Branch, controls: &Controls, offset: usize) -> Result<Matches> {
        let mut all = Vec::new();
        for entry in self.by_id(branch.rt, &branch.criterion).await?.unwrap_or_default() {
            if self.joins(&branch.criterion, &entry).await? {
                all.push(entry);
            }
        }
        if !controls.sort.is_empty() {
            all = sort::sort(all, controls);
        }
        Ok(cut(all, offset, controls.count))
    }

    /// Candidates come in the order of the page: read on until it is full.
    async fn in_order(
        &self,
        branches: &[Branch],
        count: usize,
        down: bool,
        mut after: Option<Hit>,
    ) -> Result<Matches> {
        let first = after.is_none();
        let exact = branches.iter().all(|b| b.plan.exact && !b.criterion.is_joined());
        let mut found: Vec<(Hit, Arc<Entry>)> = Vec::with_capacity(count + 1);
        let (mut examined, mut matches) = (0, Matches::default());
        let mut batch = if exact { count + 1 } else { (count + 1).max(64) };
        loop {
            let hits = self.candidates(branches, after, down, batch).await?;
            // Of exact candidates, the one past the page only says that there is one.
            let opened = if exact { &hits[..hits.len().min(count - found.len())] } else { &hits[..] };
            let full = self.take(branches, opened, exact, count, &mut found).await?;
            examined += hits.len();
            after = hits.last().copied();
            let last = hits.len() < batch;
            if full || exact && hits.len() > opened.len() {
                break;
            }
            if last {
                matches.total = first.then_some(found.len() as u64);
                matches.entries = found.into_iter().map(|(_, entry)| entry).collect();
                return Ok(matches);
            }
            if examined >= limits::EXAMINED {
                matches.warnings.push(issues::short_page());
                matches.next = after.map(Position::After);
                matches.entries = found.into_iter().map(|(_, entry)| entry).collect();
                return Ok(matches);
            }
            batch = (batch * 2).min(1_000);
        }
        found.truncate(count);
        matches.next = found.last().map(|(hit, _)| Position::After(*hit));
        matches.entries = found.into_iter().map(|(_, entry)| entry).collect();
        Ok(matches)
    }

    /// Opens candidates and keeps the matches; returns whether one more than the page holds was found.
    async fn take(
        &self,
        branches: &[Branch],
        hits: &[Hit],
        exact: bool,
        count: usize,
        found: &mut Vec<(Hit, Arc<Entry>)>,
    ) -> Result<bool> {
        // What must be looked at is opened in small parts, so that little is opened in vain.
        let part = if exact { hits.len().max(1) } else { (count + 1).clamp(16, 128) };
        for hits in hits.chunks(part) {
            let vids: Vec<i64> = hits.iter().map(|hit| hit.vid).collect();
            for entry in self.library.versions(&vids).await? {
                let Some(hit) = hits.iter().find(|hit| hit.vid == entry.vid) else { continue };
                let Some(branch) = branches.iter().find(|b| b.rt == entry.rt) else { continue };
                if exact || admits(self, branch, &entry).await? {
                    found.push((*hit, entry));
                }
                if !exact && found.len() > count {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// `_sort=_lastUpdated`: version numbers are in that order, so nothing need be opened to sort.
    async fn by_commit(
        &self,
        branches: &[Branch],
        controls: &Controls,
        down: bool,
        offset: usize,
    ) -> Result<Matches> {
        if !branches.iter().all(|b| b.plan.exact && !b.criterion.is_joined()) {
            return self.sorted(branches, controls, offset).await;
        }
        let hits = self.candidates(branches, None, true, limits::SORTED + 1).await?;
        if hits.len() > limits::SORTED {
            return Err(Engine::too_costly("_sort", limits::SORTED));
        }
        let mut vids: Vec<i64> = hits.into_iter().map(|hit| hit.vid).collect();
        vids.sort_unstable();
        if down {
            vids.reverse();
        }
        let part: Vec<i64> = vids.iter().skip(offset).take(controls.count).copied().collect();
        let end = offset + part.len();
        let entries = self.library.versions(&part).await?;
        let next = (end < vids.len()).then_some(Position::Offset(end as u64));
        Ok(Matches { entries, total: Some(vids.len() as u64), next, warnings: Vec::new() })
    }

    /// Any other order: all matches at once, at most [`limits::SORTED`].
    async fn sorted(&self, branches: &[Branch], controls: &Controls, offset: usize) -> Result<Matches> {
        let all = self.all(branches, limits::SORTED).await?;
        let all = all.ok_or_else(|| Engine::too_costly("_sort", limits::SORTED))?;
        Ok(cut(sort::sort(all, controls), offset, controls.count))
    }

    /// All matches, newest first; `None` if there are more than `cap`.
    pub async fn all(&self, branches: &[Branch], cap: usize) -> Result<Option<Vec<Arc<Entry>>>> {
        let (mut after, mut examined) = (None, 0);
        let mut all: Vec<(Hit, Arc<Entry>)> = Vec::new();
        loop {
            let hits = self.candidates(branches, after, true, 500).await?;
            examined += hits.len();
            self.take(branches, &hits, false, usize::MAX - 1, &mut all).await?;
            if all.len() > cap || examined > cap.saturating_mul(2).max(limits::EXAMINED) {
                return Ok(None);
            }
            if hits.len() < 500 {
                return Ok(Some(all.into_iter().map(|(_, entry)| entry).collect()));
            }
            after = hits.last().copied();
        }
    }

    /// The exact number of matches; `None` if that would cost too much.
    async fn total(&self, branches: &[Branch]) -> Result<Option<u64>> {
        if let [branch] = branches
            && named_ids(&branch.criterion).is_some()
        {
            let all = self.named(branch, &Controls::default(), 0).await?;
            return Ok(all.total);
        }
        let mut total = 0;
        for branch in branches {
            total += match self.counted(branch).await? {
                Some(count) => count,
                None => match self.all(std::slice::from_ref(branch), limits::COUNTED).await? {
                    Some(all) => all.len() as u64,
                    None => return Ok(None),
                },
            };
        }
        Ok(Some(total))
    }

    /// By the database alone, where the index says all.
    async fn counted(&self, branch: &Branch) -> Result<Option<u64>> {
        let plan = &branch.plan;
        if !plan.exact || plan.overlapping || branch.criterion.is_joined() {
            return Ok(None);
        }
        let mut total = 0;
        for stream in &plan.streams {
            let Some(select) = stream.count(self.snapshot) else { return Ok(None) };
            total += u64::try_from(self.library.backend().count(&select).await?).unwrap_or(0);
        }
        Ok(Some(total))
    }
}

fn cut(all: Vec<Arc<Entry>>, offset: usize, count: usize) -> Matches {
    let total = all.len();
    let entries: Vec<Arc<Entry>> = all.into_iter().skip(offset).take(count).collect();
    let end = offset.saturating_add(entries.len());
    let next = (end < total && !entries.is_empty()).then_some(Position::Offset(end as u64));
    Matches { entries, total: Some(total as u64), next, warnings: Vec::new() }
}

impl Controls {
    /// Whether the only sort key is the time of commit, and its direction.
    pub(crate) fn by_commit(&self) -> Option<bool> {
        match self.sort.as_slice() {
            [key] if matches!(key.by, SortBy::LastUpdated) => Some(key.descending),
            _ => None,
        }
    }
}
