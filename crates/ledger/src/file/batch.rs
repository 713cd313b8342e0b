//! The form of a batch: what one append wrote.
//!
//! `"MHLB" | entries: u32 | bytes: u64 | first: u64 | check: 8 bytes | entries, each u32 length and bytes`
//!
//! Numbers are little-endian; `bytes` counts what follows the header; `check` begins the SHA-256 of the header's
//! fields and the leaf hashes. A batch is written only once the one before it is durable, so a broken batch
//! that another follows was not torn by a power loss.

use crate::hash::{Hash, hash, leaf_hash};
use std::ops::ControlFlow;

const MAGIC: [u8; 4] = *b"MHLB";
pub(super) const HEADER: usize = 32;
const FIELDS: usize = 24;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub entries: u32,
    pub bytes: u64,
    /// Number of the first entry in the log.
    pub first: u64,
    pub check: [u8; 8],
}

impl Header {
    /// Reads a header, if these bytes begin with one.
    pub fn parse(bytes: &[u8]) -> Option<Header> {
        let bytes: &[u8; HEADER] = bytes.first_chunk()?;
        if bytes[..4] != MAGIC {
            return None;
        }
        let header = Header {
            entries: u32::from_le_bytes(*bytes[4..].first_chunk()?),
            bytes: u64::from_le_bytes(*bytes[8..].first_chunk()?),
            first: u64::from_le_bytes(*bytes[16..].first_chunk()?),
            check: *bytes[FIELDS..].first_chunk()?,
        };
        (header.entries > 0 && header.bytes >= 4 * u64::from(header.entries)).then_some(header)
    }
}

/// Appends a batch to `out`.
pub(super) fn write(first: u64, entries: &[Vec<u8>], leaves: &[Hash], out: &mut Vec<u8>) {
    let bytes: usize = entries.iter().map(|entry| entry.len() + 4).sum();
    out.reserve(HEADER + bytes);
    let start = out.len();
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&(entries.len() as u32).to_le_bytes());
    out.extend_from_slice(&(bytes as u64).to_le_bytes());
    out.extend_from_slice(&first.to_le_bytes());
    let check = check(&out[start..], leaves);
    out.extend_from_slice(&check);
    for entry in entries {
        out.extend_from_slice(&(entry.len() as u32).to_le_bytes());
        out.extend_from_slice(entry);
    }
}

/// Whether the batch that begins here is whole and unchanged.
pub(super) fn whole(header: &Header, batch: &[u8]) -> bool {
    let mut leaves = Vec::with_capacity(header.entries.min(1 << 16) as usize);
    let complete = each(header, batch, &mut |_, entry| {
        leaves.push(leaf_hash(entry));
        ControlFlow::Continue(())
    });
    complete == Shape::Whole && batch.len() >= FIELDS && check(&batch[..FIELDS], &leaves) == header.check
}

/// How well the entries of a batch could be told apart.
#[derive(PartialEq, Eq)]
pub(super) enum Shape {
    Whole,
    /// The visitor had enough.
    Stopped,
    /// Lengths do not add up: the rest of the batch is unreadable.
    Broken,
}

/// Shows the entries of the batch that begins here, with their numbers, as far as they can be told apart.
pub(super) fn each(
    header: &Header,
    batch: &[u8],
    visit: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>,
) -> Shape {
    let end = (HEADER as u64).saturating_add(header.bytes).min(batch.len() as u64) as usize;
    let mut rest = batch.get(HEADER..end).unwrap_or_default();
    for number in 0..u64::from(header.entries) {
        let Some((length, after)) = rest.split_first_chunk() else { return Shape::Broken };
        // No entry is empty: a wiped place holds none.
        let length = u32::from_le_bytes(*length) as usize;
        let Some((entry, after)) = after.split_at_checked(length).filter(|_| length > 0) else {
            return Shape::Broken;
        };
        if visit(header.first.saturating_add(number), entry).is_break() {
            return Shape::Stopped;
        }
        rest = after;
    }
    let complete = rest.is_empty() && batch.len() as u64 >= HEADER as u64 + header.bytes;
    if complete { Shape::Whole } else { Shape::Broken }
}

fn check(fields: &[u8], leaves: &[Hash]) -> [u8; 8] {
    let digest = hash(&[fields, leaves.as_flattened()]);
    let mut out = [0u8; 8];
    out.copy_from_slice(&digest[..8]);
    out
}

/// Where in `bytes`, from `from` on, the next thing that looks like a header begins.
pub(super) fn next_magic(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    Some(from + rest.windows(MAGIC.len()).position(|window| window == MAGIC)?)
}
