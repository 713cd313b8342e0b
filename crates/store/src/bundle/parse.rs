//! From the bundle's JSON to its entries.

use super::entry::Entry;
use super::issues::{self, error};
use crate::error::{Error, Result};
use fhir::{Code, Issue, Json};
use std::collections::HashMap;

/// An answer never lists more issues than this.
const ISSUES_MAX: usize = 100;
/// Each may take a while: its paths are programs of the caller.
const PATCHES_MAX: usize = 1_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Batch,
    Transaction,
}

/// The type of the bundle and its entries' JSON.
///
/// # Errors
/// It is no batch and no transaction, or has too many entries.
pub(super) fn open<'j>(bundle: &'j Json<'j>, entries_max: usize) -> Result<(Kind, &'j [Json<'j>])> {
    let kind = match (bundle.get_str("resourceType"), bundle.get_str("type")) {
        (Some("Bundle"), Some("batch")) => Kind::Batch,
        (Some("Bundle"), Some("transaction")) => Kind::Transaction,
        _ => return Err(Issue::error(Code::Value, issues::NOT_A_BUNDLE).at("Bundle.type").into()),
    };
    let entries = match bundle.get("entry") {
        None => &[],
        Some(Json::Array(entries)) => entries.as_slice(),
        Some(_) => return Err(Issue::error(Code::Structure, issues::NOT_OBJECT).at("Bundle.entry").into()),
    };
    if entries.len() > entries_max {
        let issue = Issue::error(Code::TooLong, issues::TOO_MANY).at("Bundle.entry");
        return Err(issue.arg("count", entries.len()).arg("max", entries_max).into());
    }
    let is_patch = |entry: &&Json<'_>| {
        entry.get("request").and_then(|request| request.get_str("method")) == Some("PATCH")
    };
    let patches = entries.iter().filter(is_patch).count();
    if patches > PATCHES_MAX {
        let issue = Issue::error(Code::TooCostly, issues::MANY_PATCHES).at("Bundle.entry");
        return Err(issue.arg("count", patches).arg("max", PATCHES_MAX).into());
    }
    Ok((kind, entries))
}

/// All entries of a transaction.
///
/// # Errors
/// What is wrong with each, up to a hundred.
pub(super) fn all<'j>(entries: &'j [Json<'j>], base: &str) -> Result<Vec<Entry<'j>>> {
    let mut parsed = Vec::with_capacity(entries.len());
    let mut wrong = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        match Entry::parse(at, entry, base) {
            Ok(entry) => parsed.push(entry),
            Err(issue) => wrong.push(issue),
        }
        if wrong.len() == ISSUES_MAX {
            break;
        }
    }
    if wrong.is_empty() {
        wrong = same_full_urls(&parsed);
    }
    if wrong.is_empty() { Ok(parsed) } else { Err(Error::Refused(wrong)) }
}

fn same_full_urls(entries: &[Entry<'_>]) -> Vec<Issue> {
    let mut seen = HashMap::with_capacity(entries.len());
    let mut wrong = Vec::new();
    for entry in entries {
        let Some(url) = entry.full_url else { continue };
        if let Some(other) = seen.insert(url, entry.at) {
            let issue = error(Code::Duplicate, issues::SAME_FULL_URL, entry.at, "fullUrl");
            wrong.push(issue.arg("other", other));
        }
    }
    wrong.truncate(ISSUES_MAX);
    wrong
}
