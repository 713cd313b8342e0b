//! Reads the sources into batches, on a thread of its own.

use super::batch::{Batch, Place, Unit};
use super::bundle;
use super::progress::Progress;
use super::resume::Resume;
use super::source::{Kind, Source, is_gzip, kind};
use crate::failure::Result;
use bytes::Bytes;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use tokio::sync::mpsc::Sender;

/// A line of NDJSON, or a resource in an archive, may be so long.
const RESOURCE_BYTES_MAX: u64 = 64 << 20;
/// A JSON file (a Bundle) may be so long: it is read as a whole.
const FILE_BYTES_MAX: u64 = 512 << 20;
/// An archive may hold so many files.
const ARCHIVE_FILES_MAX: usize = 1_000_000;

/// Collects units into batches and sends full ones.
struct Out<'a> {
    sender: &'a Sender<Batch>,
    batch: Batch,
    file: u32,
    /// Units of this file read so far, and how many of them an earlier run has imported.
    read: u64,
    skip: u64,
}

/// The committers are gone: an error of theirs is on its way.
struct Stopped;

pub fn read_all(
    files: &[Source],
    resume: &Resume,
    progress: &Progress,
    sender: &Sender<Batch>,
) -> Result<()> {
    let (first, skip) = resume.start();
    let mut out = Out { sender, batch: Batch::default(), file: 0, read: 0, skip: 0 };
    for (n, source) in files.iter().enumerate() {
        let n = n as u32;
        if n < first {
            progress.skip(source.bytes);
            continue;
        }
        out.file = n;
        out.read = 0;
        out.skip = if n == first { skip } else { 0 };
        match read_file(source, progress, &mut out) {
            Ok(Ok(())) => {}
            Ok(Err(Stopped)) => return Ok(()),
            Err(error) => {
                if out.push(1, Unit::Bad("import.unreadable", error)).is_err() {
                    return Ok(());
                }
            }
        }
    }
    let _ = out.flush();
    Ok(())
}

type Sent = std::result::Result<(), Stopped>;

impl Out<'_> {
    fn push(&mut self, line: u64, unit: Unit) -> Sent {
        self.read += 1;
        if self.read <= self.skip {
            return Ok(());
        }
        self.batch.push(Place { file: self.file, line }, unit);
        if self.batch.is_full() { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Sent {
        let next = Batch { number: self.batch.number + 1, ..Batch::default() };
        let mut full = std::mem::replace(&mut self.batch, next);
        full.end = (self.file, self.read);
        self.sender.blocking_send(full).map_err(|_| Stopped)
    }

    /// A JSON text: a resource, or the resources of a Bundle.
    fn json(&mut self, name: &str, text: Bytes, line: u64) -> Sent {
        if !bundle::may_be_bundle(&text) {
            return self.push(line, Unit::Resource(text));
        }
        for (n, unit) in bundle::units(name, text).into_iter().enumerate() {
            self.push(line + n as u64, unit)?;
        }
        Ok(())
    }
}

/// `Err` says in words why the file cannot be read on.
fn read_file(source: &Source, progress: &Progress, out: &mut Out) -> std::result::Result<Sent, String> {
    let file = File::open(&source.path).map_err(|e| e.to_string())?;
    let name = source.path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let how = kind(&source.path).unwrap_or(Kind::Json);
    if how == Kind::Zip {
        let result = zip(file, out);
        progress.skip(source.bytes);
        return result;
    }
    let counted = progress.count(file);
    let stream: Box<dyn Read> =
        if is_gzip(&source.path) { Box::new(MultiGzDecoder::new(counted)) } else { Box::new(counted) };
    stream_in(name, how, stream, out)
}

fn stream_in(name: &str, how: Kind, stream: impl Read, out: &mut Out) -> std::result::Result<Sent, String> {
    match how {
        Kind::Ndjson => lines(name, stream, out),
        _ => {
            let text = whole(stream, FILE_BYTES_MAX)?;
            Ok(out.json(name, text, 1))
        }
    }
}

fn whole(stream: impl Read, max: u64) -> std::result::Result<Bytes, String> {
    let mut text = Vec::new();
    let read = stream.take(max + 1).read_to_end(&mut text).map_err(|e| e.to_string())?;
    if read as u64 > max {
        return Err(format!("longer than {} MiB", max >> 20));
    }
    Ok(Bytes::from(text))
}

fn lines(name: &str, stream: impl Read, out: &mut Out) -> std::result::Result<Sent, String> {
    let mut reader = BufReader::with_capacity(1 << 20, stream);
    let mut number = 0;
    loop {
        let mut line = Vec::new();
        let read = reader
            .by_ref()
            .take(RESOURCE_BYTES_MAX + 1)
            .read_until(b'\n', &mut line)
            .map_err(|e| format!("line {}: {e}", number + 1))?;
        if read == 0 {
            return Ok(Ok(()));
        }
        number += 1;
        if read as u64 > RESOURCE_BYTES_MAX {
            return Err(format!("line {number} is longer than {} MiB", RESOURCE_BYTES_MAX >> 20));
        }
        let text = line.trim_ascii();
        if text.is_empty() {
            continue;
        }
        let text = Bytes::copy_from_slice(text);
        if let Err(stopped) = out.json(name, text, number) {
            return Ok(Err(stopped));
        }
    }
}

fn zip(file: File, out: &mut Out) -> std::result::Result<Sent, String> {
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|e| e.to_string())?;
    if archive.len() > ARCHIVE_FILES_MAX {
        return Err(format!("more than {ARCHIVE_FILES_MAX} files"));
    }
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|e| e.to_string())?;
        let path = entry.name().map_err(|e| e.to_string())?.into_owned();
        let name = Path::new(&path).file_name().and_then(|n| n.to_str()).unwrap_or_default().to_string();
        let passed = entry.is_dir() || name.starts_with('.') || name == "package.json";
        // An archive in an archive is passed over.
        let how = kind(Path::new(&name)).filter(|k| *k != Kind::Zip && !passed);
        let Some(how) = how else { continue };
        let sent = if is_gzip(Path::new(&name)) {
            stream_in(&name, how, MultiGzDecoder::new(entry), out)
        } else {
            stream_in(&name, how, entry, out)
        };
        match sent {
            Ok(Ok(())) => {}
            Ok(Err(stopped)) => return Ok(Err(stopped)),
            Err(why) => {
                let unit =
                    Unit::Bad("import.unreadable", format!("file {} of the archive: {why}", index + 1));
                if let Err(stopped) = out.push(index as u64 + 1, unit) {
                    return Ok(Err(stopped));
                }
            }
        }
    }
    Ok(Ok(()))
}
