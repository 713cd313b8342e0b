//! The examination of a whole log: is every entry the one that was signed, and if not, which is not?

use crate::checkpoint::Checkpoint;
use crate::error::Result;
use crate::hash::{Hash, leaf_hash};
use crate::note::Verifier;
use crate::storage::Storage;
use crate::tree::Tree;
use std::ops::ControlFlow;

mod compare;
#[cfg(test)]
mod tests;

/// What is wrong with some entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// Another content stands in its place.
    Changed,
    /// It is gone, while later ones are there.
    Deleted,
    /// It and all after it are gone.
    Truncated,
    /// It lies in another place.
    Reordered,
    /// Before this entry lies one that was never signed.
    Inserted,
    /// It differs from what was signed, and so do the stored hashes: all that is known is that the log was
    /// altered somewhere between these two entries.
    Rewritten,
    /// Entries are as signed, but the stored hashes over them are not.
    HashesChanged,
    /// Entries are as signed, but what the storage wrote around them is not.
    FrameChanged,
    /// A checkpoint's signature is not valid, or its text is not of this log; the entry is its number, from 0.
    CheckpointForged,
    /// There is no checkpoint, or an older one than is known from elsewhere; the entry is the known size.
    CheckpointMissing,
    /// Too many differences to name; there are more from here on.
    TooMany,
}

/// One thing that is wrong, from entry `first` to entry `last` inclusive, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    pub damage: Damage,
    pub first: u64,
    pub last: u64,
}

/// The result of an examination.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Entries that are there.
    pub entries: u64,
    /// Entries that the newest checkpoint signed.
    pub signed: u64,
    /// Empty if all is as it was signed. Entries after the last checkpoint are not covered.
    pub findings: Vec<Finding>,
}

impl Report {
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }

    fn add(&mut self, damage: Damage, first: u64, last: u64) {
        self.findings.push(Finding { damage, first, last });
    }
}

/// Examines a log. `known` are signed checkpoints kept elsewhere (a database, an auditor's desk): with them,
/// cutting off the end together with the newest checkpoint is found too.
pub fn verify(storage: &dyn Storage, verifier: &Verifier, known: &[String]) -> Result<Report> {
    let mut report = Report::default();
    let checkpoints = checkpoints(storage, verifier, known, &mut report)?;
    report.signed = checkpoints.last().map_or(0, |c| c.size);
    let intact = hashes_intact(storage, &checkpoints)?;
    let found = Found::read(storage, &checkpoints)?;
    report.entries = found.entries;
    match (intact == checkpoints.len(), found.intact == checkpoints.len()) {
        (true, true) => {}
        (false, true) => {
            let (first, last) = compare::hashes_changed(storage, report.signed)?;
            report.add(Damage::HashesChanged, first, last);
        }
        (true, false) => {
            let before = report.findings.len();
            compare::compare(storage, report.signed, &mut report)?;
            if let (Some(entry), true) = (found.misnumbered, report.findings.len() == before) {
                report.add(Damage::Reordered, entry, entry);
            }
        }
        (false, false) => {
            // Up to the last checkpoint that both agree with, nothing was altered.
            let good = checkpoints[..intact.min(found.intact)].last().map_or(0, |c| c.size);
            let bad = checkpoints.get(intact.max(found.intact)).map_or(report.signed, |c| c.size);
            compare::compare(storage, good, &mut report)?;
            report.add(Damage::Rewritten, good, bad.saturating_sub(1).max(good));
        }
    }
    for (first, last) in storage.broken_frames()? {
        let signed = first < report.signed;
        let named = report.findings.iter().any(|f| f.first <= last && f.last >= first);
        if signed && !named {
            report.add(Damage::FrameChanged, first, last);
        }
    }
    Ok(report)
}

