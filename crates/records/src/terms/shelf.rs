//! The concepts of a CodeSystem, ready to be searched; read once for each version.

use fhir::Json;
use quick_cache::sync::Cache;
use std::sync::{Arc, OnceLock};
use store::index::normalise::{fold, words};
use store::{Tenant, Visible};

/// CodeSystems kept; a classification comes whole or by chapters.
const KEPT: usize = 64;
/// Concepts of one CodeSystem; CIM-10 has some 19,000, with extensions some 43,000.
const CONCEPTS_MAX: usize = 60_000;
/// Levels of chapters, blocks and categories.
const DEPTH_MAX: usize = 12;

pub(super) struct Concept {
    pub code: String,
    pub display: String,
    words: Vec<String>,
}

type Name = (Box<str>, Box<str>, u64);
type Concepts = Arc<Vec<Concept>>;

/// It takes memory from the first search on.
#[derive(Default)]
pub(super) struct Shelf(OnceLock<Cache<Name, Concepts>>);

impl Shelf {
    pub fn concepts(&self, tenant: &Tenant, found: &Visible) -> Concepts {
        let name = (tenant.name().into(), found.id.as_str().into(), found.version);
        let cache = self.0.get_or_init(|| Cache::new(KEPT));
        if let Some(known) = cache.get(&name) {
            return known;
        }
        let mut read = Vec::new();
        if let Ok(system) = fhir::json::parse(&found.body) {
            gather(&system, 0, &mut read);
        }
        let read = Arc::new(read);
        cache.insert(name, read.clone());
        read
    }
}

fn gather(parent: &Json<'_>, depth: usize, read: &mut Vec<Concept>) {
    for concept in parent.each("concept") {
        if read.len() >= CONCEPTS_MAX || depth >= DEPTH_MAX {
            return;
        }
        if let (Some(code), Some(display)) = (concept.get_str("code"), concept.get_str("display")) {
            // Chapters and blocks (`I10-I15`, `IX`) are no diagnoses.
            if is_category(code) {
                let folded = fold(display);
                read.push(Concept {
                    code: code.to_string(),
                    display: display.to_string(),
                    words: words(&folded).map(String::from).collect(),
                });
            }
        }
        gather(concept, depth + 1, read);
    }
}

/// A letter and two digits, and what follows them but no range.
fn is_category(code: &str) -> bool {
    let bytes = code.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    bytes.first().is_some_and(u8::is_ascii_uppercase) && digit(1) && digit(2) && !code.contains('-')
}

impl Concept {
    /// How well it answers, the least the best: by its code, or by its words, of which each begins with one asked.
    pub fn rank(&self, asked: &[String], code: &str) -> Option<(u8, usize)> {
        let plain: String = self.code.chars().filter(|c| *c != '.').collect();
        if is_category(code) && plain.starts_with(code) {
            return Some((0, plain.len()));
        }
        let all = asked.iter().all(|word| self.words.iter().any(|own| own.starts_with(word.as_str())));
        (all && !asked.is_empty()).then_some((1, self.display.len()))
    }
}
