//! What a database must do for the store: about a dozen methods. `sqlite/` and `postgres/` implement
//! them; one conformance suite (`tests/conformance.rs`) runs on both.
//!
//! Rows are sealed: a backend sees keyed hashes, times and ciphertext, never content.

use crate::error::Result;
use async_trait::async_trait;

/// What a version did to its resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Create = 1,
    Update = 2,
    Delete = 3,
}

/// One version of one resource, as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Number of the version in the tenant, commit-ordered: the position in the feed.
    pub vid: i64,
    /// Number of the resource in the tenant.
    pub rid: i64,
    /// `fhir::ResourceType` as a number.
    pub kind: u16,
    pub id: String,
    /// 1, 2, 3 … within the resource.
    pub version: u64,
    pub t: i64,
    /// Commit time, ms since epoch.
    pub at: i64,
    pub op: Op,
    /// Data key that sealed the body; 0 = the tenant's own.
    pub kid: i64,
    /// `rid` of the patient whose record this belongs to; 0 = none.
    pub owner: i64,
    /// Sealed body; empty for a deletion.
    pub body: Vec<u8>,
}

/// The newest version of a resource, without its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub rid: i64,
    pub vid: i64,
    pub version: u64,
    pub deleted: bool,
    pub kid: i64,
    /// `rid` of the patient whose record this belongs to; 0 = none.
    pub owner: i64,
}

/// Index entries of one version. Keys are keyed hashes (`index/`), so they mean nothing without the key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IndexRows {
    /// Sort key of the version: its clinical time in ms since epoch; `i64::MIN` = its commit time, which the
    /// writer fills in.
    pub time: i64,
    /// Equality keys, sorted, without duplicates.
    pub eq: Vec<i64>,
    pub ranges: Vec<RangeRow>,
}

impl IndexRows {
    /// The entries as bytes, kept with the version: sort key, number of equality keys, keys, ranges; all
    /// little-endian.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(10 + 8 * self.eq.len() + 24 * self.ranges.len());
        out.extend_from_slice(&self.time.to_le_bytes());
        out.extend_from_slice(&(self.eq.len() as u16).to_le_bytes());
        self.eq.iter().for_each(|key| out.extend_from_slice(&key.to_le_bytes()));
        for range in &self.ranges {
            for number in [range.key, range.lo, range.hi] {
                out.extend_from_slice(&number.to_le_bytes());
            }
        }
        out
    }

    /// The inverse of [`IndexRows::encode`]; `None` if the bytes are not of its making.
    pub fn decode(bytes: &[u8]) -> Option<IndexRows> {
        let time = i64::from_le_bytes(bytes.get(..8)?.try_into().ok()?);
        let count = usize::from(u16::from_le_bytes(bytes.get(8..10)?.try_into().ok()?));
        let (numbers, rest) = bytes.get(10..)?.as_chunks::<8>();
        if !rest.is_empty() || numbers.len() < count {
            return None;
        }
        let mut numbers = numbers.iter().map(|b| i64::from_le_bytes(*b));
        let eq = numbers.by_ref().take(count).collect();
        let rest: Vec<i64> = numbers.collect();
        let (triples, odd) = rest.as_chunks::<3>();
        let ranges = triples.iter().map(|[key, lo, hi]| RangeRow { key: *key, lo: *lo, hi: *hi }).collect();
        odd.is_empty().then_some(IndexRows { time, eq, ranges })
    }
}

/// An interval `[lo, hi]` of a date (ms) or a number (order-preserving integer).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RangeRow {
    pub key: i64,
    pub lo: i64,
    pub hi: i64,
}

/// A version to append. Its predecessor, if any, becomes superseded in the same transaction.
#[derive(Clone, Debug)]
pub struct NewVersion {
    pub vid: i64,
    pub rid: i64,
    pub kind: u16,
    pub id: String,
    pub version: u64,
    /// `vid` of the version that this one replaces.
    pub previous: Option<i64>,
    pub op: Op,
    pub kid: i64,
    pub owner: i64,
    pub body: Vec<u8>,
    pub index: IndexRows,
}

