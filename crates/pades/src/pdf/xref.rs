//! Cross-references (ISO 32000-1, 7.5.4 to 7.5.8): tables, streams, and both mixed.

use super::object::{Dict, Object};
use super::parser::Parser;
use super::stream::unpack;
use crate::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};

/// Objects of one file; 20 MB of usual documents have some ten thousand.
const ENTRIES_MAX: usize = 500_000;
/// The largest object number that common readers accept.
const NUMBER_MAX: u64 = 8_388_607;
const SECTIONS_MAX: usize = 2_000;
/// Bytes of all sections together, packed and unpacked, and entries, with those that older sections repeat: sections
/// that lie in each other would else be read for ever.
const WORK_MAX: usize = 128 << 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Free,
    At {
        offset: usize,
        generation: u16,
    },
    /// Within an object stream: its number, and the place in it.
    Packed {
        within: u32,
        place: usize,
    },
}

pub(crate) struct Xref {
    pub entries: BTreeMap<u32, Entry>,
    /// Of the newest section.
    pub trailer: Dict,
    /// Where the newest section begins.
    pub start: usize,
    /// Whether the newest section is a table.
    pub is_table: bool,
    pub encrypted: bool,
    work: usize,
}

pub(crate) fn read(bytes: &[u8]) -> Result<Xref> {
    let start = start_of(bytes).ok_or(Error::NoCrossReference)?;
    let mut found = Xref {
        entries: BTreeMap::new(),
        trailer: Dict::default(),
        start,
        is_table: false,
        encrypted: false,
        work: 0,
    };
    let mut seen = BTreeSet::new();
    let mut waiting = vec![start];
    while let Some(at) = waiting.pop() {
        if at >= bytes.len() || seen.len() > SECTIONS_MAX {
            return Err(Error::NoCrossReference);
        }
        if !seen.insert(at) {
            continue;
        }
        let newest = seen.len() == 1;
        let is_table = Parser::new(bytes, at).keyword(b"xref");
        let trailer = if is_table { table(bytes, at, &mut found)? } else { stream(bytes, at, &mut found)? };
        found.encrypted |= trailer.has(b"Encrypt");
        // What is pushed last is read first: the stream beside a table comes before older sections.
        for name in [&b"Prev"[..], b"XRefStm"] {
            if let Some(entry) = trailer.get(name) {
                waiting.push(entry.as_usize().ok_or(Error::NoCrossReference)?);
            }
        }
        if newest {
            found.is_table = is_table;
            found.trailer = trailer;
        }
    }
    Ok(found)
}

/// The number after the last `startxref`.
fn start_of(bytes: &[u8]) -> Option<usize> {
    let tail = bytes.len().saturating_sub(2048);
    let window = bytes.get(tail..)?;
    let at = window.windows(9).rposition(|word| word == b"startxref")?;
    Parser::new(bytes, tail + at + 9).unsigned().and_then(|offset| usize::try_from(offset).ok())
}

impl Xref {
    fn spend(&mut self, work: usize) -> Result<()> {
        self.work = self.work.saturating_add(work);
        if self.work > WORK_MAX {
            Err(Error::Broken("its cross-references lie in each other"))
        } else {
            Ok(())
        }
    }

    /// Newer sections are read first and count.
    fn put(&mut self, number: u64, entry: Entry) -> Result<()> {
        self.spend(20)?;
        if self.entries.len() >= ENTRIES_MAX || number > NUMBER_MAX {
            return Err(Error::Broken("it has too many objects"));
        }
        let number = u32::try_from(number).map_err(|_| Error::NoCrossReference)?;
        self.entries.entry(number).or_insert(entry);
        Ok(())
    }
}

fn table(bytes: &[u8], at: usize, found: &mut Xref) -> Result<Dict> {
    let mut parser = Parser::new(bytes, at);
    parser.keyword(b"xref");
    while !parser.keyword(b"trailer") {
        let (Some(first), Some(count)) = (parser.unsigned(), parser.unsigned()) else {
            return Err(Error::NoCrossReference);
        };
        for number in first..first.saturating_add(count) {
            let (Some(offset), Some(generation)) = (parser.unsigned(), parser.unsigned()) else {
                return Err(Error::NoCrossReference);
            };
            let entry = if parser.keyword(b"n") {
                let generation = u16::try_from(generation).map_err(|_| Error::NoCrossReference)?;
                Entry::At {
                    offset: usize::try_from(offset).map_err(|_| Error::NoCrossReference)?,
                    generation,
                }
            } else if parser.keyword(b"f") {
                Entry::Free
            } else {
                return Err(Error::NoCrossReference);
            };
            found.put(number, entry)?;
        }
    }
    match parser.object(0)? {
        Object::Dict(trailer) => Ok(trailer),
        _ => Err(Error::NoCrossReference),
    }
}

fn stream(bytes: &[u8], at: usize, found: &mut Xref) -> Result<Dict> {
    let mut parser = Parser::new(bytes, at);
    parser.header().map_err(|_| Error::NoCrossReference)?;
    let Object::Stream(dict, begin) = parser.indirect()? else { return Err(Error::NoCrossReference) };
    let length = dict.get(b"Length").and_then(Object::as_usize).ok_or(Error::NoCrossReference)?;
    let end = begin.checked_add(length).ok_or(Error::NoCrossReference)?;
    let raw = bytes.get(begin..end).filter(|_| dict.is(b"Type", b"XRef")).ok_or(Error::NoCrossReference)?;
    found.spend(raw.len())?;
    let data = unpack(&dict, raw)?;
    found.spend(data.len())?;
    let numbers = |name: &[u8]| -> Option<Vec<usize>> {
        dict.get(name).and_then(Object::as_array)?.iter().map(Object::as_usize).collect()
    };
    let widths = numbers(b"W").filter(|w| w.len() == 3 && w.iter().all(|width| *width <= 8));
    let widths = widths.ok_or(Error::NoCrossReference)?;
    let row = widths.iter().sum::<usize>();
    if row == 0 {
        return Err(Error::NoCrossReference);
    }
    let size = dict.get(b"Size").and_then(Object::as_usize).ok_or(Error::NoCrossReference)?;
    let index =
        if dict.has(b"Index") { numbers(b"Index").ok_or(Error::NoCrossReference)? } else { vec![0, size] };
    let mut rows = data.chunks_exact(row);
    for pair in index.chunks(2) {
        let [first, count] = pair else { return Err(Error::NoCrossReference) };
        for number in *first..first.saturating_add(*count) {
            let Some(row) = rows.next() else { break };
            found.put(number as u64, entry(row, &widths)?)?;
        }
    }
    Ok(dict)
}

fn entry(row: &[u8], widths: &[usize]) -> Result<Entry> {
    let mut rest = row;
    let mut fields = [1u64, 0, 0];
    for (field, width) in fields.iter_mut().zip(widths) {
        let (value, after) = rest.split_at_checked(*width).ok_or(Error::NoCrossReference)?;
        rest = after;
        if *width > 0 {
            *field = value.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        }
    }
    let [kind, second, third] = fields;
    let wide = |value: u64| usize::try_from(value).map_err(|_| Error::NoCrossReference);
    Ok(match kind {
        1 => Entry::At {
            offset: wide(second)?,
            generation: u16::try_from(third).map_err(|_| Error::NoCrossReference)?,
        },
        2 => Entry::Packed {
            within: u32::try_from(second).map_err(|_| Error::NoCrossReference)?,
            place: wide(third)?,
        },
        _ => Entry::Free,
    })
}
