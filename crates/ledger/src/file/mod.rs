//! A log in a folder:
//!
//! ```text
//! segment-00000001 …   entries, in batches (see batch.rs); preallocated, so that fdatasync writes data only
//! hashes-0, hashes-1 … hashes of each level of tiles, 32 bytes each, from the first on
//! checkpoint           the newest signed checkpoint
//! checkpoints          earlier ones, each after its length (u16, big-endian)
//! lock                 held by the process that writes
//! ```

mod batch;
mod notes;
mod recover;
mod rows;
mod scan;
mod segment;
#[cfg(test)]
mod tests;

use crate::error::{Error, Result};
use crate::hash::Hash;
use crate::storage::Storage;
use parking_lot::{Mutex, RwLock};
use segment::{Segments, Writer};
use std::fs::{File, OpenOptions};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How often, and after what pause, the lock is tried.
const LOCK_TRIES: u32 = 40;
const LOCK_WAIT: Duration = Duration::from_millis(25);

/// A log in a folder, written by one process.
pub struct FileStorage {
    folder: PathBuf,
    writer: Mutex<Writer>,
    segments: RwLock<Segments>,
    /// Durable entries; readers see no others.
    size: AtomicU64,
    hashes: Mutex<()>,
    /// `None` when it is open for reading only.
    lock: Option<File>,
}

impl FileStorage {
    /// Opens the folder, or makes it. A batch that a power loss tore, which nobody was told of, is cut off.
    ///
    /// # Errors
    /// Another process has it open; or entries at the end are broken that were durable once.
    pub fn open(folder: &Path) -> Result<FileStorage> {
        create_folder(folder)?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("lock"))?;
        // Who has it open may be about to end.
        let mut tries = 0;
        while lock.try_lock().is_err() {
            tries += 1;
            if tries > LOCK_TRIES {
                return Err(Error::Storage("the log is open in another process".into()));
            }
            std::thread::sleep(LOCK_WAIT);
        }
        FileStorage::with(folder, Some(lock))
    }

    /// Opens the folder for reading, as damaged as it may be, also while another process writes.
    pub fn open_read_only(folder: &Path) -> Result<FileStorage> {
        FileStorage::with(folder, None)
    }

    /// Copies a log, also while it is written, to a new folder: the copy is a whole log of some moment.
    pub fn copy(from: &Path, to: &Path) -> Result<()> {
        std::fs::create_dir_all(to)?;
        let mut names = Vec::new();
        for file in std::fs::read_dir(from)? {
            names.push(file?.file_name());
        }
        // The checkpoint first, then hashes, then entries, oldest first: what is copied later may know more.
        let rank = |name: &std::ffi::OsString| {
            let text = name.to_string_lossy();
            ["checkpoints", "checkpoint", "hashes-", "segment-"]
                .iter()
                .position(|part| text.starts_with(part))
        };
        names.retain(|name| rank(name).is_some() && name != "checkpoint.new");
        names.sort_by_key(|name| (rank(name), name.clone()));
        for name in names {
            std::fs::copy(from.join(&name), to.join(&name))?;
            File::open(to.join(&name))?.sync_all()?;
        }
        segment::sync_folder(&to.join("checkpoint"))?;
        Ok(())
    }

    /// What there is now: another process may have written since the folder was opened for reading.
    fn look(&self) -> Result<(Segments, u64)> {
        let (segments, writer) = recover::recover(&self.folder, true)?;
        Ok((segments, writer.size()))
    }

    fn with(folder: &Path, lock: Option<File>) -> Result<FileStorage> {
        let (segments, writer) = recover::recover(folder, lock.is_none())?;
        let size = AtomicU64::new(writer.size());
        Ok(FileStorage {
            folder: folder.to_path_buf(),
            writer: Mutex::new(writer),
            segments: RwLock::new(segments),
            size,
            hashes: Mutex::new(()),
            lock,
        })
    }
}

/// Makes a folder and what is missing above it, durable with their names.
fn create_folder(folder: &Path) -> Result<()> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|part| !part.exists()).collect();
    std::fs::create_dir_all(folder)?;
    for part in missing.into_iter().filter(|part| part.is_dir()) {
        segment::sync_folder(part)?;
    }
    Ok(())
}

impl Storage for FileStorage {
    fn size(&self) -> Result<u64> {
        Ok(self.size.load(Ordering::Acquire))
    }

    fn append(&self, entries: &[Vec<u8>], leaves: &[Hash]) -> Result<u64> {
        let mut writer = self.writer.lock();
        let first = writer.size();
        if entries.is_empty() {
            return Ok(first);
        }
        writer.append(&self.folder, &self.segments, entries, leaves)?;
        self.size.store(writer.size(), Ordering::Release);
        writer.prepare(&self.folder);
        Ok(first)
    }

    fn scan(&self, from: u64, visit: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>) -> Result<()> {
        if self.lock.is_none() {
            let (segments, size) = self.look()?;
            return scan::scan(&self.folder, &RwLock::new(segments), from, size, visit);
        }
        let size = self.size.load(Ordering::Acquire);
        scan::scan(&self.folder, &self.segments, from, size, visit)
    }

    fn hashes(&self, level: u8, first: u64, count: usize) -> Result<Vec<Hash>> {
        rows::read(&self.folder, level, first, count)
    }

    fn hashes_put(&self, level: u8, first: u64, hashes: &[Hash]) -> Result<()> {
        let _one = self.hashes.lock();
        rows::write(&self.folder, level, first, hashes)
    }

    fn checkpoint(&self) -> Result<Option<String>> {
        notes::newest(&self.folder)
    }

    fn checkpoint_put(&self, size: u64, note: &str) -> Result<()> {
        notes::put(&self.folder, size, note)
    }

    fn checkpoints(&self) -> Result<Vec<String>> {
        notes::kept(&self.folder)
    }

    fn broken_frames(&self) -> Result<Vec<(u64, u64)>> {
        if self.lock.is_none() {
            let (segments, size) = self.look()?;
            return scan::broken(&self.folder, &RwLock::new(segments), size);
        }
        scan::broken(&self.folder, &self.segments, self.size.load(Ordering::Acquire))
    }
}
