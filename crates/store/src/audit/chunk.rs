//! The log in chunks of 4,096 entries, each with a small filter that tells which chunks a search may skip.
//!
//! A filter is a Bloom filter over keyed hashes, kept in the database under `audit_chunk_<number>…`, and made
//! anew from the log when it is missing.

use super::entry::{AuditEntry, EventOutcome};
use super::sequencer::{Sequencer, open_leaf};
use crate::backend::Backend;
use crate::error::{Error, Result};
use fhir::ResourceType;
use seal::IndexKey;
use std::ops::ControlFlow;

/// Entries in a chunk.
pub(super) const CHUNK: u64 = 4096;
/// Bits a key, and bits set by each: about one chunk in a hundred is opened in vain.
const BITS: usize = 10;
const PROBES: usize = 7;
/// A chunk of very large result pages has a filter that lets everything through.
const BYTES_MAX: usize = 64 * 1024;

/// What a search may ask of a chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Patient(i64),
    What(u16, String),
    Actor(uuid::Uuid),
    ActorName(String),
    Outcome(EventOutcome),
}

impl Key {
    fn hash(&self, key: &IndexKey) -> u64 {
        let hash = match self {
            Key::Patient(rid) => key.hash(&[b"audit", b"patient", &rid.to_le_bytes()]),
            Key::What(kind, id) => key.hash(&[b"audit", b"what", &kind.to_le_bytes(), id.as_bytes()]),
            Key::Actor(id) => key.hash(&[b"audit", b"actor", id.as_bytes()]),
            Key::ActorName(name) => key.hash(&[b"audit", b"name", name.as_bytes()]),
            Key::Outcome(outcome) => key.hash(&[b"audit", b"outcome", &[*outcome as u8]]),
        };
        hash as u64
    }

    fn of(entry: &AuditEntry) -> Vec<Key> {
        let mut keys: Vec<Key> = entry.patients.iter().map(|rid| Key::Patient(*rid)).collect();
        if ResourceType::from_number(entry.kind).is_some() && !entry.id.is_empty() {
            keys.push(Key::What(entry.kind, entry.id.clone()));
        }
        keys.push(Key::Actor(entry.actor));
        keys.push(Key::ActorName(entry.actor_name.clone()));
        if entry.outcome != EventOutcome::Success {
            keys.push(Key::Outcome(entry.outcome));
        }
        keys
    }
}

/// What is in a chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filter {
    /// Times of the oldest and the newest entry, ms.
    pub from: i64,
    pub to: i64,
    bits: Vec<u8>,
}

