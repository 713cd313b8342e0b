//! The hashes of one level of tiles: one file, 32 bytes a hash.

use crate::error::{Error, Result};
use crate::hash::Hash;
use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

const WIDTH: u64 = 32;

fn path(folder: &Path, level: u8) -> PathBuf {
    folder.join(format!("hashes-{level}"))
}

pub(super) fn read(folder: &Path, level: u8, first: u64, count: usize) -> Result<Vec<Hash>> {
    let file = match File::open(path(folder, level)) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let have = (file.metadata()?.len() / WIDTH).saturating_sub(first);
    let mut hashes = vec![[0u8; 32]; have.min(count as u64) as usize];
    file.read_exact_at(hashes.as_flattened_mut(), first * WIDTH)?;
    Ok(hashes)
}

/// Durable when it returns; what lay behind these hashes, left over from before a power loss, is cut off.
pub(super) fn write(folder: &Path, level: u8, first: u64, hashes: &[Hash]) -> Result<()> {
    let path = path(folder, level);
    let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path)?;
    let length = file.metadata()?.len();
    if length < first * WIDTH {
        return Err(Error::Damaged { entry: first, what: "stored hashes are missing" });
    }
    file.write_all_at(hashes.as_flattened(), first * WIDTH)?;
    let end = (first + hashes.len() as u64) * WIDTH;
    if length > end {
        file.set_len(end)?;
    }
    file.sync_data()?;
    if length == 0 {
        super::segment::sync_folder(&path)?;
    }
    Ok(())
}
