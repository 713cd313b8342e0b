//! The rows of one parameter's values.

use super::cover::{Cover, by_word};
use super::keys::{Keys, NAME_PREFIXES, Span, TEXT_PREFIXES, order, stems};
use super::{AT_COMMIT, normalise, units};
use crate::backend::{IndexRows, RangeRow};
use fhir::search::{Kind, Reference, SearchParam, Token, Value};

/// Values of one parameter that are indexed; a resource with more is found by the first ones only when
/// the search looks (no real resource comes near).
const VALUES: usize = 4_000;

pub(super) fn add(
    keys: &Keys<'_>,
    param: &SearchParam,
    cover: &Cover,
    values: &[Value<'_>],
    rows: &mut IndexRows,
) {
    let code = param.code;
    match cover {
        Cover::Native => return native(keys, code, values, rows),
        Cover::Birth => return birth(keys, code, values, rows),
        _ => {}
    }
    for value in values.iter().take(VALUES) {
        match value {
            Value::Token(token) => self::token(keys, code, token, rows),
            Value::Reference(reference) => self::reference(keys, code, reference, rows),
            Value::Str(text) => string(keys, param, text, rows),
            Value::Date { lo_ms, hi_ms } => {
                let key = keys.dates(code, Span::of(*lo_ms, *hi_ms));
                rows.ranges.push(RangeRow { key, lo: *lo_ms, hi: *hi_ms });
            }
            Value::Number { lo, hi } => rows.ranges.push(number(keys.numbers(code, lo != hi), *lo, *hi)),
            Value::Quantity(quantity) => {
                let (lo, hi) = (quantity.lo, quantity.hi);
                rows.ranges.push(number(keys.numbers(code, lo != hi), lo, hi));
                if let Some((lo, hi, unit)) = units::canonical_range(quantity) {
                    rows.ranges.push(number(keys.quantities(code, &unit, lo != hi), lo, hi));
                }
            }
            Value::Uri(uri) => self::uri(keys, param, uri, rows),
            Value::Composite(_) | Value::Position { .. } => {}
        }
    }
}

fn number(key: i64, lo: f64, hi: f64) -> RangeRow {
    RangeRow { key, lo: order(lo), hi: order(hi) }
}

/// Code systems of FHIR itself: their codes mean nothing else elsewhere, so the code alone finds them.
pub fn is_core_system(system: &str) -> bool {
    system.starts_with("http://hl7.org/fhir/")
}

fn token(keys: &Keys<'_>, param: &str, token: &Token<'_>, rows: &mut IndexRows) {
    let Some(code) = token.code else { return };
    rows.eq.push(keys.token_code(param, code));
    if let Some(system) = token.system.filter(|s| !is_core_system(s) && param != "telecom") {
        rows.eq.push(keys.token_full(param, system, code));
        if param == "identifier" {
            rows.eq.push(keys.token_system(param, system));
        }
    }
}

fn reference(keys: &Keys<'_>, param: &str, reference: &Reference<'_>, rows: &mut IndexRows) {
    match (reference.local(), reference.url) {
        (Some((rt, id)), _) => rows.eq.push(keys.reference(param, rt, id)),
        (None, Some(url)) if !reference.is_contained() => rows.eq.push(keys.reference_url(param, url)),
        _ => {}
    }
    if let Some(identifier) = reference.identifier {
        rows.eq.push(keys.reference_identifier(param, identifier.value));
    }
}

fn string(keys: &Keys<'_>, param: &SearchParam, text: &str, rows: &mut IndexRows) {
    let folded = normalise::fold(text);
    if param.code == "phonetic" {
        let sounds = normalise::words(&folded).take(8).filter_map(normalise::sound);
        rows.eq.extend(sounds.map(|sound| keys.sound(param.code, &sound)));
    } else if by_word(param) {
        let lengths: &[usize] = if param.code == "name" { &NAME_PREFIXES } else { &TEXT_PREFIXES };
        for word in normalise::words(&folded).take(32) {
            prefixes(keys, param.code, word, lengths, rows);
        }
    } else {
        prefixes(keys, param.code, &folded, &TEXT_PREFIXES, rows);
    }
}

fn prefixes(keys: &Keys<'_>, param: &str, word: &str, lengths: &[usize], rows: &mut IndexRows) {
    for &length in lengths {
        let Some(prefix) = normalise::prefix(word, length) else { return };
        rows.eq.push(keys.prefix(param, prefix));
    }
}

fn uri(keys: &Keys<'_>, param: &SearchParam, uri: &str, rows: &mut IndexRows) {
    rows.eq.push(keys.uri(param.code, uri));
    // The canonical URL of a definition is what people search below.
    if param.code == "url" && param.kind == Kind::Uri {
        rows.eq.extend(stems(uri).map(|stem| keys.uri_below(param.code, stem)));
    }
}

/// The sort key: the earliest beginning. A range row when it does not end within a day, so that searches
/// for "still going on after" find it.
fn native(keys: &Keys<'_>, param: &str, values: &[Value<'_>], rows: &mut IndexRows) {
    let spans = values.iter().filter_map(|value| match value {
        Value::Date { lo_ms, hi_ms } => Some((*lo_ms, *hi_ms)),
        _ => None,
    });
    let Some((lo, hi)) = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else { return };
    rows.time = lo.max(AT_COMMIT + 1);
    let span = Span::of(lo, hi);
    if span != Span::Day {
        rows.ranges.push(RangeRow { key: keys.dates(param, span), lo: rows.time, hi });
    }
}

fn birth(keys: &Keys<'_>, param: &str, values: &[Value<'_>], rows: &mut IndexRows) {
    for value in values.iter().take(4) {
        let Value::Date { lo_ms, hi_ms } = value else { continue };
        let (first, last) = (fhir::date::date_format(*lo_ms), fhir::date::date_format(*hi_ms));
        for length in [4, 7, 10] {
            match (first.get(..length), last.get(..length)) {
                (Some(a), Some(b)) if a == b => rows.eq.push(keys.birth(param, a)),
                _ => break,
            }
        }
    }
}
