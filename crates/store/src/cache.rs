//! Hot resources in memory, opened and assembled. Correct because writes of this process remove what they
//! replace, and writes of other processes are seen through the feed before an answer leaves.

use crate::access::label::Labels;
use crate::backend::Op;
use bytes::Bytes;
use fhir::ResourceType;
use parking_lot::Mutex;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// One version, opened. Inside the store only: nothing may leave but through an access decision, which
/// makes a `Visible` of it.
#[derive(Debug)]
pub struct Entry {
    pub vid: i64,
    pub rid: i64,
    pub rt: ResourceType,
    pub id: Box<str>,
    pub version: u64,
    /// Commit time, ms since epoch.
    pub at: i64,
    pub op: Op,
    pub kid: i64,
    /// `rid` of the patient whose record this belongs to; 0 = none.
    pub owner: i64,
    /// What its confidentiality labels say.
    pub(crate) labels: Labels,
    /// The whole resource as JSON; empty for a deletion.
    pub body: Bytes,
}

#[derive(Clone)]
struct ByLength;

impl<K> Weighter<K, Arc<Entry>> for ByLength {
    fn weight(&self, _: &K, entry: &Arc<Entry>) -> u64 {
        entry.body.len() as u64 + 200
    }
}

type Name = (u16, Box<str>);

/// The cache of one tenant.
pub struct EntryCache {
    names: Cache<Name, Arc<Entry>, ByLength>,
    versions: Cache<i64, Arc<Entry>, ByLength>,
    /// Goes up whenever names are removed, so that a reader cannot put back what it read before.
    epoch: AtomicU64,
    /// The feed has been applied up to this `vid`.
    applied: AtomicI64,
    applying: Mutex<()>,
    /// What [`crate::backend::Newest::erasures`] was when the cache was last emptied for it.
    pub erasures: AtomicI64,
    pub hits: AtomicU64,
    pub misses: AtomicU64,
}

#[derive(Hash, PartialEq, Eq)]
struct NameRef<'a>(u16, &'a str);

impl quick_cache::Equivalent<Name> for NameRef<'_> {
    fn equivalent(&self, key: &Name) -> bool {
        self.0 == key.0 && self.1 == &*key.1
    }
}

impl EntryCache {
    /// `bytes` bounds the weight of all entries.
    pub fn new(bytes: u64) -> EntryCache {
        let items = (bytes / 2000).clamp(64, 1 << 20) as usize;
        EntryCache {
            names: Cache::with_weighter(items, bytes / 2, ByLength),
            versions: Cache::with_weighter(items, bytes / 2, ByLength),
            epoch: AtomicU64::new(0),
            applied: AtomicI64::new(0),
            applying: Mutex::new(()),
            erasures: AtomicI64::new(0),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
        }
    }

    pub fn current(&self, kind: u16, id: &str) -> Option<Arc<Entry>> {
        let found = self.names.get(&NameRef(kind, id));
        let counter = if found.is_some() { &self.hits } else { &self.misses };
        counter.fetch_add(1, Ordering::Relaxed);
        found
    }

    pub fn version(&self, vid: i64) -> Option<Arc<Entry>> {
        self.versions.get(&vid)
    }

    /// To be read before the database is; give it to [`EntryCache::put_current`].
    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    /// Keeps an entry that was read as the newest version, unless something was removed since `epoch`.
    pub fn put_current(&self, epoch: u64, entry: &Arc<Entry>) {
        let name = (entry.rt.number(), entry.id.clone());
        if self.epoch() != epoch {
            return;
        }
        self.names.insert(name.clone(), entry.clone());
        if self.epoch() != epoch {
            self.names.remove(&name);
        }
    }

    /// Versions never change.
    pub fn put_version(&self, entry: &Arc<Entry>) {
        self.versions.insert(entry.vid, entry.clone());
    }

    /// After a commit: these resources have newer versions; they are all that changed after `before` up to
    /// `vid`. Between what was applied and `before` another node may have committed: then the mark stays.
    pub fn supersede<'a>(&self, names: impl Iterator<Item = (u16, &'a str)>, before: i64, vid: i64) {
        let _one = self.applying.lock();
        self.epoch.fetch_add(1, Ordering::AcqRel);
        for (kind, id) in names {
            self.names.remove(&NameRef(kind, id));
        }
        if self.applied() >= before {
            self.applied.fetch_max(vid, Ordering::AcqRel);
        }
    }

    pub fn applied(&self) -> i64 {
        self.applied.load(Ordering::Acquire)
    }

    /// Forgets everything (an erasure).
    pub fn clear(&self) {
        self.epoch.fetch_add(1, Ordering::AcqRel);
        self.names.clear();
        self.versions.clear();
    }
}
