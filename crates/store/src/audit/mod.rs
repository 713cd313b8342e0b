//! The audit log of a tenant: every access, reads included, durable before the answer leaves.
//!
//! * [`AuditEntry`] is what is recorded, sealed with the tenant's audit key; one leaf of the ledger.
//! * [`Sequencer`] appends entries in groups, one fsync for all that wait (`queue.rs`, `appender.rs`),
//!   and has checkpoints signed (`checkpointer.rs`).
//! * Writes are not recorded twice: their detail lies in the transaction's `audit` column, committed with the
//!   write, and `follower.rs` copies it from the feed into the ledger. Where it stands is written in the
//!   entries themselves, so that `kill -9` neither loses nor repeats one.
//! * `search.rs` shows entries as AuditEvents (`view.rs`); filters tell which chunks of the log need not be opened
//!   (`chunk.rs`, `hint.rs`). `verify.rs` examines the whole log.
//! * `proof.rs` proves to others that an entry stands in it.
//! * `tenant.rs` is what the rest of the store calls.

mod appender;
mod checkpointer;
mod chunk;
mod codec;
mod entry;
mod feed;
mod follower;
mod hint;
mod hub;
mod issues;
mod proof;
mod queue;
mod search;
mod sequencer;
mod sign_in;
mod tenant;
#[cfg(test)]
mod tests;
mod verify;
mod view;

use crate::error::Error;

pub use entry::{AuditEntry, Event, EventOutcome};
pub use feed::{AccessPage, AccessRequest};
pub(crate) use follower::writer_of;
pub use proof::AuditProof;
pub use sequencer::Sequencer;
pub(crate) use tenant::patients_of;
pub use verify::{Fault, Verified, Wrong, verify};

/// Name of a tenant's log in its checkpoints.
fn origin(tenant: &str) -> String {
    format!("medhub/{tenant}/audit")
}

/// Name of a value in the database that belongs to the log: to the one that all nodes share, or to this node's.
fn value_name(name: &str, shared: bool, node: &str) -> String {
    if shared { name.to_string() } else { format!("{name}_{node}") }
}

/// What a sealed entry is bound to. Its place in the log is the Merkle tree's affair.
fn binding(tenant: &str) -> Vec<u8> {
    [b"audit|", tenant.as_bytes()].concat()
}

fn error(error: ledger::Error) -> Error {
    match error {
        ledger::Error::Damaged { .. } | ledger::Error::Checkpoint | ledger::Error::Stopped => {
            Error::Corrupt(error.to_string())
        }
        other => Error::unavailable(other),
    }
}
