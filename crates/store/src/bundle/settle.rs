//! Settles which resource each writing entry of a transaction is about, before anything is written: an
//! entry that creates gets its id, a condition is looked up.

use super::entry::{Action, Entry};
use super::issues::{self, error};
use super::names::{Names, condition};
use super::records::{Match, Records};
use super::rewrite::conditional_references;
use crate::error::{Error, Result};
use crate::patch::Patch;
use fhir::{Code, Issue, Json, ResourceType};
use futures_util::StreamExt;
use std::collections::{HashMap, HashSet};
use std::pin::Pin;

/// Conditions asked at once.
const CONCURRENT: usize = 32;
/// Each is a search, and is compared with the bundle's own resources.
const CONDITIONS_MAX: usize = 1000;
/// An answer never lists more issues than this.
const ISSUES_MAX: usize = 100;

/// What one entry will do, and to which resource.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Settled<'j> {
    pub rt: ResourceType,
    /// Empty for a conditional delete that matched nothing.
    pub id: String,
    pub deed: Deed<'j>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Deed<'j> {
    Create {
        if_none_exist: Option<&'j str>,
    },
    Update {
        if_match: Option<u64>,
        if_none_match: bool,
    },
    /// The resource as the patch leaves it, and the version that was patched.
    Patch {
        version: u64,
        after: Json<'static>,
    },
    Delete {
        if_match: Option<u64>,
    },
    /// A conditional create whose condition one resource already meets.
    Existing(Match),
    /// A conditional delete that no resource matches.
    Nothing,
}

impl<'j> Settled<'j> {
    /// What the entry will write, before its references are replaced.
    pub fn content<'s>(&'s self, entry: &Entry<'s>) -> Option<&'s Json<'s>> {
        match &self.deed {
            Deed::Create { .. } | Deed::Update { .. } => entry.resource,
            Deed::Patch { after, .. } => Some(after),
            Deed::Delete { .. } | Deed::Existing(_) | Deed::Nothing => None,
        }
    }
}

/// One element for each entry: `None` for those that read.
pub(super) async fn targets<'j>(
    records: &dyn Records,
    entries: &[Entry<'j>],
) -> Result<Vec<Option<Settled<'j>>>> {
    let deleted: HashSet<(ResourceType, &'j str)> = entries
        .iter()
        .filter_map(|entry| match &entry.action {
            Action::Delete { rt, id, .. } => Some((*rt, *id)),
            _ => None,
        })
        .collect();
    let waiting: Vec<Asking<'_, _>> = entries.iter().map(|e| start_target(records, e, &deleted)).collect();
    let mut running = futures_util::stream::iter(waiting).buffered(CONCURRENT);
    let mut settled = Vec::with_capacity(entries.len());
    while let Some(target) = running.next().await {
        settled.push(target?);
    }
    overlaps(entries, &settled)?;
    Ok(settled)
}

/// A question that is being asked; boxed, so that many can be under way.
type Asking<'r, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'r>>;

fn start_target<'r, 'j: 'r>(
    records: &'r dyn Records,
    entry: &'r Entry<'j>,
    deleted: &'r HashSet<(ResourceType, &'j str)>,
) -> Asking<'r, Option<Settled<'j>>> {
    Box::pin(target(records, entry, deleted))
}

