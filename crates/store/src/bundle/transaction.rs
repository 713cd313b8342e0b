//! A transaction: all entries or none (<https://hl7.org/fhir/R4/http.html#trules>).

use super::Options;
use super::answer::Answer;
use super::entry::{Action, Entry};
use super::names::{Names, base_of};
use super::parse;
use super::records::Records;
use super::rewrite::Rewriter;
use super::settle::{self, Deed, Settled, locate};
use crate::error::{Error, Result};
use crate::write::{Outcome, Write};
use bytes::Bytes;
use fhir::Json;

/// How often conditions are asked anew when another writer got in between.
const ATTEMPTS: usize = 4;

/// # Errors
/// Why nothing was done.
pub(super) async fn run(
    records: &dyn Records,
    entries: &[Json<'_>],
    options: &Options,
) -> Result<Vec<Answer>> {
    let entries = parse::all(entries, &options.base)?;
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|&i| entries[i].rank());
    let mut attempt = 1;
    let (mut answers, settled) = loop {
        let settled = settle::targets(records, &entries).await?;
        match write(records, &entries, &order, &settled).await {
            Err(Raced) if attempt < ATTEMPTS => attempt += 1,
            Err(Raced) => return Err(Error::unavailable("a condition of the transaction keeps changing")),
            Ok(done) => break (done?, settled),
        }
    };
    for &i in &order {
        let answer = match (&entries[i].action, &settled[i]) {
            (Action::Get(get), _) => Answer::of(records.get(get).await),
            (_, Some(Settled { rt, deed: Deed::Existing(found), .. })) => Answer::existing(*rt, found),
            (_, Some(Settled { deed: Deed::Nothing, .. })) => Answer::Nothing,
            _ => continue,
        };
        answers[i] = answer;
    }
    Ok(answers)
}

/// Another writer changed what a condition matched; nothing was written.
struct Raced;

async fn write(
    records: &dyn Records,
    entries: &[Entry<'_>],
    order: &[usize],
    settled: &[Option<Settled<'_>>],
) -> std::result::Result<Result<Vec<Answer>>, Raced> {
    let names = match settle::names(records, entries, settled).await {
        Ok(names) => names,
        Err(error) => return Ok(Err(error)),
    };
    let (writes, places) = match writes(entries, order, settled, &names) {
        Ok(writes) => writes,
        Err(error) => return Ok(Err(error)),
    };
    let mut answers: Vec<Answer> = entries.iter().map(|_| Answer::Nothing).collect();
    if writes.is_empty() {
        return Ok(Ok(answers));
    }
    match records.commit(writes).await {
        Ok(outcomes) => {
            for (outcome, place) in outcomes.into_iter().zip(places) {
                answers[place] = Answer::Written(outcome);
            }
            Ok(Ok(answers))
        }
        Err(Error::InWrite { index, error }) => {
            let Some(&place) = places.get(index) else { return Ok(Err(*error)) };
            if raced(&error, &entries[place]) {
                return Err(Raced);
            }
            Ok(Err(locate(*error, entries[place].at, "request")))
        }
        Err(Error::Refused(issues)) => {
            let places: Vec<usize> = places.iter().map(|&i| entries[i].at).collect();
            Ok(Err(settle::locate_all(issues, &places)))
        }
        // A transaction of one write: its error carries no number.
        Err(error) => match places.as_slice() {
            [place] if raced(&error, &entries[*place]) => Err(Raced),
            [place] => Ok(Err(locate(error, entries[*place].at, "request"))),
            _ => Ok(Err(error)),
        },
    }
}

/// Whether the caller's own condition failed, or only what we had looked up for it.
fn raced(error: &Error, entry: &Entry<'_>) -> bool {
    let conflict = matches!(error, Error::VersionConflict { .. } | Error::NotFound | Error::Gone { .. });
    conflict
        && match entry.action {
            Action::Create { if_none_exist, .. } => if_none_exist.is_some(),
            Action::UpdateWhere { if_match, .. } => if_match.is_none(),
            Action::Patch { if_match, .. } | Action::PatchWhere { if_match, .. } => if_match.is_none(),
            Action::DeleteWhere { .. } => true,
            _ => false,
        }
}

/// The writes in their order, and the entry of each.
fn writes<'s>(
    entries: &'s [Entry<'s>],
    order: &[usize],
    settled: &'s [Option<Settled<'s>>],
    names: &Names<'s>,
) -> Result<(Vec<Write>, Vec<usize>)> {
    let mut writes = Vec::with_capacity(entries.len());
    let mut places = Vec::with_capacity(entries.len());
    let mut rewriter = Rewriter::new(names);
    for &i in order {
        let (entry, Some(settled)) = (&entries[i], &settled[i]) else { continue };
        let (rt, id) = (settled.rt, settled.id.clone());
        let mut body = || {
            let mut out = Vec::with_capacity(2048);
            let base = entry.full_url.and_then(base_of);
            if let Some(resource) = settled.content(entry) {
                rewriter.resource((entry.at, base), resource, &settled.id, &mut out);
            }
            Bytes::from(out)
        };
        writes.push(match &settled.deed {
            Deed::Create { if_none_exist } => Write::Create {
                rt,
                id: Some(id),
                body: body(),
                if_none_exist: if_none_exist.map(str::to_string),
            },
            Deed::Update { if_match, if_none_match } => {
                Write::Update { rt, id, body: body(), if_match: *if_match, if_none_match: *if_none_match }
            }
            Deed::Patch { version, .. } => {
                Write::Update { rt, id, body: body(), if_match: Some(*version), if_none_match: false }
            }
            Deed::Delete { if_match } => Write::Delete { rt, id, if_match: *if_match },
            Deed::Existing(_) | Deed::Nothing => continue,
        });
        places.push(i);
    }
    if rewriter.issues.is_empty() { Ok((writes, places)) } else { Err(Error::Refused(rewriter.issues)) }
}

/// The place of an outcome's resource.
pub(super) fn location(outcome: &Outcome) -> String {
    format!("{}/{}/_history/{}", outcome.rt, outcome.id, outcome.version)
}