/// One transaction of the tenant: what the audit log needs to know of a write.
#[derive(Clone, Debug, PartialEq)]
pub struct NewTransaction {
    pub t: i64,
    pub at: i64,
    /// Sealed audit detail (actor, purpose, request, cause), ingested by the ledger's sequencer.
    pub audit: Vec<u8>,
}

/// A row of the feed: a pointer, without clinical content.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedRow {
    pub vid: i64,
    pub t: i64,
    pub at: i64,
    pub kind: u16,
    pub id: String,
    pub version: u64,
    pub op: Op,
    /// `rid` of the patient, 0 = none.
    pub owner: i64,
    /// Sealed audit detail of the transaction.
    pub audit: Vec<u8>,
}

/// Counters of the tenant as of the last commit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Top {
    pub t: i64,
    pub vid: i64,
    pub rid: i64,
    /// Time of the last commit, ms since epoch.
    pub at: i64,
}

/// What the newest commit and erasure are, of all processes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Newest {
    pub vid: i64,
    /// Bytes of the values [`ERASED`] and [`ERASURES_DONE`]: grows with every erasure, before and after it.
    pub erasures: i64,
}

/// Name of the stored list of erased key numbers (8 bytes each, little-endian), replayed after a restore.
pub const ERASED: &str = "erased";
/// Name of the value that has one byte for each key that is destroyed by now.
pub const ERASURES_DONE: &str = "erasures_done";

/// A search over the index, in SQL that both databases understand.
///
/// Arguments are written `$1`, `$2` …: each exactly once, in order of appearance. The statement yields
/// `(time, vid)`. With `each`, the statement is run once per key, with the key in place of the text
/// `{key}` (which then stands once, before any `$n`), and the results are merged, newest first, cut to
/// `limit`.
#[derive(Clone, Debug, PartialEq)]
pub struct Select {
    pub sql: String,
    pub args: Vec<i64>,
    pub each: Option<Vec<i64>>,
    /// Order of the merge with `each`: by (time, vid), descending or ascending.
    pub descending: bool,
    pub limit: usize,
}

/// A candidate: sort key and version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hit {
    pub time: i64,
    pub vid: i64,
}

/// Which part of the history is asked for, newest first.
#[derive(Clone, Debug, Default)]
pub struct HistoryQuery {
    pub kind: Option<u16>,
    pub id: Option<String>,
    /// Only versions with `vid` below this (paging).
    pub before: Option<i64>,
    /// Only versions committed at or after this time, ms.
    pub since: Option<i64>,
    /// Only versions committed at or before this time, ms.
    pub until: Option<i64>,
    pub limit: usize,
}

/// A reaction's event that failed and was set aside.
#[derive(Clone, Debug, PartialEq)]
pub struct Parked {
    pub reaction: String,
    pub vid: i64,
    pub attempts: u32,
    /// Key of the error's sentence; never content.
    pub reason: String,
    pub at: i64,
}