async fn target<'j>(
    records: &dyn Records,
    entry: &Entry<'j>,
    deleted: &HashSet<(ResourceType, &'j str)>,
) -> Result<Option<Settled<'j>>> {
    // Drawn before anything is awaited, so that the ids follow the entries.
    let fresh = match entry.action {
        Action::Create { .. } | Action::UpdateWhere { .. } => records.id(),
        _ => String::new(),
    };
    let found = |rt: ResourceType, query: &'j str, element: &'static str| async move {
        let found = records.matching(rt, query).await.map_err(|e| locate(e, entry.at, element))?;
        // What this transaction deletes first is no match any more.
        one(
            found.into_iter().filter(|m| !deleted.contains(&(rt, m.id.as_str()))).collect(),
            entry.at,
            element,
        )
    };
    let (rt, id, deed) = match entry.action {
        Action::Get(_) => return Ok(None),
        Action::Create { rt, if_none_exist: None } => (rt, fresh, Deed::Create { if_none_exist: None }),
        Action::Create { rt, if_none_exist: Some(query) } => {
            match found(rt, query, "request.ifNoneExist").await? {
                Some(existing) => (rt, existing.id.clone(), Deed::Existing(existing)),
                None => (rt, fresh, Deed::Create { if_none_exist: Some(query) }),
            }
        }
        Action::Update { rt, id, if_match, if_none_match } => {
            (rt, id.to_string(), Deed::Update { if_match, if_none_match })
        }
        Action::UpdateWhere { rt, query, if_match } => match found(rt, query, "request.url").await? {
            // The version is pinned: if the resource changes before the commit, the condition is asked again.
            Some(Match { id, version, .. }) => {
                let own = entry.resource.and_then(|resource| resource.get_str("id"));
                if own.is_some_and(|own| own != id) {
                    return Err(error(Code::Value, issues::OTHER_ID, entry.at, "resource.id").into());
                }
                (rt, id, Deed::Update { if_match: if_match.or(Some(version)), if_none_match: false })
            }
            None => match entry.resource.and_then(|resource| resource.get_str("id")) {
                Some(id) => (rt, id.to_string(), Deed::Update { if_match, if_none_match: true }),
                None => (rt, fresh, Deed::Create { if_none_exist: Some(query) }),
            },
        },
        Action::Patch { rt, id, if_match } => {
            (rt, id.to_string(), patched(records, entry, rt, id, if_match).await?)
        }
        Action::PatchWhere { rt, query, if_match } => match found(rt, query, "request.url").await? {
            // What is patched is what met the condition.
            Some(Match { id, version, .. }) => {
                let deed = patched(records, entry, rt, &id, if_match.or(Some(version))).await?;
                (rt, id, deed)
            }
            None => return Err(error(Code::NotFound, issues::NO_TARGET, entry.at, "request.url").into()),
        },
        Action::Delete { rt, id, if_match } => (rt, id.to_string(), Deed::Delete { if_match }),
        Action::DeleteWhere { rt, query } => match found(rt, query, "request.url").await? {
            Some(Match { id, version, .. }) => (rt, id, Deed::Delete { if_match: Some(version) }),
            None => (rt, String::new(), Deed::Nothing),
        },
    };
    Ok(Some(Settled { rt, id, deed }))
}

/// Patches what is stored now; the commit fails when it has changed until then.
async fn patched<'j>(
    records: &dyn Records,
    entry: &Entry<'j>,
    rt: ResourceType,
    id: &str,
    if_match: Option<u64>,
) -> Result<Deed<'j>> {
    let at = entry.at;
    let patch = Patch::of_resource(entry.resource.unwrap_or(&Json::Null));
    let patch = patch.map_err(|issue| locate(issue.into(), at, "resource"))?;
    let Match { version, body, .. } =
        records.current(rt, id).await.map_err(|e| locate(e, at, "request.url"))?;
    if if_match.is_some_and(|wanted| wanted != version) {
        return Err(locate(Error::VersionConflict { current: version }, at, "request.ifMatch"));
    }
    let after = patch.apply(&body).map_err(|error| locate(error, at, "resource"))?;
    Ok(Deed::Patch { version, after })
}

fn one(mut found: Vec<Match>, at: usize, element: &str) -> Result<Option<Match>> {
    match found.len() {
        0 => Ok(None),
        1 => Ok(found.pop()),
        _ => Err(error(Code::MultipleMatches, issues::MANY_MATCHES, at, element).into()),
    }
}

