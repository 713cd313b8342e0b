//! What travels from the reader to the committers.

use bytes::Bytes;

/// Resources of a batch: one commit each. Larger batches cost memory and gain nothing.
pub const BATCH_RESOURCES: usize = 500;
/// Bytes of a batch.
pub const BATCH_BYTES: usize = 8 << 20;

/// Where something stood: number of the file and place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub file: u32,
    /// Line of an NDJSON file, entry of a Bundle, 1 for a file of one resource; from 1.
    pub line: u64,
}

/// One thing to import.
#[derive(Clone, Debug)]
pub enum Unit {
    /// A resource as JSON text.
    Resource(Bytes),
    /// A batch or transaction with conditions, to be run as the specification says.
    Interaction(Bytes),
    /// Something that is not to be imported, and why: key and sentence.
    Bad(&'static str, String),
}

/// Some things to import, read one after the other.
#[derive(Debug, Default)]
pub struct Batch {
    /// Place of the batch in the order of reading, from 0.
    pub number: u64,
    pub units: Vec<(Place, Unit)>,
    pub bytes: usize,
    /// What has been read when this batch is full: file, and units of it.
    pub end: (u32, u64),
}

impl Batch {
    pub fn push(&mut self, place: Place, unit: Unit) {
        self.bytes += match &unit {
            Unit::Resource(text) | Unit::Interaction(text) => text.len(),
            Unit::Bad(..) => 0,
        };
        self.units.push((place, unit));
    }

    pub fn is_full(&self) -> bool {
        self.units.len() >= BATCH_RESOURCES || self.bytes >= BATCH_BYTES
    }
}
