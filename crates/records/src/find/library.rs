//! Documents that were read already, bounded by the memory that they take. A document is named by its version, so
//! that what was changed is read anew; nothing is answered from here that the store has not just shown.

use super::document::Document;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::{Arc, OnceLock};
use store::{Tenant, Visible};

/// Memory of all documents, in bytes.
const BYTES_MAX: u64 = 64 * 1024 * 1024;
/// What a document takes about, in bytes.
const USUAL: u64 = 2_000;

/// Tenant, type, id and version.
type Name = (Box<str>, u16, Box<str>, u64);

#[derive(Clone)]
struct ByBytes;

impl Weighter<Name, Option<Arc<Document>>> for ByBytes {
    fn weight(&self, name: &Name, document: &Option<Arc<Document>>) -> u64 {
        let name = (name.0.len() + name.2.len()) as u64 + 100;
        name + document.as_ref().map_or(0, |document| document.bytes() as u64)
    }
}

/// It takes memory from the first search on.
#[derive(Default)]
pub(super) struct Library(OnceLock<Documents>);

type Documents = Cache<Name, Option<Arc<Document>>, ByBytes>;

impl Library {
    /// The document of a resource; `None` if there is nothing to find in it.
    pub fn document(&self, tenant: &Tenant, visible: &Visible) -> Option<Arc<Document>> {
        // What is shown in part is another text than what is shown whole.
        if visible.redacted {
            return Document::of(visible).map(Arc::new);
        }
        let name = (tenant.name().into(), visible.rt.number(), visible.id.as_str().into(), visible.version);
        let documents =
            self.0.get_or_init(|| Cache::with_weighter((BYTES_MAX / USUAL) as usize, BYTES_MAX, ByBytes));
        if let Some(known) = documents.get(&name) {
            return known;
        }
        let document = Document::of(visible).map(Arc::new);
        documents.insert(name, document.clone());
        document
    }
}
