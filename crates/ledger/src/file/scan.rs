use super::batch::{self, HEADER, Header, Shape};
use super::segment::{self, Segment, Segments};
use crate::error::Result;
use parking_lot::RwLock;
use std::fs::File;
use std::io::ErrorKind;
use std::ops::ControlFlow;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

/// Shows entries from number `from` on, in batches that begin below `size`, reading past damage: what cannot be
/// told apart is left out, and reading goes on at the next header.
pub(super) fn scan(
    folder: &Path,
    segments: &RwLock<Segments>,
    from: u64,
    size: u64,
    visit: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>,
) -> Result<()> {
    let chosen: Vec<Arc<Segment>> = {
        let segments = segments.read();
        let start = segments.range(..=from).next_back().map_or(0, |(first, _)| *first);
        segments.range(start..).map(|(_, segment)| segment.clone()).collect()
    };
    for segment in chosen {
        let file = match File::open(segment::path(folder, segment.number)) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error.into()),
        };
        let marked = !segment.marks.read().is_empty();
        let mut marks = Vec::new();
        let flow = walk(&file, segment.offset(from), &mut |offset, header, bytes| {
            if !marked {
                segment::mark(&mut marks, header.first, offset);
            }
            let end = header.first.saturating_add(u64::from(header.entries));
            if header.first >= size {
                return ControlFlow::Break(());
            }
            if end > from {
                let shape = batch::each(header, bytes, &mut |number, entry| {
                    if number < from { ControlFlow::Continue(()) } else { visit(number, entry) }
                });
                if shape == Shape::Stopped {
                    return ControlFlow::Break(());
                }
            }
            // What lies behind the end is only prepared.
            if end == size { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        if flow.is_break() {
            break;
        }
        if !marked {
            *segment.marks.write() = marks;
        }
    }
    Ok(())
}

/// Entries of batches that are not as they were written; at most a hundred batches.
pub(super) fn broken(folder: &Path, segments: &RwLock<Segments>, size: u64) -> Result<Vec<(u64, u64)>> {
    const MAX: usize = 100;
    let numbers: Vec<u32> = segments.read().values().map(|segment| segment.number).collect();
    let mut broken = Vec::new();
    for number in numbers {
        let Ok(file) = File::open(segment::path(folder, number)) else { continue };
        let _ = walk(&file, 0, &mut |_, header, bytes| {
            let last = header.first.saturating_add(u64::from(header.entries) - 1);
            if header.first >= size {
                return ControlFlow::Break(());
            }
            if !batch::whole(header, bytes) {
                broken.push((header.first, last));
            }
            let enough = last.saturating_add(1) == size || broken.len() >= MAX;
            if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
    }
    broken.truncate(MAX);
    Ok(broken)
}

/// What [`walk`] shows: offset, header, the batch's bytes from its header on (fewer at the file's end).
type Batch<'v> = &'v mut dyn FnMut(u64, &Header, &[u8]) -> ControlFlow<()>;

/// Walks over the batches of a segment from an offset on.
pub(super) fn walk(file: &File, mut offset: u64, visit: Batch<'_>) -> Result<ControlFlow<()>> {
    let mut window = Window { file, length: file.metadata()?.len(), start: 0, bytes: Vec::new() };
    loop {
        let head = window.at(offset, HEADER as u64)?;
        if head.len() < HEADER {
            return Ok(ControlFlow::Continue(()));
        }
        let Some(header) = Header::parse(head) else {
            // Resume at the next magic; one may lie across the end of what is in the window.
            offset += match batch::next_magic(head, 1) {
                Some(at) => at,
                None => head.len() - 3,
            } as u64;
            continue;
        };
        let bytes = window.at(offset, (HEADER as u64).saturating_add(header.bytes))?;
        if visit(offset, &header, bytes).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        let whole = batch::each(&header, bytes, &mut |_, _| ControlFlow::Continue(())) == Shape::Whole;
        // The length of a broken batch cannot be trusted.
        offset += if whole { HEADER as u64 + header.bytes } else { 1 };
    }
}

/// A part of a file in memory.
struct Window<'f> {
    file: &'f File,
    length: u64,
    start: u64,
    bytes: Vec<u8>,
}

impl Window<'_> {
    /// The bytes from `offset` on: at least `need`, unless the file ends before.
    fn at(&mut self, offset: u64, need: u64) -> Result<&[u8]> {
        const READ: u64 = 256 * 1024;
        let need = need.min(self.length.saturating_sub(offset));
        let end = self.start + self.bytes.len() as u64;
        if offset < self.start || offset + need > end {
            let part = need.max(READ).min(self.length.saturating_sub(offset));
            self.bytes.resize(part as usize, 0);
            self.start = offset;
            self.file.read_exact_at(&mut self.bytes, offset)?;
        }
        Ok(&self.bytes[(offset - self.start) as usize..])
    }
}
