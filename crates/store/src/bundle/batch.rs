//! A batch: each entry alone, with its own outcome (<https://hl7.org/fhir/R4/http.html#brules>).

use super::Options;
use super::answer::Answer;
use super::entry::{Action, Entry};
use super::issues::{self, error};
use super::names::Names;
use super::records::Records;
use super::rewrite::{Rewriter, references};
use super::settle::{self, locate};
use crate::error::{Error, Result};
use crate::patch::{Patch, Which};
use crate::write::Write;
use bytes::Bytes;
use fhir::{Code, Issue, Json, ResourceType};
use futures_util::StreamExt;
use std::collections::{HashMap, HashSet};
use std::pin::Pin;

/// Entries under way at once, so that they share commits.
const CONCURRENT: usize = 256;

pub(super) async fn run(records: &dyn Records, entries: &[Json<'_>], options: &Options) -> Vec<Answer> {
    let mut answers: Vec<Answer> = entries.iter().map(|_| Answer::Nothing).collect();
    let mut parsed = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        match Entry::parse(at, entry, &options.base) {
            Ok(entry) => parsed.push(entry),
            Err(issue) => answers[at] = Answer::Failed(issue.into()),
        }
    }
    let full_urls: HashSet<&str> = parsed.iter().filter_map(|entry| entry.full_url).collect();
    parsed.retain(|entry| match linked(entry, &full_urls) {
        Some(issue) => {
            answers[entry.at] = Answer::Failed(issue.into());
            false
        }
        None => true,
    });
    for wave in waves(&parsed) {
        let waiting: Vec<Running<'_>> = wave.into_iter().map(|entry| start(records, entry)).collect();
        let mut running = futures_util::stream::iter(waiting).buffer_unordered(CONCURRENT);
        while let Some((at, result)) = running.next().await {
            answers[at] = result.unwrap_or_else(|error| Answer::Failed(locate(error, at, "request")));
        }
    }
    answers
}

/// Placeholders mean nothing where every entry stands alone.
fn linked(entry: &Entry<'_>, full_urls: &HashSet<&str>) -> Option<Issue> {
    let mut found = Vec::new();
    references(entry.resource?, &|text| text.starts_with("urn:") && full_urls.contains(text), &mut found);
    let wrong = || error(Code::NotSupported, issues::LINKED_BATCH, entry.at, "resource");
    (!found.is_empty()).then(wrong)
}

type Running<'r> = Pin<Box<dyn Future<Output = (usize, Result<Answer>)> + Send + 'r>>;

fn start<'r>(records: &'r dyn Records, entry: &'r Entry<'r>) -> Running<'r> {
    Box::pin(async move { (entry.at, one(records, entry).await) })
}

/// Deletions, creations, updates, reads, one after the other; what is written twice waits for a wave of its
/// own, so that the later entry wins.
fn waves<'e, 'j>(entries: &'e [Entry<'j>]) -> Vec<Vec<&'e Entry<'j>>> {
    let mut seen: HashMap<(u8, fhir::ResourceType, &str), usize> = HashMap::new();
    let mut keyed: Vec<((u8, usize), &Entry<'_>)> = Vec::with_capacity(entries.len());
    for entry in entries {
        let target = match entry.action {
            Action::Update { rt, id, .. } | Action::Delete { rt, id, .. } => Some((rt, id)),
            Action::Patch { rt, id, .. } => Some((rt, id)),
            Action::UpdateWhere { rt, query, .. }
            | Action::PatchWhere { rt, query, .. }
            | Action::DeleteWhere { rt, query } => Some((rt, query)),
            Action::Create { .. } | Action::Get(_) => None,
        };
        let turn = target.map_or(0, |(rt, name)| {
            let turn = seen.entry((entry.rank(), rt, name)).or_insert(0);
            *turn += 1;
            *turn - 1
        });
        keyed.push(((entry.rank(), turn), entry));
    }
    keyed.sort_by_key(|(key, _)| *key);
    let mut waves: Vec<((u8, usize), Vec<&Entry<'_>>)> = Vec::new();
    for (key, entry) in keyed {
        match waves.last_mut() {
            Some((last, wave)) if *last == key => wave.push(entry),
            _ => waves.push((key, vec![entry])),
        }
    }
    waves.into_iter().map(|(_, wave)| wave).collect()
}

async fn one(records: &dyn Records, entry: &Entry<'_>) -> Result<Answer> {
    let query = |text: &str| text.to_string();
    let write = match entry.action {
        Action::Get(ref get) => return Ok(Answer::Got(records.get(get).await?)),
        Action::Create { rt, if_none_exist } => {
            let if_none_exist = if_none_exist.map(query);
            Write::Create { rt, id: None, body: body(records, entry).await?, if_none_exist }
        }
        Action::Update { rt, id, if_match, if_none_match } => {
            let body = body(records, entry).await?;
            Write::Update { rt, id: id.to_string(), body, if_match, if_none_match }
        }
        Action::UpdateWhere { rt, query: text, if_match } => {
            Write::UpdateWhere { rt, query: query(text), body: body(records, entry).await?, if_match }
        }
        Action::Patch { rt, id, if_match } => {
            return patch(records, entry, rt, Which::Id(id), if_match).await;
        }
        Action::PatchWhere { rt, query, if_match } => {
            return patch(records, entry, rt, Which::Where(query), if_match).await;
        }
        Action::Delete { rt, id, if_match } => Write::Delete { rt, id: id.to_string(), if_match },
        Action::DeleteWhere { rt, query: text } => {
            Write::DeleteWhere { rt, query: query(text), multiple: false }
        }
    };
    match records.commit(vec![write]).await {
        Ok(outcomes) => Ok(outcomes.into_iter().next().map_or(Answer::Nothing, Answer::Written)),
        Err(Error::InWrite { error, .. }) => Err(*error),
        Err(error) => Err(error),
    }
}

async fn patch(
    records: &dyn Records,
    entry: &Entry<'_>,
    rt: ResourceType,
    which: Which<'_>,
    if_match: Option<u64>,
) -> Result<Answer> {
    let text = body(records, entry).await?;
    let resource = fhir::json::parse(&text).map_err(|_| Error::Corrupt("a body that was read".into()))?;
    let patch = Patch::of_resource(&resource).map_err(|issue| locate(issue.into(), entry.at, "resource"))?;
    let done = records.patch(rt, which, &patch, if_match).await;
    done.map(Answer::Written).map_err(|error| match error {
        // Of the patch, whose parameters stand in the bundle.
        Error::Refused(issues) => locate(Error::Refused(issues), entry.at, "resource"),
        other => other,
    })
}

/// The resource's text, its conditional references replaced; it links to no other entry.
async fn body(records: &dyn Records, entry: &Entry<'_>) -> Result<Bytes> {
    let Some(resource) = entry.resource else { return Ok(Bytes::new()) };
    let mut asked = Vec::new();
    super::rewrite::conditional_references(resource, &mut asked);
    if asked.is_empty() {
        return Ok(Bytes::from(resource.to_vec()));
    }
    let mut names = Names::default();
    let asked = asked.into_iter().map(|reference| (reference, entry.at)).collect();
    settle::conditions(records, asked, &[], &[], &mut names).await?;
    let mut out = Vec::with_capacity(2048);
    Rewriter::new(&names).resource(
        (entry.at, None),
        resource,
        resource.get_str("id").unwrap_or(""),
        &mut out,
    );
    Ok(Bytes::from(out))
}
