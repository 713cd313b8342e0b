//! A tamper-evident log: whoever changes, deletes, cuts off or reorders an entry is found out, and the entry
//! is named.
//!
//! Entries are the leaves of a Merkle tree hashed as in RFC 6962. Hashes are kept in the shape of C2SP
//! tlog-tiles (<https://c2sp.org/tlog-tiles>) and the tree's root is signed from time to time in a checkpoint
//! (<https://c2sp.org/tlog-checkpoint>), so that outsiders can check our logs with their own tools.
//! What entries mean, and that they are sealed, is the caller's affair.
//!
//! * [`Log`] appends durably, signs checkpoints and proves; [`verify`] examines a whole log.
//! * [`Storage`] is where it lies: [`FileStorage`], [`MemoryStorage`], or a database.

mod checkpoint;
mod error;
mod file;
mod hash;
mod log;
mod memory;
mod note;
mod proof;
mod storage;
#[cfg(test)]
mod tests;
mod tiles;
mod tree;
mod verify;

pub use checkpoint::Checkpoint;
pub use error::{Error, Result};
pub use file::FileStorage;
pub use hash::{Hash, leaf_hash, node_hash};
pub use log::Log;
pub use memory::MemoryStorage;
pub use note::{Signer, Verifier};
pub use proof::{consistency_verify, inclusion_verify};
pub use storage::Storage;
pub use tree::Tree;
pub use verify::{Damage, Finding, Report, verify};