/// Reading, from any thread.
#[async_trait]
pub trait Backend: Send + Sync + 'static {
    /// The newest version of one resource, a deletion included.
    async fn current(&self, kind: u16, id: &str) -> Result<Option<Row>>;
    /// The same for many, in no order; those that do not exist are left out.
    async fn current_many(&self, names: &[(u16, String)]) -> Result<Vec<Row>>;
    async fn version(&self, kind: u16, id: &str, version: u64) -> Result<Option<Row>>;
    /// These versions, in the order asked; those that do not exist are left out.
    async fn rows(&self, vids: &[i64]) -> Result<Vec<Row>>;
    /// Type and id of each version's resource, and its patient's `rid`, in the order asked.
    async fn names(&self, vids: &[i64]) -> Result<Vec<(u16, String, i64)>>;
    /// Heads by `rid`, in no order.
    async fn heads(&self, rids: &[i64]) -> Result<Vec<Head>>;
    async fn history(&self, query: &HistoryQuery) -> Result<Vec<Row>>;
    async fn history_count(&self, query: &HistoryQuery) -> Result<u64>;
    async fn select(&self, select: &Select) -> Result<Vec<Hit>>;
    /// The first column of the first row of a statement.
    async fn count(&self, select: &Select) -> Result<i64>;
    /// Feed rows after this `vid`, oldest first.
    async fn feed(&self, after: i64, limit: usize) -> Result<Vec<FeedRow>>;
    async fn top(&self) -> Result<Top>;
    /// The newest commit and erasure where other processes may write too; `None` where this process alone does.
    async fn newest_elsewhere(&self) -> Result<Option<Newest>> {
        Ok(None)
    }
    /// The newest `vid` committed strictly before this time (ms); 0 = none.
    async fn vid_before(&self, at: i64) -> Result<i64>;
    /// Waits until the feed may have grown past this `vid` (a hint), or `timeout_ms` have passed.
    async fn feed_wait(&self, after: i64, timeout_ms: u64);

    async fn cursor(&self, name: &str) -> Result<i64>;
    async fn parked(&self) -> Result<Vec<Parked>>;
    async fn park(&self, parked: &Parked) -> Result<()>;
    async fn unpark(&self, reaction: &str, vid: i64) -> Result<()>;

    /// Small named values: schema version, watermarks, wrapped tenant keys.
    async fn value(&self, name: &str) -> Result<Option<Vec<u8>>>;
    async fn value_set(&self, name: &str, value: &[u8]) -> Result<()>;

    /// Wrapped data keys with these numbers, and how many stand ready (allocated in advance).
    async fn keyring_get(&self, kid: i64) -> Result<Option<Vec<u8>>>;
    /// Adds keys; durable when it returns.
    async fn keyring_add(&self, keys: &[(i64, Vec<u8>)]) -> Result<()>;
    /// Highest key number ever added.
    async fn keyring_top(&self) -> Result<i64>;
    /// Destroys a key for good (erasure), overwriting it where it lies.
    async fn keyring_destroy(&self, kid: i64) -> Result<()>;
    /// All wrapped keys after this number, for rotation and backup.
    async fn keyring_page(&self, after: i64, limit: usize) -> Result<Vec<(i64, Vec<u8>)>>;
    async fn keyring_replace(&self, keys: &[(i64, Vec<u8>)]) -> Result<()>;

    /// Removes index entries of versions superseded before this time (ms); returns how many. Bounded work.
    async fn sweep(&self, before_ms: i64, limit: usize) -> Result<usize>;

    /// Removes the index entries of all versions sealed by this data key (erasure); returns how many versions.
    async fn index_remove(&self, kid: i64) -> Result<usize>;

    /// Whether a failed commit leaves this node unsure of its own disk (SQLite), so that it must stop writing.
    fn failed_commit_is_fatal(&self) -> bool;

    /// Opens the one writing transaction of the tenant; waits for its lock. Called on the writer's own
    /// blocking thread.
    fn begin(&self) -> Result<Box<dyn Tx + '_>>;
}

/// The writing transaction. Synchronous: rules run inside it, on the writer's thread.
pub trait Tx {
    /// Counters as of now, under the write lock.
    fn top(&mut self) -> Result<Top>;
    fn heads(&mut self, names: &[(u16, &str)]) -> Result<Vec<Option<Head>>>;
    fn rows(&mut self, vids: &[i64]) -> Result<Vec<Row>>;
    fn select(&mut self, select: &Select) -> Result<Vec<Hit>>;
    fn count(&mut self, select: &Select) -> Result<i64>;
    fn vid_before(&mut self, at: i64) -> Result<i64>;
    fn append(&mut self, transactions: &[NewTransaction], versions: &[(i64, NewVersion)]) -> Result<()>;
    fn cursor_set(&mut self, name: &str, vid: i64) -> Result<()>;
    /// As [`Backend::value`], in the transaction.
    fn value(&mut self, name: &str) -> Result<Option<Vec<u8>>>;
    /// As [`Backend::value_set`], in the transaction.
    fn value_set(&mut self, name: &str, value: &[u8]) -> Result<()>;
    fn savepoint(&mut self) -> Result<()>;
    fn savepoint_release(&mut self) -> Result<()>;
    fn savepoint_rollback(&mut self) -> Result<()>;
    /// Durable when it returns: fsync on SQLite, `synchronous_commit` on PostgreSQL.
    fn commit(self: Box<Self>) -> Result<()>;
    fn rollback(self: Box<Self>);
}
