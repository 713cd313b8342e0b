//! A PDF that is read: its objects by number.

use super::object::{Dict, Object};
use super::parser::Parser;
use super::stream::unpack;
use super::xref::{self, Entry, Xref};
use crate::{Error, Result, WRITTEN_MAX};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A reference may lead to a reference.
const HOPS_MAX: usize = 16;
/// Unpacked object streams that are kept, in all.
const KEPT_MAX: usize = 128 << 20;
/// Bytes that may be read beyond some times the file: what its object streams unpack to.
const WORK_MAX: usize = 192 << 20;

pub(crate) struct Document<'a> {
    pub bytes: &'a [u8],
    xref: Xref,
    packs: RefCell<BTreeMap<u32, Rc<Pack>>>,
    kept: Cell<usize>,
    /// Bytes that may still be read. Objects that lie in each other would else be read for ever.
    work: Cell<usize>,
}

/// An object stream, unpacked (ISO 32000-1, 7.5.7).
struct Pack {
    data: Vec<u8>,
    /// Number and place of each object.
    index: Vec<(u32, usize)>,
}

impl<'a> Document<'a> {
    /// Opens a PDF that begins with its header and is not encrypted.
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        if bytes.len() > WRITTEN_MAX {
            return Err(Error::TooLarge);
        }
        if !bytes.starts_with(b"%PDF-") {
            return Err(Error::NotAPdf);
        }
        let xref = xref::read(bytes)?;
        if xref.encrypted {
            return Err(Error::Encrypted);
        }
        let work = Cell::new(bytes.len().saturating_mul(4).saturating_add(WORK_MAX));
        Ok(Self { bytes, xref, packs: RefCell::default(), kept: Cell::new(0), work })
    }

    pub fn trailer(&self) -> &Dict {
        &self.xref.trailer
    }

    /// Offset of the newest cross-reference section, and whether it is a table.
    pub fn section(&self) -> (usize, bool) {
        (self.xref.start, self.xref.is_table)
    }

    pub fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        self.xref.entries.iter().filter(|(_, entry)| **entry != Entry::Free).map(|(number, _)| *number)
    }

    pub fn entry(&self, number: u32) -> Option<Entry> {
        self.xref.entries.get(&number).copied()
    }

    pub fn generation(&self, number: u32) -> u16 {
        match self.entry(number) {
            Some(Entry::At { generation, .. }) => generation,
            _ => 0,
        }
    }

    /// The first number that is free for new objects.
    pub fn next_number(&self) -> Result<u32> {
        let size = self.trailer().get(b"Size").and_then(Object::as_usize).unwrap_or(0);
        let size = u32::try_from(size).map_err(|_| Error::NoCrossReference)?;
        let highest = self.xref.entries.keys().next_back().copied().unwrap_or(0);
        Ok(size.min(8_388_607).max(highest.saturating_add(1)))
    }

    fn spend(&self, bytes: usize) -> Result<()> {
        let left = self
            .work
            .get()
            .checked_sub(bytes.max(16))
            .ok_or(Error::Broken("its objects lie in each other"))?;
        self.work.set(left);
        Ok(())
    }

    /// An object by its number; `Null` when there is none.
    pub fn get(&self, number: u32) -> Result<Object> {
        match self.entry(number) {
            None | Some(Entry::Free) => Ok(Object::Null),
            Some(Entry::At { offset, .. }) => {
                let mut parser = Parser::new(self.bytes, offset);
                let (found, _) = parser.header()?;
                if found != number {
                    return Err(Error::Broken("an object is not where the cross-reference says"));
                }
                let object = parser.indirect();
                self.spend(parser.at.saturating_sub(offset))?;
                object
            }
            Some(Entry::Packed { within, place }) => {
                let pack = self.pack(within)?;
                let (found, at) = pack
                    .index
                    .get(place)
                    .copied()
                    .ok_or(Error::Broken("an object is missing in its stream"))?;
                if found != number {
                    return Err(Error::Broken("an object is missing in its stream"));
                }
                let mut parser = Parser::new(&pack.data, at);
                let object = parser.object(0);
                self.spend(parser.at.saturating_sub(at))?;
                object
            }
        }
    }

    /// Follows references.
    pub fn resolve(&self, object: &Object) -> Result<Object> {
        let mut object = object.clone();
        for _ in 0..HOPS_MAX {
            let Some(number) = object.as_ref() else { return Ok(object) };
            object = self.get(number)?;
        }
        Err(Error::Broken("references lead in a circle"))
    }

    /// An entry of a dictionary, references followed; `Null` when there is none.
    pub fn entry_of(&self, dict: &Dict, name: &[u8]) -> Result<Object> {
        dict.get(name).map_or(Ok(Object::Null), |value| self.resolve(value))
    }

    /// The same, as a dictionary.
    pub fn dict_of(&self, dict: &Dict, name: &[u8]) -> Result<Option<Dict>> {
        Ok(self.entry_of(dict, name)?.as_dict().cloned())
    }

    /// Number and dictionary of the catalog (7.7.2).
    pub fn catalog(&self) -> Result<(u32, Dict)> {
        let number =
            self.trailer().get(b"Root").and_then(Object::as_ref).ok_or(Error::Broken("it has no catalog"))?;
        match self.get(number)? {
            Object::Dict(catalog) => Ok((number, catalog)),
            _ => Err(Error::Broken("it has no catalog")),
        }
    }

    /// The data of a stream as they stand in the file.
    pub fn raw(&self, dict: &Dict, begin: usize) -> Result<&'a [u8]> {
        let length =
            self.entry_of(dict, b"Length")?.as_usize().ok_or(Error::Broken("a stream has no length"))?;
        let end = begin.checked_add(length).ok_or(Error::Broken("a stream has no length"))?;
        let raw = self.bytes.get(begin..end).ok_or(Error::Broken("a stream is longer than the file"))?;
        if !Parser::new(self.bytes, end).keyword(b"endstream") {
            return Err(Error::Broken("a stream does not end where it should"));
        }
        self.spend(length)?;
        Ok(raw)
    }

    /// The data of a stream, unpacked.
    pub fn data(&self, dict: &Dict, begin: usize) -> Result<Vec<u8>> {
        let data = unpack(dict, self.raw(dict, begin)?)?;
        self.spend(data.len())?;
        Ok(data)
    }

    fn pack(&self, number: u32) -> Result<Rc<Pack>> {
        if let Some(pack) = self.packs.borrow().get(&number) {
            return Ok(Rc::clone(pack));
        }
        // An object stream may not lie in another one, so this does not go round.
        let wrong = Error::Broken("an object stream cannot be read");
        let Some(Entry::At { .. }) = self.entry(number) else { return Err(wrong) };
        let Object::Stream(dict, begin) = self.get(number)? else { return Err(wrong) };
        // Its length may be an object of its own, but not one that is packed in it.
        if let Some(length) = dict.get(b"Length").and_then(Object::as_ref)
            && !matches!(self.entry(length), Some(Entry::At { .. }))
        {
            return Err(wrong);
        }
        let data = self.data(&dict, begin)?;
        let kept = self.kept.get().saturating_add(data.len());
        if kept > KEPT_MAX {
            return Err(Error::Broken("its object streams unpack to too much"));
        }
        self.kept.set(kept);
        let count = dict.get(b"N").and_then(Object::as_usize).ok_or(wrong)?;
        let first = dict.get(b"First").and_then(Object::as_usize).ok_or(wrong)?;
        let mut parser = Parser::new(&data, 0);
        let mut index = Vec::new();
        for _ in 0..count.min(data.len()) {
            let (Some(object), Some(offset)) = (parser.unsigned(), parser.unsigned()) else {
                return Err(wrong);
            };
            let object = u32::try_from(object).map_err(|_| wrong)?;
            let offset =
                usize::try_from(offset).ok().and_then(|offset| offset.checked_add(first)).ok_or(wrong)?;
            index.push((object, offset));
        }
        let pack = Rc::new(Pack { data, index });
        self.packs.borrow_mut().insert(number, Rc::clone(&pack));
        Ok(pack)
    }
}
