//! The proof that one entry stands in the log, for whoever keeps it outside the hub.

use super::binding;
use super::search::number_of;
use super::sequencer::open_leaf;
use crate::access::Action;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::tenant::Tenant;
use fhir::ResourceType;
use ledger::Hash;
use std::ops::ControlFlow;

/// One entry and what shows that it is part of a signed log (RFC 9162 §2.1.3, <https://c2sp.org/tlog-checkpoint>).
#[derive(Clone, Debug)]
pub struct AuditProof {
    /// Number of the entry, from 0.
    pub index: u64,
    /// Size of the log that the checkpoint signs.
    pub size: u64,
    /// The entry as it lies in the log, sealed: its SHA-256 with a leading zero byte is the leaf.
    pub entry: Vec<u8>,
    /// From the leaf's sibling up to the root.
    pub hashes: Vec<Hash>,
    /// The signed note.
    pub checkpoint: String,
    /// The key that verifies its signature, as signed notes write it.
    pub verifier: String,
}

impl Tenant {
    /// Proves that an AuditEvent stands in the log. Who asks must be allowed to read it; the reading is recorded.
    ///
    /// # Errors
    /// `Denied`; `NotFound`; `Unavailable`.
    pub async fn audit_proof(&self, ctx: &Ctx, id: &str) -> Result<AuditProof> {
        self.guard(ctx, Action::Read, ResourceType::AUDIT_EVENT).await?;
        self.audit_event_read(ctx, id).await?;
        let index = number_of(id).ok_or(Error::NotFound)?;
        let (log, sealed) = (self.audit.log.clone(), self.audit.sealed.clone());
        let proven = tokio::task::spawn_blocking(move || {
            if log.signed().size <= index {
                log.checkpoint().map_err(super::error)?;
            }
            let size = log.signed().size;
            let hashes = log.inclusion(index, size).map_err(super::error)?;
            let mut entry = Vec::new();
            let scanned = log.storage().scan(index, &mut |_, leaf| {
                entry = leaf.to_vec();
                ControlFlow::Break(())
            });
            scanned.map_err(super::error)?;
            open_leaf(&sealed, &binding(&sealed.tenant), &entry)?;
            let note = log.file("checkpoint").map_err(super::error)?.unwrap_or_default();
            let checkpoint = String::from_utf8(note).map_err(|_| Error::Corrupt("a checkpoint".into()))?;
            let verifier = log.verifier().encode();
            Ok::<_, Error>(AuditProof { index, size, entry, hashes, checkpoint, verifier })
        });
        proven.await.map_err(Error::unavailable)?
    }
}
