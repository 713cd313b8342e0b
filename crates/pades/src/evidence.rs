//! Evidence that outlives its sources (profile B-LT): certificates and lists of revoked ones go into the document
//! security store (ISO 32000-2, 12.8.4.3; ETSI EN 319 142-1, 5.4), by a further incremental update.

use crate::certificate::Certificate;
use crate::pdf::{Dict, Document, Object, Update};
use crate::revocation::List;
use crate::{Error, PDF_MAX, Result};

/// Items of one kind in a document.
const ITEMS_MAX: usize = 500;

/// What is to be kept with the document, DER.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The signer's and the stamping authority's, with all above them.
    pub certificates: &'a [Vec<u8>],
    pub revocation_lists: &'a [Vec<u8>],
}

/// Adds evidence to a signed PDF; what it already holds is not added again.
///
/// # Errors
/// What is wrong with the PDF; `Error::NotASignature` when nothing in it is signed; `Error::Certificate` for evidence
/// that cannot be read.
pub fn keep_evidence(pdf: &[u8], evidence: &Evidence<'_>) -> Result<Vec<u8>> {
    if pdf.len() > PDF_MAX {
        return Err(Error::TooLarge);
    }
    for certificate in evidence.certificates {
        Certificate::parse(certificate)?;
    }
    for list in evidence.revocation_lists {
        List::read(list).map_err(|_| Error::Certificate("a revocation list cannot be read"))?;
    }
    let document = Document::open(pdf)?;
    let (number, mut catalog) = document.catalog()?;
    if crate::verify::signatures(&document)?.is_empty() {
        return Err(Error::NotASignature);
    }
    let mut update = Update::new(&document)?;
    let old = catalog.get(b"DSS").and_then(Object::as_ref);
    let mut store = document.dict_of(&catalog, b"DSS")?.unwrap_or_default();
    store.put(b"Type", Object::name("DSS"));
    add(&document, &mut update, &mut store, b"Certs", evidence.certificates)?;
    add(&document, &mut update, &mut store, b"CRLs", evidence.revocation_lists)?;
    let place = old.unwrap_or_else(|| update.reserve());
    update.put(place, &Object::Dict(store));
    if old.is_none() {
        catalog.put(b"DSS", Object::Ref(place, 0));
        if !catalog.has(b"Extensions") {
            catalog.put(b"Extensions", extension());
        }
        update.put(number, &Object::Dict(catalog));
    }
    Ok(update.finish()?.bytes)
}

/// ETSI's mark for the store in a PDF of version 1.7 (ISO 32000-1, 7.12).
fn extension() -> Object {
    let mut level = Dict::default();
    level.put(b"BaseVersion", Object::name("1.7"));
    level.put(b"ExtensionLevel", Object::number(1));
    let mut extensions = Dict::default();
    extensions.put(b"ESIC", Object::Dict(level));
    Object::Dict(extensions)
}

fn add(
    document: &Document<'_>,
    update: &mut Update<'_, '_>,
    store: &mut Dict,
    name: &[u8],
    items: &[Vec<u8>],
) -> Result<()> {
    let mut there = kept(document, store, name)?;
    let mut references = document.entry_of(store, name)?.as_array().unwrap_or_default().to_vec();
    for item in items {
        if there.contains(item) {
            continue;
        }
        if references.len() >= ITEMS_MAX {
            return Err(Error::Certificate("the document holds too much evidence"));
        }
        let number = update.reserve();
        update.put_stream(number, Dict::default(), item);
        references.push(Object::Ref(number, 0));
        there.push(item.clone());
    }
    if !references.is_empty() {
        store.put(name, Object::Array(references));
    }
    Ok(())
}

/// The items of one kind that a store holds.
pub(crate) fn kept(document: &Document<'_>, store: &Dict, name: &[u8]) -> Result<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    for item in document.entry_of(store, name)?.as_array().unwrap_or_default().iter().take(ITEMS_MAX) {
        if let Object::Stream(dict, begin) = document.resolve(item)? {
            found.push(document.data(&dict, begin)?);
        }
    }
    Ok(found)
}
