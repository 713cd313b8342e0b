//! Segment files and the writing of batches into them.

use super::batch;
use crate::error::{Error, Result};
use crate::hash::Hash;
use parking_lot::RwLock;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

/// Sizes of segments double from the first to the last of these.
const CAPACITY_MIN: u64 = 256 * 1024;
const CAPACITY_MAX: u64 = 8 * 1024 * 1024;
/// Distance of the marks that readers start from.
const MARK: u64 = 64 * 1024;

/// Segments that hold entries, by the number of their first entry.
pub(super) type Segments = BTreeMap<u64, Arc<Segment>>;

/// A segment as readers see it.
pub(super) struct Segment {
    pub number: u32,
    /// Batches to start reading from: number of the first entry, offset in the file.
    pub marks: RwLock<Vec<(u64, u64)>>,
}

/// The one place that appends.
pub(super) struct Writer {
    open: Option<Open>,
    /// Highest segment number in use.
    number: u32,
    size: u64,
    buffer: Vec<u8>,
    spare: Option<JoinHandle<std::io::Result<File>>>,
    stopped: bool,
    #[cfg(test)]
    pub fail_sync: bool,
}

struct Open {
    file: File,
    position: u64,
    capacity: u64,
    segment: Arc<Segment>,
    /// Offset of the last mark.
    marked: u64,
}

pub(super) fn path(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("segment-{number:08}"))
}

impl Segment {
    pub fn new(number: u32, marks: Vec<(u64, u64)>) -> Arc<Segment> {
        Arc::new(Segment { number, marks: RwLock::new(marks) })
    }

    /// Offset to start reading from for this entry.
    pub fn offset(&self, entry: u64) -> u64 {
        let marks = self.marks.read();
        let at = marks.partition_point(|(first, _)| *first <= entry);
        at.checked_sub(1).map_or(0, |at| marks[at].1)
    }
}

/// Adds a mark for a batch if the last one is far enough behind.
pub(super) fn mark(marks: &mut Vec<(u64, u64)>, first: u64, offset: u64) {
    if marks.last().is_none_or(|(_, last)| offset >= last + MARK) {
        marks.push((first, offset));
    }
}

impl Writer {
    pub fn new(number: u32, size: u64) -> Writer {
        Writer {
            open: None,
            number,
            size,
            buffer: Vec::new(),
            spare: None,
            stopped: false,
            #[cfg(test)]
            fail_sync: false,
        }
    }

    /// Never writes.
    pub fn stopped(size: u64) -> Writer {
        let mut writer = Writer::new(0, size);
        writer.stopped = true;
        writer
    }

    /// Continues a segment at `position`.
    pub fn resume(&mut self, file: File, position: u64, capacity: u64, segment: Arc<Segment>) {
        self.open = Some(Open { file, position, capacity, segment, marked: position });
    }

    pub fn size(&self) -> u64 {
        self.size
    }

    pub fn append(
        &mut self,
        folder: &Path,
        segments: &RwLock<Segments>,
        entries: &[Vec<u8>],
        leaves: &[Hash],
    ) -> Result<()> {
        if self.stopped {
            return Err(Error::Stopped);
        }
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        batch::write(self.size, entries, leaves, &mut buffer);
        let done = self.place(folder, buffer.len() as u64).and_then(|()| self.write(segments, &buffer));
        self.buffer = buffer;
        done?;
        self.size += entries.len() as u64;
        Ok(())
    }

    /// Makes sure that the open segment has room. An error here has written no entry: it may be tried again.
    fn place(&mut self, folder: &Path, bytes: u64) -> Result<()> {
        if self.open.as_ref().is_some_and(|open| open.capacity - open.position >= bytes) {
            return Ok(());
        }
        let spare = match self.spare.take() {
            Some(thread) => thread.join().unwrap_or_else(|_| Err(ErrorKind::Other.into())).ok(),
            None => None,
        };
        let number = self.number + 1;
        let file = match spare {
            Some(file) if file.metadata()?.len() >= bytes => file,
            _ => create(&path(folder, number), capacity(number).max(bytes))?,
        };
        let capacity = file.metadata()?.len();
        self.number = number;
        let segment = Segment::new(number, Vec::new());
        self.open = Some(Open { file, position: 0, capacity, segment, marked: 0 });
        Ok(())
    }

    fn write(&mut self, segments: &RwLock<Segments>, bytes: &[u8]) -> Result<()> {
        let Some(open) = &mut self.open else { return Err(Error::Stopped) };
        let written = open.file.write_all_at(bytes, open.position).and_then(|()| open.file.sync_data());
        #[cfg(test)]
        let written = if self.fail_sync { Err(ErrorKind::Other.into()) } else { written };
        if let Err(error) = written {
            // After a failed fsync nobody knows what the disk holds: see https://lwn.net/Articles/752063/
            self.stopped = true;
            return Err(error.into());
        }
        if open.position == 0 {
            segments.write().insert(self.size, open.segment.clone());
        }
        if open.position == 0 || open.position >= open.marked + MARK {
            open.segment.marks.write().push((self.size, open.position));
            open.marked = open.position;
        }
        open.position += bytes.len() as u64;
        Ok(())
    }

    /// Prepares the next segment beside the writing once the open one is half full.
    pub fn prepare(&mut self, folder: &Path) {
        let half = self.open.as_ref().is_some_and(|open| open.position > open.capacity / 2);
        if !half || self.spare.is_some() || self.stopped {
            return;
        }
        let next = self.number + 1;
        let (path, capacity) = (path(folder, next), capacity(next));
        let thread = std::thread::Builder::new().name("ledger-segment".into());
        self.spare = thread.spawn(move || create(&path, capacity)).ok();
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Else it could overwrite a segment of whoever opens the log next.
        if let Some(thread) = self.spare.take() {
            let _ = thread.join();
        }
    }
}

fn capacity(number: u32) -> u64 {
    (CAPACITY_MIN << number.saturating_sub(1).min(16)).min(CAPACITY_MAX)
}

/// A segment full of zeros, durable with its name: later batches change no metadata, so that fdatasync needs
/// no commit of the file system's journal. (`fallocate` would not do: turning its extents into written ones is
/// such a change.)
fn create(path: &Path, capacity: u64) -> std::io::Result<File> {
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(path)?;
    let zeros = vec![0u8; 256 * 1024];
    let mut left = capacity;
    while left > 0 {
        let part = left.min(zeros.len() as u64);
        file.write_all(&zeros[..part as usize])?;
        left -= part;
    }
    file.sync_all()?;
    sync_folder(path)?;
    Ok(file)
}

/// Makes the name of a new file durable.
pub(super) fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => File::open(".")?.sync_all(),
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}
