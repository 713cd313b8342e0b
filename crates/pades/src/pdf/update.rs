//! An incremental update (ISO 32000-1, 7.5.6): new objects after the bytes that are there, which stay as they are. The
//! new cross-reference is of the same kind as the one before.

use super::document::Document;
use super::object::{Dict, Object};
use crate::algorithm::sha256;
use crate::{Error, Result};
use std::collections::BTreeMap;
use std::io::Write;

pub(crate) struct Update<'d, 'a> {
    document: &'d Document<'a>,
    objects: BTreeMap<u32, Vec<u8>>,
    next: u32,
}

/// The whole file, and where each new object begins in it.
pub(crate) struct Updated {
    pub bytes: Vec<u8>,
    pub offsets: BTreeMap<u32, usize>,
}

impl<'d, 'a> Update<'d, 'a> {
    pub fn new(document: &'d Document<'a>) -> Result<Self> {
        Ok(Self { document, objects: BTreeMap::new(), next: document.next_number()? })
    }

    /// A number for a new object.
    pub fn reserve(&mut self) -> u32 {
        let number = self.next;
        self.next += 1;
        number
    }

    /// New objects have generation 0; replaced ones keep theirs.
    pub fn reference(&self, number: u32) -> Object {
        Object::Ref(number, self.document.generation(number))
    }

    pub fn put(&mut self, number: u32, object: &Object) {
        let mut body = Vec::new();
        object.write(&mut body);
        self.objects.insert(number, body);
    }

    /// An object whose text the caller wrote.
    pub fn put_raw(&mut self, number: u32, body: Vec<u8>) {
        self.objects.insert(number, body);
    }

    /// A stream with its data as they are; `Length` is set here.
    pub fn put_stream(&mut self, number: u32, mut dict: Dict, data: &[u8]) {
        dict.put(b"Length", Object::number(i64::try_from(data.len()).unwrap_or(i64::MAX)));
        let mut body = Vec::with_capacity(data.len() + 256);
        dict.write(&mut body);
        body.extend_from_slice(b"\nstream\n");
        body.extend_from_slice(data);
        body.extend_from_slice(b"\nendstream");
        self.objects.insert(number, body);
    }

    pub fn finish(mut self) -> Result<Updated> {
        let (previous, is_table) = self.document.section();
        let own = (!is_table).then(|| self.reserve());
        let mut bytes = self.document.bytes.to_vec();
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        let mut offsets = BTreeMap::new();
        for (number, body) in &self.objects {
            offsets.insert(*number, bytes.len());
            // Writing to a Vec cannot fail.
            drop(writeln!(bytes, "{number} {} obj", self.document.generation(*number)));
            bytes.extend_from_slice(body);
            bytes.extend_from_slice(b"\nendobj\n");
        }
        let start = bytes.len();
        let trailer = self.trailer(previous, &bytes);
        match own {
            None => self.table(trailer, &offsets, &mut bytes),
            Some(number) => {
                offsets.insert(number, start);
                self.stream(number, trailer, &offsets, &mut bytes)?;
            }
        }
        drop(write!(bytes, "startxref\n{start}\n%%EOF\n"));
        if bytes.len() > crate::WRITTEN_MAX {
            return Err(Error::TooLarge);
        }
        Ok(Updated { bytes, offsets })
    }

    fn trailer(&self, previous: usize, bytes: &[u8]) -> Dict {
        let mut trailer = Dict::default();
        trailer.put(b"Size", Object::number(i64::from(self.next)));
        for name in [&b"Root"[..], b"Info"] {
            if let Some(value) = self.document.trailer().get(name) {
                trailer.put(name, value.clone());
            }
        }
        // The first identifier is the document's for ever, the second changes with each update (14.4).
        if let Some([first, _]) = self.document.trailer().get(b"ID").and_then(Object::as_array) {
            let mut changed = sha256(&[bytes]);
            changed.truncate(16);
            trailer.put(b"ID", Object::Array(vec![first.clone(), Object::Text(changed)]));
        }
        trailer.put(b"Prev", Object::number(i64::try_from(previous).unwrap_or(i64::MAX)));
        trailer
    }

    fn table(&self, trailer: Dict, offsets: &BTreeMap<u32, usize>, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(b"xref\n");
        for run in runs(offsets) {
            let Some((first, _)) = run.first() else { continue };
            drop(writeln!(bytes, "{first} {}", run.len()));
            for (number, offset) in run {
                drop(writeln!(bytes, "{offset:010} {:05} n ", self.document.generation(number)));
            }
        }
        bytes.extend_from_slice(b"trailer\n");
        trailer.write(bytes);
        bytes.push(b'\n');
    }

    fn stream(
        &self,
        number: u32,
        trailer: Dict,
        offsets: &BTreeMap<u32, usize>,
        bytes: &mut Vec<u8>,
    ) -> Result<()> {
        let mut index = Vec::new();
        let mut rows = Vec::new();
        for run in runs(offsets) {
            let Some((first, _)) = run.first() else { continue };
            index.push(Object::number(i64::from(*first)));
            index.push(Object::number(i64::try_from(run.len()).unwrap_or(0)));
            for (number, offset) in run {
                rows.push(1);
                rows.extend(u32::try_from(offset).map_err(|_| Error::TooLarge)?.to_be_bytes());
                rows.extend(self.document.generation(number).to_be_bytes());
            }
        }
        let mut dict = Dict::default();
        dict.put(b"Type", Object::name("XRef"));
        dict.0.extend(trailer.0);
        dict.put(b"W", Object::Array([1, 4, 2].map(Object::number).to_vec()));
        dict.put(b"Index", Object::Array(index));
        dict.put(b"Length", Object::number(i64::try_from(rows.len()).unwrap_or(0)));
        drop(writeln!(bytes, "{number} 0 obj"));
        dict.write(bytes);
        bytes.extend_from_slice(b"\nstream\n");
        bytes.extend(rows);
        bytes.extend_from_slice(b"\nendstream\nendobj\n");
        Ok(())
    }
}

/// Numbers that follow each other belong to one section.
fn runs(offsets: &BTreeMap<u32, usize>) -> Vec<Vec<(u32, usize)>> {
    let mut runs: Vec<Vec<(u32, usize)>> = Vec::new();
    for (number, offset) in offsets {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|(last, _)| last + 1 == *number) => {
                run.push((*number, *offset))
            }
            _ => runs.push(vec![(*number, *offset)]),
        }
    }
    runs
}
