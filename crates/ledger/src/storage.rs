use crate::error::Result;
use crate::hash::Hash;
use std::ops::ControlFlow;

/// Where a log lies. Blocking: the log's own threads call it.
///
/// Several nodes may append to one storage (a database): `append` then gives the entries their place, and the
/// log reads what others appended before them.
pub trait Storage: Send + Sync {
    /// Number of durable entries.
    fn size(&self) -> Result<u64>;

    /// Appends entries, together and in order; returns the number of the first. Durable when it returns.
    /// `leaves` are their hashes. After an error nothing may be acknowledged, and unless the error left nothing
    /// behind for certain, every later call fails too.
    fn append(&self, entries: &[Vec<u8>], leaves: &[Hash]) -> Result<u64>;

    /// Shows the durable entries from number `from` on, in the order in which they lie, with the number that
    /// the storage claims for each, until the visitor breaks. Reads past damage.
    fn scan(&self, from: u64, visit: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>) -> Result<()>;

    /// Hashes of a level of tiles: level 0 holds the hash of each entry, level `l` one for each 256^l entries.
    /// Fewer than `count` if there are no more.
    fn hashes(&self, level: u8, first: u64, count: usize) -> Result<Vec<Hash>>;

    /// Stores hashes; the same place always gets the same hash. Durable once a checkpoint stored later is.
    fn hashes_put(&self, level: u8, first: u64, hashes: &[Hash]) -> Result<()>;

    /// The newest signed checkpoint.
    fn checkpoint(&self) -> Result<Option<String>>;

    /// Replaces the newest checkpoint, unless the stored one is of a larger log; durable when it returns.
    fn checkpoint_put(&self, size: u64, note: &str) -> Result<()>;

    /// Earlier checkpoints that were kept, oldest first.
    fn checkpoints(&self) -> Result<Vec<String>>;

    /// First and last entry of what was written together and whose frame is broken though the entries may not
    /// be; at most a hundred. Storages without frames of their own have none.
    fn broken_frames(&self) -> Result<Vec<(u64, u64)>> {
        Ok(Vec::new())
    }

    /// Whether several nodes append to this log at the same time.
    fn shared(&self) -> bool {
        false
    }
}
