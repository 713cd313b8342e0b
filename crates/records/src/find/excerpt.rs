//! The place of a document where the words stand, as pieces of which some are hits.

use super::document::{Document, Part};
use super::query::Query;
use super::words::Word;
use fhir::Json;

/// Words shown before the first hit, and from it on.
const BEFORE: usize = 8;
const AFTER: usize = 24;

/// `[{text, hit}]`: of the part with most hits; when only the title has some, how the rest begins.
pub(super) fn excerpt(document: &Document, query: &Query) -> Json<'static> {
    let count = |part: &Part| part.words.iter().filter(|word| query.hits(word)).count();
    // Of equal ones the first, in the order of the document; without a hit, what is told rather than a heading.
    let best = document.rest.iter().rev().max_by_key(|part| count(part)).filter(|part| count(part) > 0);
    let told = || document.rest.iter().min_by_key(|part| part.weight);
    match best.or_else(told) {
        Some(part) => Json::Array(pieces(part, query)),
        None => Json::Array(Vec::new()),
    }
}

/// A whole text with its hits.
pub(super) fn marked(part: &Part, query: &Query) -> Json<'static> {
    Json::Array(cut(part, &part.words, 0, part.text.len(), query))
}

fn pieces(part: &Part, query: &Query) -> Vec<Json<'static>> {
    let first = part.words.iter().position(|word| query.hits(word)).unwrap_or(0);
    let from = first.saturating_sub(BEFORE);
    let to = (first + AFTER).min(part.words.len());
    let Some(shown) = part.words.get(from..to).filter(|shown| !shown.is_empty()) else { return Vec::new() };
    let start = if from == 0 { 0 } else { shown[0].start };
    let end = if to == part.words.len() { part.text.len() } else { shown[shown.len() - 1].end };
    let mut out = Vec::new();
    if from > 0 {
        out.push(piece("… ", false));
    }
    out.extend(cut(part, shown, start, end, query));
    if to < part.words.len() {
        out.push(piece(" …", false));
    }
    out
}

fn cut(part: &Part, words: &[Word], start: usize, end: usize, query: &Query) -> Vec<Json<'static>> {
    let (mut out, mut at) = (Vec::new(), start);
    for word in words.iter().filter(|word| query.hits(word)) {
        if word.start > at {
            out.push(piece(&part.text[at..word.start], false));
        }
        out.push(piece(&part.text[word.start..word.end], true));
        at = word.end;
    }
    if at < end {
        out.push(piece(&part.text[at..end], false));
    }
    out
}

fn piece(text: &str, hit: bool) -> Json<'static> {
    Json::object([("text", Json::string(text.to_string())), ("hit", Json::Bool(hit))])
}
