use crate::error::{Error, Result};
use crate::hash::Hash;
use crate::storage::Storage;
use parking_lot::Mutex;
use std::ops::ControlFlow;

/// A log in memory, for tests. Its content can be tampered with, as an intruder on the machine would.
#[derive(Default)]
pub struct MemoryStorage {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    entries: Vec<Vec<u8>>,
    hashes: Vec<Vec<Hash>>,
    checkpoint: Option<(u64, String)>,
    checkpoints: Vec<String>,
    failing: bool,
    shared: bool,
}

impl MemoryStorage {
    pub fn new() -> MemoryStorage {
        MemoryStorage::default()
    }

    /// A log that several nodes write.
    pub fn shared() -> MemoryStorage {
        let inner = Inner { shared: true, ..Inner::default() };
        MemoryStorage { inner: Mutex::new(inner) }
    }

    /// Lets a test change entries behind the log's back.
    pub fn tamper(&self, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
        change(&mut self.inner.lock().entries);
    }

    /// Lets a test change stored hashes of a level.
    pub fn tamper_hashes(&self, level: usize, change: impl FnOnce(&mut Vec<Hash>)) {
        if let Some(hashes) = self.inner.lock().hashes.get_mut(level) {
            change(hashes);
        }
    }

    /// Makes every append fail from now on, or work again.
    pub fn fail(&self, failing: bool) {
        self.inner.lock().failing = failing;
    }
}

impl Storage for MemoryStorage {
    fn size(&self) -> Result<u64> {
        Ok(self.inner.lock().entries.len() as u64)
    }

    fn append(&self, entries: &[Vec<u8>], _leaves: &[Hash]) -> Result<u64> {
        let mut inner = self.inner.lock();
        if inner.failing {
            return Err(Error::Storage("made to fail".into()));
        }
        let first = inner.entries.len() as u64;
        inner.entries.extend_from_slice(entries);
        Ok(first)
    }

    fn scan(&self, from: u64, visit: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>) -> Result<()> {
        for number in from.. {
            let entry = self.inner.lock().entries.get(number as usize).cloned();
            match entry {
                Some(entry) if visit(number, &entry).is_continue() => {}
                _ => break,
            }
        }
        Ok(())
    }

    fn hashes(&self, level: u8, first: u64, count: usize) -> Result<Vec<Hash>> {
        let inner = self.inner.lock();
        let hashes = inner.hashes.get(usize::from(level));
        Ok(hashes.map(|h| h.iter().skip(first as usize).take(count).copied().collect()).unwrap_or_default())
    }

    fn hashes_put(&self, level: u8, first: u64, hashes: &[Hash]) -> Result<()> {
        let mut inner = self.inner.lock();
        while inner.hashes.len() <= usize::from(level) {
            inner.hashes.push(Vec::new());
        }
        let row = &mut inner.hashes[usize::from(level)];
        if (row.len() as u64) < first {
            return Err(Error::Range);
        }
        let (first, end) = (first as usize, first as usize + hashes.len());
        row.resize(row.len().max(end), [0; 32]);
        row[first..end].copy_from_slice(hashes);
        Ok(())
    }

    fn checkpoint(&self) -> Result<Option<String>> {
        Ok(self.inner.lock().checkpoint.as_ref().map(|(_, note)| note.clone()))
    }

    fn checkpoint_put(&self, size: u64, note: &str) -> Result<()> {
        let mut inner = self.inner.lock();
        if inner.checkpoint.as_ref().is_none_or(|(old, _)| *old <= size) {
            inner.checkpoint = Some((size, note.to_string()));
            inner.checkpoints.push(note.to_string());
        }
        Ok(())
    }

    fn checkpoints(&self) -> Result<Vec<String>> {
        Ok(self.inner.lock().checkpoints.clone())
    }

    fn shared(&self) -> bool {
        self.inner.lock().shared
    }
}
