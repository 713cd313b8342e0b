use super::batch;
use super::notes;
use super::scan::walk;
use super::segment::{self, Segment, Segments, Writer, path};
use crate::error::{Error, Result};
use std::fs::{File, OpenOptions};
use std::ops::ControlFlow;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Finds the segments, and the end of the log. Unless `read_only`, wipes what a torn batch left behind the end;
/// with it, nothing is changed and damage is no error.
pub(super) fn recover(folder: &Path, read_only: bool) -> Result<(Segments, Writer)> {
    let mut numbers = numbers(folder)?;
    let signed = notes::size(folder)?;
    let mut segments = Segments::new();
    let mut behind = Vec::new();
    // Backwards: segments after the end are prepared ones, or hold one torn batch.
    let (writer, size) = loop {
        let Some(number) = numbers.pop() else { break (None, 0) };
        let file = OpenOptions::new().read(true).write(!read_only).open(path(folder, number))?;
        let end = end(&file, read_only)?;
        if end.entries == 0 {
            behind.push(number);
            continue;
        }
        let segment = Segment::new(number, end.marks.clone());
        segments.insert(end.first, segment.clone());
        let size = end.size;
        break (Some((file, end, number, segment)), size);
    };
    for number in numbers {
        if let Some(first) = first(&File::open(path(folder, number))?)? {
            segments.insert(first, Segment::new(number, Vec::new()));
        }
    }
    if read_only {
        return Ok((segments, Writer::stopped(size)));
    }
    if size < signed {
        // Leave everything as it is: it is evidence.
        return Err(Error::Damaged { entry: size, what: "entries are missing at the end" });
    }
    for number in behind {
        std::fs::remove_file(path(folder, number))?;
    }
    let Some((file, end, number, segment)) = writer else { return Ok((segments, Writer::new(0, 0))) };
    clear(&file, end.position)?;
    let mut writer = Writer::new(number, size);
    writer.resume(file, end.position, end.length, segment);
    Ok((segments, writer))
}

fn numbers(folder: &Path) -> Result<Vec<u32>> {
    let mut numbers = Vec::new();
    for file in std::fs::read_dir(folder)? {
        let name = file?.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix("segment-")).map(str::parse);
        if let Some(Ok(number)) = number {
            numbers.push(number);
        }
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// Number of the first entry that a segment claims to hold.
fn first(file: &File) -> Result<Option<u64>> {
    let mut first = None;
    let _ = walk(file, 0, &mut |_, header, _| {
        first = Some(header.first);
        ControlFlow::Break(())
    })?;
    Ok(first)
}

/// Where the whole batches of a segment end.
struct End {
    entries: u64,
    first: u64,
    size: u64,
    position: u64,
    length: u64,
    marks: Vec<(u64, u64)>,
}

/// `lenient`: takes broken batches for good.
fn end(file: &File, lenient: bool) -> Result<End> {
    let length = file.metadata()?.len();
    let mut end = End { entries: 0, first: 0, size: 0, position: 0, length, marks: Vec::new() };
    let mut torn = false;
    let mut damaged = None;
    let _ = walk(file, 0, &mut |offset, header, bytes| {
        let follows = offset == end.position && (end.entries == 0 || header.first == end.size);
        let whole = lenient || follows && !torn && batch::whole(header, bytes);
        if !whole {
            // A batch is written once the one before is durable: a whole one behind shows damage.
            if torn && batch::whole(header, bytes) {
                damaged = Some(end.size);
                return ControlFlow::Break(());
            }
            torn = true;
            return ControlFlow::Continue(());
        }
        if end.entries == 0 {
            end.first = header.first;
        }
        segment::mark(&mut end.marks, header.first, offset);
        end.entries += u64::from(header.entries);
        end.size = header.first.saturating_add(u64::from(header.entries));
        end.position = offset + batch::HEADER as u64 + header.bytes;
        ControlFlow::Continue(())
    })?;
    match damaged {
        Some(entry) => Err(Error::Damaged { entry, what: "a batch in the middle is broken" }),
        None => Ok(end),
    }
}

/// Wipes what a torn batch left behind the end.
fn clear(file: &File, position: u64) -> Result<()> {
    let length = file.metadata()?.len();
    let mut rest = vec![0u8; length.saturating_sub(position) as usize];
    file.read_exact_at(&mut rest, position)?;
    if rest.iter().any(|byte| *byte != 0) {
        rest.fill(0);
        file.write_all_at(&rest, position)?;
        file.sync_all()?;
    }
    Ok(())
}