impl Filter {
    fn of(key: &IndexKey, entries: &[(u64, AuditEntry)]) -> Filter {
        let mut hashes: Vec<u64> =
            entries.iter().flat_map(|(_, entry)| Key::of(entry)).map(|k| k.hash(key)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let bytes = (hashes.len() * BITS).div_ceil(8).clamp(8, BYTES_MAX);
        let mut filter = Filter {
            from: entries.iter().map(|(_, entry)| entry.at).min().unwrap_or(i64::MAX),
            to: entries.iter().map(|(_, entry)| entry.at).max().unwrap_or(i64::MIN),
            bits: vec![0; bytes],
        };
        for hash in hashes {
            for bit in probes(hash, filter.bits.len()) {
                filter.bits[bit / 8] |= 1 << (bit % 8);
            }
        }
        filter
    }

    /// Whether an entry with this key may be in the chunk.
    pub fn admits(&self, key: &IndexKey, wanted: &Key) -> bool {
        // Success is not in the filter: nearly every chunk has some.
        *wanted == Key::Outcome(EventOutcome::Success)
            || probes(wanted.hash(key), self.bits.len()).all(|bit| self.bits[bit / 8] & (1 << (bit % 8)) != 0)
    }

    fn encode(&self) -> Vec<u8> {
        [&self.from.to_le_bytes()[..], &self.to.to_le_bytes(), &self.bits].concat()
    }

    fn decode(bytes: &[u8]) -> Option<Filter> {
        let (from, rest) = bytes.split_first_chunk()?;
        let (to, bits) = rest.split_first_chunk()?;
        let (from, to) = (i64::from_le_bytes(*from), i64::from_le_bytes(*to));
        (!bits.is_empty() && bits.len() <= BYTES_MAX).then(|| Filter { from, to, bits: bits.to_vec() })
    }
}

/// Bits of a hash in a filter of so many bytes (double hashing, Kirsch and Mitzenmacher).
fn probes(hash: u64, bytes: usize) -> impl Iterator<Item = usize> {
    let (a, b) = (hash, hash.rotate_left(32) | 1);
    (0..PROBES as u64).map(move |n| (a.wrapping_add(n.wrapping_mul(b)) % (bytes as u64 * 8)) as usize)
}

impl Sequencer {
    /// The filter of a chunk that is full; `None` for the last one.
    pub(super) async fn filter(&self, backend: &dyn Backend, chunk: u64) -> Result<Option<Filter>> {
        if (chunk + 1) * CHUNK > self.size() {
            return Ok(None);
        }
        let name = super::value_name(&format!("audit_chunk_{chunk}"), self.queue.shared, &self.queue.node);
        if let Some(filter) = self.filters.get(&chunk) {
            return Ok(Some(filter));
        }
        let stored = backend.value(&name).await?.as_deref().and_then(Filter::decode);
        let filter = match stored {
            Some(filter) => filter,
            None => {
                let entries = self.entries(chunk * CHUNK, CHUNK).await?;
                let filter = Filter::of(&self.sealed.keys.index, &entries);
                backend.value_set(&name, &filter.encode()).await?;
                filter
            }
        };
        self.filters.insert(chunk, filter.clone());
        Ok(Some(filter))
    }

    /// At most so many entries from number `first` on, opened, oldest first. Entries that do not open are left
    /// out: `verify` names them.
    pub(super) async fn entries(&self, first: u64, count: u64) -> Result<Vec<(u64, AuditEntry)>> {
        let (log, sealed) = (self.log.clone(), self.sealed.clone());
        let read = tokio::task::spawn_blocking(move || {
            let aad = super::binding(&sealed.tenant);
            let mut entries = Vec::new();
            let scanned = log.storage().scan(first, &mut |number, leaf| {
                if number >= first.saturating_add(count) {
                    return ControlFlow::Break(());
                }
                match open_leaf(&sealed, &aad, leaf) {
                    Ok((_, entry)) => entries.push((number, entry)),
                    Err(_) => tracing::error!(number, "an audit entry does not open"),
                }
                ControlFlow::Continue(())
            });
            scanned.map(|()| entries)
        });
        read.await.map_err(Error::unavailable)?.map_err(super::error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Event;
    use crate::ctx::Ctx;

    #[test]
    fn filters_admit_what_is_there_and_little_else() {
        let key = IndexKey::generate().unwrap();
        let entry = |n: i64| AuditEntry {
            at: n,
            patients: vec![n],
            kind: 1,
            id: n.to_string(),
            ..AuditEntry::of(&Ctx::system("test"), Event::Read)
        };
        let entries: Vec<_> = (0..1000).map(|n| (n as u64, entry(n))).collect();
        let filter = Filter::of(&key, &entries);
        assert_eq!(Filter::decode(&filter.encode()).as_ref(), Some(&filter));
        assert_eq!((filter.from, filter.to), (0, 999));
        assert!((0..1000).all(|n| filter.admits(&key, &Key::Patient(n))));
        assert!(filter.admits(&key, &Key::What(1, "77".into())));
        assert!(filter.admits(&key, &Key::ActorName("test".into())));
        assert!(!filter.admits(&key, &Key::Outcome(EventOutcome::Denied)));
        let false_hits = (1000..11_000).filter(|n| filter.admits(&key, &Key::Patient(*n))).count();
        assert!(false_hits < 300, "{false_hits}");
    }
}
