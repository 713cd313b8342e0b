//! Proofs of RFC 6962 section 2.1: an entry is in a log; a log is the beginning of a later one.

use crate::error::{Error, Result};
use crate::hash::{Hash, node_hash, root_of, split};
use crate::storage::Storage;
use crate::tree::TILE;

/// The root over entries `from..to`, where `from..to` is a subtree of RFC 6962's recursion.
pub(crate) fn range_root(storage: &dyn Storage, from: u64, to: u64) -> Result<Hash> {
    let width = to - from;
    if !width.is_power_of_two() {
        let middle = from + split(width);
        return Ok(node_hash(&range_root(storage, from, middle)?, &range_root(storage, middle, to)?));
    }
    // A perfect subtree: the widest level of tiles that fits gives at most 128 hashes.
    let level = width.trailing_zeros() / TILE.trailing_zeros();
    let unit = (TILE as u64).pow(level);
    let count = (width / unit) as usize;
    let hashes = storage.hashes(level as u8, from / unit, count)?;
    if hashes.len() < count {
        return Err(Error::Damaged { entry: from, what: "stored hashes are missing" });
    }
    Ok(root_of(&hashes))
}

/// RFC 6962's PATH(index, D[0:size]).
pub(crate) fn inclusion(storage: &dyn Storage, index: u64, size: u64) -> Result<Vec<Hash>> {
    if index >= size {
        return Err(Error::Range);
    }
    let (mut from, mut to, mut path) = (0, size, Vec::new());
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            path.push(range_root(storage, middle, to)?);
            to = middle;
        } else {
            path.push(range_root(storage, from, middle)?);
            from = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// RFC 6962's PROOF(old, D[0:size]).
pub(crate) fn consistency(storage: &dyn Storage, old: u64, size: u64) -> Result<Vec<Hash>> {
    if old == 0 || old > size {
        return Err(Error::Range);
    }
    let (mut from, mut to, mut path, mut whole) = (0, size, Vec::new(), true);
    while old != to {
        let middle = from + split(to - from);
        if old <= middle {
            path.push(range_root(storage, middle, to)?);
            to = middle;
        } else {
            path.push(range_root(storage, from, middle)?);
            from = middle;
            whole = false;
        }
    }
    if !whole {
        path.push(range_root(storage, from, to)?);
    }
    path.reverse();
    Ok(path)
}

/// Whether the proof shows that `leaf` is entry `index` of the log of this size and root.
pub fn inclusion_verify(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut number, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if number & 1 == 1 || number == last {
            hash = node_hash(sibling, &hash);
            while number & 1 == 0 && number != 0 {
                (number, last) = (number >> 1, last >> 1);
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        (number, last) = (number >> 1, last >> 1);
    }
    last == 0 && hash == *root
}

/// Whether the proof shows that the log of size `old` and root `old_root` is the beginning of the log of this
/// size and root. The empty log is the beginning of every log.
pub fn consistency_verify(old: u64, old_root: &Hash, size: u64, root: &Hash, proof: &[Hash]) -> bool {
    if old == 0 || old >= size {
        return (old == 0 || old == size && old_root == root) && proof.is_empty();
    }
    let mut proof = proof.iter();
    let (mut number, mut last) = (old - 1, size - 1);
    while number & 1 == 1 {
        (number, last) = (number >> 1, last >> 1);
    }
    let first = if number == 0 { Some(old_root) } else { proof.next() };
    let Some(first) = first else { return false };
    let (mut before, mut after) = (*first, *first);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if number & 1 == 1 || number == last {
            (before, after) = (node_hash(sibling, &before), node_hash(sibling, &after));
            while number & 1 == 0 && number != 0 {
                (number, last) = (number >> 1, last >> 1);
            }
        } else {
            after = node_hash(&after, sibling);
        }
        (number, last) = (number >> 1, last >> 1);
    }
    last == 0 && before == *old_root && after == *root
}
