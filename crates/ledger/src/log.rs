use crate::checkpoint::Checkpoint;
use crate::error::{Error, Result};
use crate::hash::{Hash, leaf_hash};
use crate::note::{Signer, Verifier};
use crate::proof;
use crate::storage::Storage;
use crate::tiles;
use crate::tree::Tree;
use parking_lot::Mutex;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Longest entry: its length is written in two bytes in the bundles of C2SP tlog-tiles.
pub(crate) const ENTRY_MAX: usize = 65_535;

/// A log that is being written.
pub struct Log {
    storage: Arc<dyn Storage>,
    signer: Signer,
    verifier: Verifier,
    tree: Mutex<Tree>,
    /// Held while a checkpoint is made, so that hashes and checkpoints are stored in order.
    signed: Mutex<Checkpoint>,
}

impl Log {
    /// Opens the log, or begins it. What was appended after the last checkpoint is hashed again.
    ///
    /// # Errors
    /// [`Error::Damaged`] when entries, hashes or checkpoint do not belong together.
    pub fn open(storage: Arc<dyn Storage>, signer: Signer) -> Result<Log> {
        let verifier = signer.verifier()?;
        let size = storage.size()?;
        let tree = match storage.checkpoint()? {
            None if size > 0 => return Err(damaged(0, "the checkpoint is missing")),
            None => Tree::new(),
            Some(note) => {
                let checkpoint = Checkpoint::open(&note, &verifier)?;
                if checkpoint.size > size {
                    return Err(damaged(size, "entries are missing at the end"));
                }
                let tree = Tree::load(&*storage, checkpoint.size)?;
                if tree.root() != checkpoint.root {
                    return Err(damaged(checkpoint.size, "stored hashes differ from the checkpoint"));
                }
                tree
            }
        };
        let signed = Checkpoint { origin: verifier.name().to_string(), size: tree.size(), root: tree.root() };
        let fresh = storage.checkpoint()?.is_none();
        let log = Log { storage, signer, verifier, tree: Mutex::new(tree), signed: Mutex::new(signed) };
        if fresh {
            // From now on a log without checkpoint is a damaged one.
            let empty = log.signed.lock().clone();
            log.storage.checkpoint_put(0, &empty.sign(&log.signer))?;
        }
        catch_up(&*log.storage, &mut log.tree.lock(), size)?;
        Ok(log)
    }

    /// Appends entries, each of 1 to 65,535 bytes; durable when it returns. Returns the number of the first.
    pub fn append(&self, entries: &[Vec<u8>]) -> Result<u64> {
        if entries.iter().any(|entry| entry.is_empty() || entry.len() > ENTRY_MAX) {
            return Err(Error::Length { max: ENTRY_MAX });
        }
        let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        let first = self.storage.append(entries, &leaves)?;
        let mut tree = self.tree.lock();
        // Another node, or another thread of this one, may have appended before, or hashed ours already.
        if tree.size() < first {
            catch_up(&*self.storage, &mut tree, first)?;
        }
        let hashed = (tree.size() - first) as usize;
        leaves.into_iter().skip(hashed).for_each(|leaf| tree.push(leaf));
        Ok(first)
    }

    /// Number of entries hashed so far.
    pub fn size(&self) -> u64 {
        self.tree.lock().size()
    }

    /// The last checkpoint.
    pub fn signed(&self) -> Checkpoint {
        self.signed.lock().clone()
    }

    /// Signs and stores a checkpoint if the log has grown. May run beside [`Log::append`].
    pub fn checkpoint(&self) -> Result<Checkpoint> {
        let mut signed = self.signed.lock();
        let (size, root, unsaved) = {
            let mut tree = self.tree.lock();
            if tree.size() == signed.size {
                return Ok(signed.clone());
            }
            (tree.size(), tree.root(), tree.take_unsaved())
        };
        let checkpoint = Checkpoint { origin: signed.origin.clone(), size, root };
        let note = checkpoint.sign(&self.signer);
        let put =
            |(level, first, hashes): &(u8, u64, Vec<Hash>)| self.storage.hashes_put(*level, *first, hashes);
        let stored = unsaved.iter().try_for_each(put).and_then(|()| self.storage.checkpoint_put(size, &note));
        if let Err(error) = stored {
            self.tree.lock().restore_unsaved(unsaved);
            return Err(error);
        }
        *signed = checkpoint.clone();
        Ok(checkpoint)
    }

    /// Proof that entry `index` is in the log of `size`, for [`crate::inclusion_verify`]. `size` is at most
    /// the last checkpoint's.
    pub fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>> {
        self.within(size)?;
        proof::inclusion(&*self.storage, index, size)
    }

    /// Proof that the log of size `old` is the beginning of the log of `size`, for
    /// [`crate::consistency_verify`].
    pub fn consistency(&self, old: u64, size: u64) -> Result<Vec<Hash>> {
        self.within(size)?;
        proof::consistency(&*self.storage, old, size)
    }

    /// A file of the log as C2SP tlog-tiles names it: `checkpoint`, `tile/0/x001/067`, `tile/entries/000.p/5`.
    pub fn file(&self, path: &str) -> Result<Option<Vec<u8>>> {
        tiles::file(&*self.storage, self.signed().size, path)
    }

    pub fn storage(&self) -> &Arc<dyn Storage> {
        &self.storage
    }

    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    fn within(&self, size: u64) -> Result<()> {
        if size > self.signed().size { Err(Error::Range) } else { Ok(()) }
    }
}

fn damaged(entry: u64, what: &'static str) -> Error {
    Error::Damaged { entry, what }
}

/// Hashes the stored entries up to number `to`.
fn catch_up(storage: &dyn Storage, tree: &mut Tree, to: u64) -> Result<()> {
    if tree.size() >= to {
        return Ok(());
    }
    storage.scan(tree.size(), &mut |number, entry| {
        if number != tree.size() || number >= to {
            return ControlFlow::Break(());
        }
        tree.push(leaf_hash(entry));
        ControlFlow::Continue(())
    })?;
    if tree.size() < to {
        return Err(damaged(tree.size(), "the entry cannot be read"));
    }
    Ok(())
}
