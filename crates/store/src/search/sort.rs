//! `_sort`: by the index where it has the order, else by values read from the matches.

use super::engine::Branch;
use super::parse::{Controls, SortBy, SortKey};
use crate::cache::Entry;
use crate::index::normalise::fold;
use crate::index::primary_date;
use fhir::search::{SearchParam, Value};
use std::cmp::Ordering;
use std::sync::Arc;

/// How a page gets its order.
pub(crate) enum Order {
    /// As the index yields.
    Index { down: bool },
    /// By version number.
    Commit { down: bool },
    /// By values of the resources.
    Values,
}

pub(crate) fn order(branches: &[Branch], controls: &Controls) -> Order {
    if controls.sort.is_empty() {
        return Order::Index { down: true };
    }
    let by_index = |key: &SortKey| {
        branches.iter().all(|branch| match (key.by, primary_date(branch.rt)) {
            (SortBy::Param(code), Some(primary)) => primary.code == code,
            (SortBy::LastUpdated, None) => true,
            _ => false,
        })
    };
    match controls.sort.as_slice() {
        [key] if by_index(key) => Order::Index { down: key.descending },
        _ => match controls.by_commit() {
            Some(down) => Order::Commit { down },
            None => Order::Values,
        },
    }
}

/// What two resources are compared by.
#[derive(Clone, Debug, PartialEq)]
enum Key {
    Missing,
    Number(f64),
    Time(i64),
    Text(String),
}

impl Key {
    fn compare(&self, other: &Key) -> Ordering {
        match (self, other) {
            (Key::Missing, Key::Missing) => Ordering::Equal,
            (Key::Missing, _) => Ordering::Greater,
            (_, Key::Missing) => Ordering::Less,
            (Key::Number(a), Key::Number(b)) => a.total_cmp(b),
            (Key::Time(a), Key::Time(b)) => a.cmp(b),
            (Key::Text(a), Key::Text(b)) => a.cmp(b),
            // Of different kinds only across types; any fixed order will do.
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Key::Number(_) => 0,
            Key::Time(_) => 1,
            Key::Text(_) => 2,
            Key::Missing => 3,
        }
    }
}

/// Sorts; what lacks a value comes last in either direction, and equals by version, newest first.
pub(crate) fn sort(entries: Vec<Arc<Entry>>, controls: &Controls) -> Vec<Arc<Entry>> {
    let mut keyed: Vec<(Vec<Key>, Arc<Entry>)> =
        entries.into_iter().map(|entry| (keys(&entry, &controls.sort), entry)).collect();
    keyed.sort_by(|(a, x), (b, y)| {
        let mut order = Ordering::Equal;
        for ((key, a), b) in controls.sort.iter().zip(a).zip(b) {
            let missing = *a == Key::Missing || *b == Key::Missing;
            let compared = a.compare(b);
            order = order.then(if key.descending && !missing { compared.reverse() } else { compared });
        }
        order.then_with(|| y.vid.cmp(&x.vid))
    });
    keyed.into_iter().map(|(_, entry)| entry).collect()
}

fn keys(entry: &Entry, sort: &[SortKey]) -> Vec<Key> {
    let needs_body = sort.iter().any(|key| matches!(key.by, SortBy::Param(_)));
    let json = if needs_body { fhir::json::parse(&entry.body).ok() } else { None };
    sort.iter()
        .map(|key| match key.by {
            SortBy::Id => Key::Text(entry.id.to_string()),
            SortBy::LastUpdated => Key::Number(entry.vid as f64),
            SortBy::Param(code) => match (&json, fhir::search::param(entry.rt, code)) {
                (Some(json), Some(param)) => key_of(param, &param.values(json), key.descending),
                _ => Key::Missing,
            },
        })
        .collect()
}

/// The least value of several for ascending order, the greatest for descending.
fn key_of(_: &SearchParam, values: &[Value<'_>], descending: bool) -> Key {
    let keys = values.iter().filter_map(|value| {
        Some(match value {
            Value::Token(token) => Key::Text(fold(token.code.or(token.text)?)),
            Value::Str(text) => Key::Text(fold(text)),
            Value::Uri(uri) => Key::Text((*uri).to_string()),
            Value::Reference(reference) => Key::Text(reference.url?.to_string()),
            Value::Date { lo_ms, hi_ms } => Key::Time(if descending { *hi_ms } else { *lo_ms }),
            Value::Number { lo, hi } => Key::Number(if descending { *hi } else { *lo }),
            Value::Quantity(quantity) => {
                let canonical = crate::index::units::canonical_range(quantity);
                let (lo, hi) = canonical.map_or((quantity.lo, quantity.hi), |(lo, hi, _)| (lo, hi));
                Key::Number(if descending { hi } else { lo })
            }
            Value::Composite(_) | Value::Position { .. } => return None,
        })
    });
    let pick = if descending { Ordering::Greater } else { Ordering::Less };
    keys.reduce(|a, b| if b.compare(&a) == pick { b } else { a }).unwrap_or(Key::Missing)
}