/// A resource may be written once.
fn overlaps(entries: &[Entry<'_>], settled: &[Option<Settled<'_>>]) -> Result<()> {
    let mut seen: HashMap<(ResourceType, &str), usize> = HashMap::with_capacity(entries.len());
    for (entry, settled) in entries.iter().zip(settled) {
        let Some(settled) = settled else { continue };
        if matches!(settled.deed, Deed::Nothing | Deed::Existing(_)) {
            continue;
        }
        if let Some(other) = seen.insert((settled.rt, &settled.id), entry.at) {
            let issue =
                error(Code::Duplicate, issues::SAME_TARGET, entry.at, "request.url").arg("other", other);
            return Err(issue.into());
        }
    }
    Ok(())
}

/// The meaning of every `fullUrl` and of every conditional reference.
pub(super) async fn names<'s>(
    records: &dyn Records,
    entries: &'s [Entry<'s>],
    settled: &'s [Option<Settled<'s>>],
) -> Result<Names<'s>> {
    let mut names = Names::with_capacity(entries.len());
    let mut asked: HashMap<&'s str, usize> = HashMap::new();
    let mut found = Vec::new();
    for (entry, settled) in entries.iter().zip(settled) {
        let Some(settled) = settled else { continue };
        if let (Some(url), false) = (entry.full_url, settled.id.is_empty()) {
            names.add(url, settled.rt, &settled.id);
        }
        if let Some(resource) = settled.content(entry).or(entry.resource) {
            conditional_references(resource, &mut found);
            asked.extend(found.drain(..).map(|reference| (reference, entry.at)));
        }
    }
    let mut asked: Vec<_> = asked.into_iter().collect();
    asked.sort_unstable_by_key(|(_, at)| *at);
    conditions(records, asked, entries, settled, &mut names).await?;
    Ok(names)
}

/// Looks up conditional references, each with an entry that holds it.
pub(super) async fn conditions<'j>(
    records: &dyn Records,
    asked: Vec<(&'j str, usize)>,
    entries: &[Entry<'j>],
    settled: &[Option<Settled<'j>>],
    names: &mut Names<'j>,
) -> Result<()> {
    if asked.len() > CONDITIONS_MAX {
        let issue = Issue::error(Code::TooCostly, issues::MANY_CONDITIONS).at("Bundle.entry");
        return Err(issue.arg("max", CONDITIONS_MAX).into());
    }
    let waiting: Vec<Asking<'_, _>> =
        asked.into_iter().map(|(text, at)| start_resolve(records, entries, settled, text, at)).collect();
    let mut running = futures_util::stream::iter(waiting).buffered(CONCURRENT);
    let mut wrong = Vec::new();
    while let Some(found) = running.next().await {
        match found? {
            Ok(Some((reference, rt, id))) => names.add_condition(reference, rt, &id),
            Ok(None) => {}
            Err(issue) => wrong.push(issue),
        }
        if wrong.len() == ISSUES_MAX {
            break;
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Refused(wrong)) }
}

/// The reference, and what it means; or why it means nothing.
type Resolved<'j> = std::result::Result<Option<(&'j str, ResourceType, String)>, Issue>;

fn start_resolve<'r, 'j: 'r>(
    records: &'r dyn Records,
    entries: &'r [Entry<'j>],
    settled: &'r [Option<Settled<'j>>],
    reference: &'j str,
    at: usize,
) -> Asking<'r, Resolved<'j>> {
    Box::pin(async move {
        let Some((rt, query)) = condition(reference) else { return Ok(Ok(None)) };
        let found =
            resolve(records, entries, settled, rt, query).await.map_err(|e| locate(e, at, "resource"))?;
        Ok(match found {
            Ok(id) => Ok(Some((reference, rt, id))),
            Err((code, text)) => Err(error(code, text, at, "resource")),
        })
    })
}

