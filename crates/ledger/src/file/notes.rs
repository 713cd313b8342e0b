//! Signed checkpoints in files.

use super::segment::sync_folder;
use crate::error::{Error, Result};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

/// A checkpoint is kept for good each time the log has grown by this many entries: verification can then say
/// between which two of them a log was rewritten.
const KEEP_EVERY: u64 = 65_536;
const NOTE_MAX: u64 = 64 * 1024;

pub(super) fn newest(folder: &Path) -> Result<Option<String>> {
    match File::open(folder.join("checkpoint")) {
        Ok(file) => read(file).map(Some),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn read(file: File) -> Result<String> {
    let mut text = String::new();
    file.take(NOTE_MAX).read_to_string(&mut text).map_err(|error| match error.kind() {
        ErrorKind::InvalidData => Error::Checkpoint,
        _ => error.into(),
    })?;
    Ok(text)
}

pub(super) fn put(folder: &Path, size: u64, note: &str) -> Result<()> {
    let (path, draft) = (folder.join("checkpoint"), folder.join("checkpoint.new"));
    let before = newest(folder)?.as_deref().and_then(size_of);
    let mut file = File::create(&draft)?;
    file.write_all(note.as_bytes())?;
    file.sync_data()?;
    std::fs::rename(&draft, &path)?;
    sync_folder(&path)?;
    if before.is_none_or(|before| before / KEEP_EVERY < size / KEEP_EVERY) {
        keep(folder, note)?;
    }
    Ok(())
}

/// The size that the newest checkpoint claims, unverified; 0 if there is none.
pub(super) fn size(folder: &Path) -> Result<u64> {
    Ok(newest(folder)?.as_deref().and_then(size_of).unwrap_or(0))
}

fn size_of(note: &str) -> Option<u64> {
    note.lines().nth(1)?.parse().ok()
}

fn keep(folder: &Path, note: &str) -> Result<()> {
    let mut record = (note.len() as u16).to_be_bytes().to_vec();
    record.extend_from_slice(note.as_bytes());
    let mut file = OpenOptions::new().create(true).append(true).open(folder.join("checkpoints"))?;
    file.write_all(&record)?;
    file.sync_data()?;
    Ok(())
}

/// A torn record at the end is left out; the newest checkpoint makes up for it.
pub(super) fn kept(folder: &Path) -> Result<Vec<String>> {
    let bytes = match std::fs::read(folder.join("checkpoints")) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let (mut rest, mut notes) = (&bytes[..], Vec::new());
    while let Some((length, after)) = rest.split_first_chunk() {
        let Some((note, after)) = after.split_at_checked(usize::from(u16::from_be_bytes(*length))) else {
            break;
        };
        notes.push(String::from_utf8_lossy(note).into_owned());
        rest = after;
    }
    Ok(notes)
}
