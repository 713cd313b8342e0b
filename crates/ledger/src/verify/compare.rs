//! Entries against their signed hashes: what became of each.

use super::{Damage, Report, leaves};
use crate::error::Result;
use crate::hash::Hash;
use crate::storage::Storage;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Entries compared one by one from the first difference on (some 60 bytes of memory each).
const WINDOW: usize = 4 << 20;
/// Findings named; more would help nobody.
const FINDINGS_MAX: usize = 1000;

/// Names the differences between the entries and the stored hashes of the first `signed` of them.
pub(super) fn compare(storage: &dyn Storage, signed: u64, report: &mut Report) -> Result<()> {
    let start = first_difference(storage, signed)?;
    if start >= signed {
        return Ok(());
    }
    let want = (signed - start).min(WINDOW as u64);
    let expected = storage.hashes(0, start, want as usize)?;
    let mut found = Vec::new();
    let mut skip = start;
    // From the beginning: numbers that damaged batches claim cannot be relied on.
    leaves(storage, 0, &mut |leaf| {
        if skip > 0 {
            skip -= 1;
            return ControlFlow::Continue(());
        }
        found.push(leaf);
        if found.len() < WINDOW { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    let cut = found.len() >= WINDOW || want < signed - start;
    if !cut {
        // Entries after the last checkpoint are not signed; they can only be at the end.
        let known: std::collections::HashSet<u64> = expected.iter().map(short).collect();
        let last = found.iter().rposition(|leaf| known.contains(&short(leaf))).map_or(0, |at| at + 1);
        found.truncate(expected.len().max(last));
    }
    explain(start, &expected, &found, report);
    if cut {
        report.add(Damage::TooMany, start + want, signed - 1);
    }
    Ok(())
}

/// The first and the last entry whose stored hash is not the entry's; all, if that cannot be told.
pub(super) fn hashes_changed(storage: &dyn Storage, signed: u64) -> Result<(u64, u64)> {
    let mut range: Option<(u64, u64)> = None;
    differences(storage, signed, &mut |entry| {
        range = Some((range.map_or(entry, |(first, _)| first), entry));
        ControlFlow::Continue(())
    })?;
    Ok(range.unwrap_or((0, signed.saturating_sub(1))))
}

fn first_difference(storage: &dyn Storage, signed: u64) -> Result<u64> {
    let mut first = None;
    let compared = differences(storage, signed, &mut |entry| {
        first = Some(entry);
        ControlFlow::Break(())
    })?;
    Ok(first.unwrap_or(compared))
}

/// Shows the numbers of entries that differ from their stored hash; returns how many were compared.
fn differences(
    storage: &dyn Storage,
    signed: u64,
    visit: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<u64> {
    const PART: usize = 1 << 12;
    let mut expected: Vec<Hash> = Vec::new();
    let (mut next, mut at, mut failed) = (0u64, 0usize, None);
    leaves(storage, 0, &mut |leaf| {
        if next >= signed {
            return ControlFlow::Break(());
        }
        if at == expected.len() {
            match storage.hashes(0, next, PART) {
                Ok(part) if part.is_empty() => return visit(next),
                Ok(part) => (expected, at) = (part, 0),
                Err(error) => {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
            }
        }
        let flow = if expected.get(at) == Some(&leaf) { ControlFlow::Continue(()) } else { visit(next) };
        (next, at) = (next + 1, at + 1);
        flow
    })?;
    match failed {
        Some(error) => Err(error),
        None => Ok(next),
    }
}

/// Entries are sealed with random nonces, so hashes do not repeat; eight bytes tell them apart.
fn short(hash: &Hash) -> u64 {
    let mut bytes = [0u8; 8];
    bytes.copy_from_slice(&hash[..8]);
    u64::from_le_bytes(bytes)
}

/// Finds the longest row of entries that kept their order; the rest moved, vanished or came from elsewhere.
fn explain(start: u64, expected: &[Hash], found: &[Hash], report: &mut Report) {
    let places: HashMap<u64, usize> =
        expected.iter().enumerate().map(|(at, hash)| (short(hash), at)).collect();
    let place: Vec<Option<usize>> = found.iter().map(|hash| places.get(&short(hash)).copied()).collect();
    let kept = longest_ascending(&place);
    let mut present = vec![false; expected.len()];
    let mut moved = Vec::new();
    for (at, place) in place.iter().enumerate() {
        if let Some(place) = *place {
            if !present[place] && !kept[at] {
                moved.push(place);
            }
            present[place] = true;
        }
    }
    let mut findings = Findings { report, start };
    moved.sort_unstable();
    moved.iter().for_each(|place| findings.add(Damage::Reordered, *place));
    // Between two that kept their order: strangers stand for the missing, one by one.
    let (mut from, mut strangers) = (0, 0);
    for (at, place) in place.iter().enumerate() {
        match place {
            Some(place) if kept[at] => {
                findings.gap(&present, from, *place, strangers, false);
                (from, strangers) = (*place + 1, 0);
            }
            Some(_) => {}
            None => strangers += 1,
        }
    }
    findings.gap(&present, from, expected.len(), strangers, true);
}

struct Findings<'r> {
    report: &'r mut Report,
    start: u64,
}

impl Findings<'_> {
    /// Entries `from..to`, of which some are missing, with so many unknown ones in their place.
    fn gap(&mut self, present: &[bool], from: usize, to: usize, mut strangers: usize, end: bool) {
        let missing: Vec<usize> = (from..to).filter(|place| !present[*place]).collect();
        // At the end, what is missing behind the strangers was cut off.
        for place in missing {
            if strangers > 0 {
                strangers -= 1;
                self.add(Damage::Changed, place);
            } else {
                self.add(if end { Damage::Truncated } else { Damage::Deleted }, place);
            }
        }
        if strangers > 0 && !end {
            self.add(Damage::Inserted, to);
        }
    }

    /// Adjacent entries with the same damage become one finding.
    fn add(&mut self, damage: Damage, place: usize) {
        let entry = self.start + place as u64;
        let count = self.report.findings.len();
        match self.report.findings.last_mut() {
            Some(last) if last.damage == damage && last.last + 1 == entry => last.last = entry,
            Some(last) if count >= FINDINGS_MAX => {
                last.damage = Damage::TooMany;
                last.last = last.last.max(entry);
            }
            _ => self.report.add(damage, entry, entry),
        }
    }
}

/// Marks a longest strictly ascending subsequence (patience sorting).
fn longest_ascending(places: &[Option<usize>]) -> Vec<bool> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; places.len()];
    for (at, place) in places.iter().enumerate() {
        if place.is_none() {
            continue;
        }
        let pile = ends.partition_point(|end| places[*end] < *place);
        before[at] = pile.checked_sub(1).map(|left| ends[left]);
        if pile == ends.len() {
            ends.push(at);
        } else {
            ends[pile] = at;
        }
    }
    let mut kept = vec![false; places.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        kept[at] = true;
        next = before[at];
    }
    kept
}
