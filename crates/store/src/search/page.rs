//! One page of matches: by names, in the order of the index, or sorted.

use super::ast::Criterion;
use super::engine::{Branch, Engine};
use super::lower::Lowering;
use super::node::Node;
use super::parse::{Controls, SortBy, Total};
use super::plan::Plan;
use super::sort::{self, Order};
use super::sql::{Source, Stream};
use super::token::Position;
use super::{issues, limits, named};
use crate::access::level::Level;
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
        if named::all_named(branches) {
            return self.named(branches, controls, offset).await;
        }
        let after = match from {
            Some(Position::After(hit)) => Some(hit),
            _ => None,
        };
        match sort::order(branches, controls) {
            Order::Index { down }
                if controls.sort.is_empty() && branches.iter().all(|b| self.is_recent(b)) =>
            {
                self.in_order(&self.log(branches), controls.count, down, after).await
            }
            Order::Index { down } => self.in_order(branches, controls.count, down, after).await,
            Order::Commit { down } if after.is_some() => {
                self.in_order(&self.log(branches), controls.count, down, after).await
            }
            Order::Commit { down } => self.by_commit(branches, controls, down, offset).await,
            Order::Values => self.sorted(branches, controls, offset).await,
        }
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
        let exact = branches.iter().all(is_exact);
        let mut found: Vec<(Hit, Arc<Entry>)> = Vec::with_capacity(count + 1);
        let (mut examined, mut matches) = (0, Matches::default());
        let mut batch = if exact { count + 1 } else { (count + 1).max(64) };
        let mut end = None;
        loop {
            let hits = self.candidates(branches, after, down, batch).await?;
            // Of exact candidates, the one past the page only says that there is one.
            let opened = if exact { &hits[..hits.len().min(count - found.len())] } else { &hits[..] };
            let full = self.take(branches, opened, exact, count, &mut found).await?;
            end = opened.last().copied().or(end);
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
        // Of what was looked at, the page ends with its last match; else with what was opened last, which may
        // have been erased since.
        let end = if exact { end } else { found.last().map(|(hit, _)| *hit) };
        matches.next = end.map(Position::After);
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
            let mut own: Vec<(Hit, Arc<Entry>)> = Vec::with_capacity(hits.len());
            for entry in self.library.versions(&vids).await? {
                let Some(hit) = hits.iter().find(|hit| hit.vid == entry.vid) else { continue };
                let Some(branch) = branches.iter().find(|b| b.rt == entry.rt) else { continue };
                if exact || branch.admits(hit, &entry)? {
                    own.push((*hit, entry));
                }
            }
            for branch in branches.iter().filter(|branch| branch.criterion.is_joined()) {
                let of: Vec<Arc<Entry>> =
                    own.iter().filter(|o| o.1.rt == branch.rt).map(|o| o.1.clone()).collect();
                let mut met = self.joins(&branch.criterion, &of).await?.into_iter();
                own.retain(|(_, entry)| entry.rt != branch.rt || met.next().unwrap_or(false));
            }
            for branch in branches.iter().filter(|branch| branch.level < Level::Always) {
                let of: Vec<Arc<Entry>> =
                    own.iter().filter(|o| o.1.rt == branch.rt).map(|o| o.1.clone()).collect();
                if of.is_empty() {
                    continue;
                }
                let mut open = self.library.admit(&of, branch.needs).await?.into_iter();
                own.retain(|(_, entry)| entry.rt != branch.rt || open.next().unwrap_or(false));
            }
            found.append(&mut own);
            if !exact && found.len() > count {
                return Ok(true);
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
        let exact = branches.iter().all(is_exact);
        if !exact && branches.iter().all(|b| b.plan.weight <= limits::ESTIMATE) {
            return self.sorted(branches, controls, offset).await;
        }
        let hits = match exact {
            true => self.candidates(branches, None, true, limits::SORTED + 1).await?,
            false => Vec::new(),
        };
        if !exact || hits.len() > limits::SORTED {
            return self.in_order(&self.log(branches), controls.count, down, None).await;
        }
        let mut vids: Vec<i64> = hits.into_iter().map(|hit| hit.vid).collect();
        vids.sort_unstable();
        if down {
            vids.reverse();
        }
        let part: Vec<i64> = vids.iter().skip(offset).take(controls.count).copied().collect();
        let end = offset + part.len();
        let mut entries = self.library.versions(&part).await?;
        for branch in branches.iter().filter(|branch| branch.level < Level::Always) {
            let (mut own, others): (Vec<_>, Vec<_>) = entries.into_iter().partition(|e| e.rt == branch.rt);
            self.admit(&mut own, branch.needs).await?;
            entries = own.into_iter().chain(others).collect();
            entries.sort_unstable_by_key(|entry| entry.vid);
            if down {
                entries.reverse();
            }
        }
        let next = (end < vids.len()).then_some(Position::Offset(end as u64));
        Ok(Matches { entries, total: Some(vids.len() as u64), next, warnings: Vec::new() })
    }

    /// Whether the criterion asks only for the last few commits, and nothing else is found sooner.
    fn is_recent(&self, branch: &Branch) -> bool {
        let (from, to) = bounds(&branch.criterion);
        let span = to.min(self.snapshot).saturating_sub(from);
        from > 0 && usize::try_from(span).unwrap_or(0) <= limits::ESTIMATE.min(branch.plan.weight)
    }

    /// The branches as readers of the versions themselves, in the order of commits.
    fn log(&self, branches: &[Branch]) -> Vec<Branch> {
        let of = |branch: &Branch| {
            let (from, to) = bounds(&branch.criterion);
            let lowered = Lowering::new(self.library.key(), branch.rt).lower(&branch.criterion);
            let exact = lowered.exact && matches!(lowered.node, Node::Everything | Node::Commits { .. });
            let source = Source::Log { kind: branch.rt.number(), from, to };
            let streams = vec![Stream { source, filter: Vec::new(), times: (None, None) }];
            let plan = Plan { streams, exact, ..Plan::nothing() };
            let (needs, level) = (branch.needs, branch.level);
            Branch { needs, level, ..Branch::new(branch.rt, plan, branch.criterion.clone()) }
        };
        branches.iter().map(of).collect()
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
        if named::all_named(branches) {
            let whole = Controls { total: Total::Accurate, ..Controls::default() };
            return Ok(self.named(branches, &whole, 0).await?.total);
        }
        let mut total = 0;
        for branch in branches {
            let known = self.counted(branch).await?;
            let cap = if branch.asks() { limits::COUNTED_ASKED } else { limits::COUNTED };
            total += match known {
                Some(count) if branch.level == Level::Always => count,
                // Only marks of single patients could hide some: a large number tells nothing of one of them.
                Some(count) if !branch.asks() && count > limits::COUNTED_ASKED as u64 => count,
                Some(count) if count > limits::COUNTED as u64 => return Ok(None),
                _ => match self.all(std::slice::from_ref(branch), cap).await? {
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

/// Whether candidates are matches without being looked at.
fn is_exact(branch: &Branch) -> bool {
    branch.plan.exact && !branch.criterion.is_joined() && !branch.asks()
}

/// Between which versions, `from < vid <= to`, all matches are.
fn bounds(criterion: &Criterion) -> (i64, i64) {
    match criterion {
        Criterion::Updated { vids: Some(vids), .. } => {
            let from = vids.iter().map(|v| v.0).min().unwrap_or(0);
            (from, vids.iter().map(|v| v.1).max().unwrap_or(i64::MAX))
        }
        Criterion::All(parts) => {
            let of = parts.iter().map(bounds);
            of.fold((0, i64::MAX), |a, b| (a.0.max(b.0), a.1.min(b.1)))
        }
        _ => (0, i64::MAX),
    }
}

pub(super) fn cut(all: Vec<Arc<Entry>>, offset: usize, count: usize) -> Matches {
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