/// All validly signed checkpoints, by size, one of each size.
fn checkpoints(
    storage: &dyn Storage,
    verifier: &Verifier,
    known: &[String],
    report: &mut Report,
) -> Result<Vec<Checkpoint>> {
    let newest = match storage.checkpoint() {
        Err(crate::Error::Checkpoint) => Some(String::new()),
        other => other?,
    };
    let mut good = Vec::new();
    let stored = storage.checkpoints()?.into_iter().chain(newest.clone());
    for (number, note) in stored.enumerate() {
        match Checkpoint::open(&note, verifier) {
            Ok(checkpoint) => good.push(checkpoint),
            Err(_) => report.add(Damage::CheckpointForged, number as u64, number as u64),
        }
    }
    let here = newest.and_then(|note| Checkpoint::open(&note, verifier).ok()).map(|c| c.size);
    good.extend(known.iter().filter_map(|note| Checkpoint::open(note, verifier).ok()));
    good.sort_by_key(|checkpoint| checkpoint.size);
    let most = good.last().map_or(0, |c| c.size);
    if here.is_none_or(|here| here < most) {
        report.add(Damage::CheckpointMissing, most, most);
    }
    // Two checkpoints of one size with different roots: both are examined, one of them must fail.
    good.dedup();
    Ok(good)
}

/// With how many checkpoints, from the first on, the stored hashes agree, leaf hashes and upper levels both.
fn hashes_intact(storage: &dyn Storage, checkpoints: &[Checkpoint]) -> Result<usize> {
    const PART: usize = 1 << 14;
    let mut tree = Tree::new();
    for (number, checkpoint) in checkpoints.iter().enumerate() {
        while tree.size() < checkpoint.size {
            let want = (checkpoint.size - tree.size()).min(PART as u64) as usize;
            let part = storage.hashes(0, tree.size(), want)?;
            if part.is_empty() {
                return Ok(number);
            }
            part.into_iter().for_each(|leaf| tree.push(leaf));
            if !upper_levels_agree(storage, &mut tree)? {
                return Ok(number);
            }
        }
        if tree.root() != checkpoint.root {
            return Ok(number);
        }
    }
    Ok(checkpoints.len())
}

/// Whether the hashes that the tree made since the last call are the stored ones, as far as those go.
fn upper_levels_agree(storage: &dyn Storage, tree: &mut Tree) -> Result<bool> {
    for (level, first, hashes) in tree.take_unsaved().into_iter().filter(|(level, ..)| *level > 0) {
        let stored = storage.hashes(level, first, hashes.len())?;
        if stored[..] != hashes[..stored.len()] {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What the entries themselves say.
struct Found {
    entries: u64,
    /// With how many checkpoints, from the first on, the entries agree.
    intact: usize,
    /// The first entry whose number is not its place.
    misnumbered: Option<u64>,
}

impl Found {
    fn read(storage: &dyn Storage, checkpoints: &[Checkpoint]) -> Result<Found> {
        let mut tree = Tree::new();
        let mut found = Found { entries: 0, intact: 0, misnumbered: None };
        let mut broken = false;
        let step = |tree: &Tree, found: &mut Found, broken: &mut bool| {
            while let Some(next) = checkpoints.get(found.intact).filter(|c| !*broken && c.size == tree.size())
            {
                *broken = next.root != tree.root();
                found.intact += usize::from(!*broken);
            }
        };
        step(&tree, &mut found, &mut broken);
        storage.scan(0, &mut |number, entry| {
            found.entries += 1;
            // An entry in a wrong place disturbs all that follows.
            if !broken && number != tree.size() {
                found.misnumbered = Some(tree.size());
                broken = true;
            }
            if !broken {
                tree.push(leaf_hash(entry));
                if tree.size().is_multiple_of(256) {
                    tree.discard_unsaved();
                }
                step(&tree, &mut found, &mut broken);
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }
}

/// Hashes of the entries that lie in the log, in order.
fn leaves(storage: &dyn Storage, from: u64, visit: &mut dyn FnMut(Hash) -> ControlFlow<()>) -> Result<()> {
    storage.scan(from, &mut |_, entry| visit(leaf_hash(entry)))
}