/// The one resource that will match once the transaction is done: its own resources count as they will be.
async fn resolve(
    records: &dyn Records,
    entries: &[Entry<'_>],
    settled: &[Option<Settled<'_>>],
    rt: ResourceType,
    query: &str,
) -> Result<std::result::Result<String, (Code, fhir::Text)>> {
    let stored = records.matching(rt, query).await?;
    let mut ids: HashSet<&str> = stored.iter().map(|m| m.id.as_str()).collect();
    let mut own = Vec::new();
    for (entry, settled) in entries.iter().zip(settled) {
        let Some(settled) = settled.as_ref().filter(|s| s.rt == rt) else { continue };
        match (&settled.deed, settled.content(entry)) {
            (Deed::Delete { .. }, _) => drop(ids.remove(settled.id.as_str())),
            (_, Some(resource)) => own.push((settled.id.as_str(), resource)),
            _ => {}
        }
    }
    let resources: Vec<&Json<'_>> = own.iter().map(|(_, resource)| *resource).collect();
    for ((id, _), matches) in own.iter().zip(records.matches(rt, query, &resources)?) {
        if matches {
            ids.insert(id)
        } else {
            ids.remove(id)
        };
    }
    let mut ids = ids.into_iter();
    Ok(match (ids.next(), ids.next()) {
        (Some(id), None) => Ok(id.to_string()),
        (None, _) => Err((Code::NotFound, issues::NO_MATCH)),
        _ => Err((Code::MultipleMatches, issues::MANY_MATCHES)),
    })
}

/// Puts the issues of an error under an element of entry `at`.
pub(super) fn locate(error: Error, at: usize, element: &str) -> Error {
    let place = || format!("Bundle.entry[{at}].{element}");
    let text = match error {
        Error::Refused(issues) => {
            return Error::Refused(issues.into_iter().map(|i| under(i, at, element)).collect());
        }
        Error::InWrite { error, .. } => return locate(*error, at, element),
        Error::VersionConflict { .. } => (Code::Conflict, issues::VERSION_CONFLICT),
        Error::MultipleMatches => (Code::MultipleMatches, issues::MANY_MATCHES),
        Error::NotFound => (Code::NotFound, issues::NOT_FOUND),
        Error::Gone { .. } => (Code::Deleted, issues::GONE),
        Error::Denied => (Code::Forbidden, issues::DENIED),
        other => return other,
    };
    Issue::error(text.0, text.1).at(place()).into()
}

/// The issues of a commit start with `[n].`, the number of the write: puts each under its own entry.
/// `places` has the `Bundle.entry` of each write.
pub(super) fn locate_all(issues: Vec<Issue>, places: &[usize]) -> Error {
    let locate = |mut issue: Issue| {
        let numbered = issue.expression.as_deref().and_then(|text| {
            let (number, path) = text.strip_prefix('[')?.split_once(']')?;
            let place = places.get(number.parse::<usize>().ok()?)?;
            Some((*place, path.trim_start_matches('.').to_string()))
        });
        let place = match numbered {
            Some((place, path)) => {
                issue.expression = (!path.is_empty()).then_some(path);
                Some(place)
            }
            None => places.first().copied().filter(|_| places.len() == 1),
        };
        match place {
            Some(at) => under(issue, at, "resource"),
            None => issue,
        }
    };
    Error::Refused(issues.into_iter().map(locate).collect())
}

/// `Patient.name[0]` becomes `Bundle.entry[3].resource.name[0]`.
fn under(issue: Issue, at: usize, element: &str) -> Issue {
    let place = match issue.expression.as_deref() {
        Some(path) if path.starts_with("Bundle.entry[") => return issue,
        Some(path) => {
            let end = path.find(['.', '[']).unwrap_or(path.len());
            format!("Bundle.entry[{at}].resource{}", &path[end..])
        }
        None => format!("Bundle.entry[{at}].{element}"),
    };
    issue.at(place)
}
