//! What all parts of a search share: the library to read from, the snapshot, the moment.

use super::ast::Criterion;
use super::lower::Lowering;
use super::matches::{Doc, matches};
use super::members;
use super::needs::Needs;
use super::node::Node;
use super::plan::{Plan, plan};
use super::sql::{self, Cut, Source, Stream};
use super::{issues, limits};
use crate::access::level::Level;
use crate::backend::{Backend, Hit};
use crate::cache::Entry;
use crate::error::{Error, Result};
use async_trait::async_trait;
use fhir::ResourceType;
use parking_lot::Mutex;
use seal::IndexKey;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// Where a search reads: a tenant, or a test.
#[async_trait]
pub(crate) trait Library: Send + Sync {
    fn backend(&self) -> &dyn Backend;
    fn key(&self) -> &IndexKey;
    /// These versions, opened, in the order asked; those that are gone are left out.
    async fn versions(&self, vids: &[i64]) -> Result<Vec<Arc<Entry>>>;
    /// The newest versions of these resources, in no order; absent and deleted ones are left out.
    async fn current(&self, names: &[(u16, String)]) -> Result<Vec<Arc<Entry>>>;
    /// Whether the caller may search this type.
    fn permits(&self, rt: ResourceType) -> bool;
    /// How certain it is that the caller may see every match, and know of it what the search tells.
    fn level(&self, rt: ResourceType, needs: Needs) -> Level;
    /// Which of the entries the caller may see, and know of them what the search tells.
    async fn admit(&self, entries: &[Arc<Entry>], needs: Needs) -> Result<Vec<bool>>;
    /// Ids of the patients to whose records the caller is confined; `None`: not confined.
    async fn confined(&self, rt: ResourceType) -> Result<Option<Vec<String>>>;
}

pub(crate) struct Engine<'a> {
    pub library: &'a dyn Library,
    pub snapshot: i64,
    /// ms since epoch, for `ap`.
    pub now: i64,
    /// Times whose version numbers were looked up: every type of a search asks for the same.
    pub times: Mutex<HashMap<i64, i64>>,
}

/// The criterion of one type, resolved, with its plan.
pub(crate) struct Branch {
    pub rt: ResourceType,
    pub criterion: Criterion,
    pub plan: Plan,
    /// What must be open of each match, and how certain that is. Of what only leads to matches: nothing.
    pub needs: Needs,
    pub level: Level,
}

impl Branch {
    pub fn new(rt: ResourceType, plan: Plan, criterion: Criterion) -> Branch {
        Branch { rt, criterion, plan, needs: Needs::default(), level: Level::Always }
    }

    /// Whether each candidate must be decided before it counts as a match.
    pub fn asks(&self) -> bool {
        self.level < Level::Unless
    }

    /// Whether an entry that the plan yields is a match, as far as its own body says.
    pub fn admits(&self, hit: &Hit, entry: &Entry) -> Result<bool> {
        let sure = self.plan.sure.is_some_and(|(from, to)| from <= hit.time && hit.time <= to);
        if self.plan.exact || sure && hit.time != entry.at { Ok(true) } else { looks(&self.criterion, entry) }
    }
}

/// Whether a resource meets a criterion, read from its body.
pub(crate) fn looks(criterion: &Criterion, entry: &Entry) -> Result<bool> {
    let json = match members::of(criterion) {
        Some(wanted) => fhir::json::parse_members(&entry.body, &wanted),
        None => fhir::json::parse(&entry.body),
    };
    let json = json.map_err(|_| Error::Corrupt("stored JSON".into()))?;
    Ok(matches(criterion, &Doc { rt: entry.rt, id: &entry.id, at: entry.at, json: &json }))
}

impl<'a> Engine<'a> {
    /// The newest version committed strictly before a time.
    pub async fn vid_before(&self, at: i64) -> Result<i64> {
        if let Some(vid) = self.times.lock().get(&at) {
            return Ok(*vid);
        }
        let vid = self.library.backend().vid_before(at).await?;
        self.times.lock().insert(at, vid);
        Ok(vid)
    }

    /// Keeps those that the caller may see.
    pub async fn admit(&self, entries: &mut Vec<Arc<Entry>>, needs: Needs) -> Result<()> {
        if !entries.is_empty() {
            let mut open = self.library.admit(entries, needs).await?.into_iter();
            entries.retain(|_| open.next().unwrap_or(false));
        }
        Ok(())
    }

    pub fn permit(&self, rt: ResourceType) -> Result<()> {
        if self.library.permits(rt) { Ok(()) } else { Err(Error::Denied) }
    }

    /// Plans a resolved criterion, counting where it is open which part should lead.
    pub async fn branch(&self, rt: ResourceType, criterion: Criterion) -> Result<Branch> {
        let lowering = Lowering::new(self.library.key(), rt);
        let mut lowered = lowering.lower(&criterion);
        self.measure(&mut lowered.node).await?;
        // A part that only other resources decide has not been tested by the index.
        if criterion.is_joined() {
            (lowered.exact, lowered.sure) = (false, None);
        }
        Ok(Branch::new(rt, plan(lowered, lowering.keys.all()), criterion))
    }

    /// Counts the entries of the parts that could lead, if there are several and none is known to be few.
    async fn measure(&self, node: &mut Node) -> Result<()> {
        let single = !matches!(node, Node::All(_));
        let mut parts: Vec<&mut Node> = match node {
            Node::All(parts) => parts.iter_mut().collect(),
            other => vec![other],
        };
        let ranged = parts.iter().any(|part| part.has_scans());
        let few = parts.iter().any(|part| part.weight() == Some(1));
        let leaders = parts.iter().filter(|part| part.weight().is_some()).count();
        let windows = parts.iter().any(|part| matches!(part, Node::Window(_)));
        if few || !ranged && (single || leaders < 2 && !windows) {
            return Ok(());
        }
        // Against a range, which is read whole, an exact count tells what is cheaper. Once a leader is known
        // to have few, counting the others costs more than it saves.
        let limit = if ranged { limits::SORTED + 1 } else { limits::ESTIMATE };
        parts.sort_by_key(|part| part.weight().unwrap_or(usize::MAX));
        for part in &mut parts {
            self.weigh(part, limit).await?;
            if part.weight().is_some_and(|weight| weight <= limits::FEW) {
                break;
            }
        }
        Ok(())
    }

    /// Puts counts, at most `limit`, in place of guesses.
    pub async fn weigh(&self, node: &mut Node, limit: usize) -> Result<()> {
        let mut leaves = Vec::new();
        collect_leaves(node, &mut leaves);
        for leaf in leaves {
            let mut total = 0usize;
            let counts = sql::estimate(leaf, limit);
            if counts.len() > limits::PROBED_KEYS {
                continue;
            }
            for select in counts {
                let count = self.library.backend().count(&select).await?;
                total = total.saturating_add(usize::try_from(count).unwrap_or(0));
                if total >= limit {
                    break;
                }
            }
            match leaf {
                Node::Keys(keyed) if total >= limit => keyed.weight = keyed.weight.max(total),
                Node::Keys(keyed) => keyed.weight = total,
                Node::Scans(scans) => scans.weight = total,
                _ => {}
            }
        }
        Ok(())
    }

    /// The next candidates of several branches, in order, without repeats.
    pub async fn candidates(
        &self,
        branches: &[Branch],
        after: Option<Hit>,
        down: bool,
        limit: usize,
    ) -> Result<Vec<Hit>> {
        let cut = Cut { snapshot: self.snapshot, after, descending: down, limit };
        let streams = joined(branches);
        let mut hits = Vec::new();
        for stream in &streams {
            hits.append(&mut self.library.backend().select(&stream.select(&cut)).await?);
        }
        if streams.len() > 1 {
            hits.sort_unstable();
            if down {
                hits.reverse();
            }
            hits.dedup();
            hits.truncate(limit);
        }
        Ok(hits)
    }

    /// Ids of the resources of a type that meet a resolved criterion; `None` if there are more than `cap`.
    pub async fn ids(
        &self,
        rt: ResourceType,
        criterion: Criterion,
        cap: usize,
    ) -> Result<Option<Vec<String>>> {
        if let Some(entries) = self.by_id(rt, &criterion).await? {
            return Ok(Some(entries.into_iter().map(|entry| entry.id.to_string()).collect()));
        }
        let branch = self.branch(rt, criterion).await?;
        if !branch.plan.exact {
            let found = self.entries(&branch, cap).await?;
            return Ok(found.map(|all| all.into_iter().map(|entry| entry.id.to_string()).collect()));
        }
        let hits = self.candidates(std::slice::from_ref(&branch), None, true, cap + 1).await?;
        if hits.len() > cap {
            return Ok(None);
        }
        let vids: Vec<i64> = hits.into_iter().map(|hit| hit.vid).collect();
        let names = self.library.backend().names(&vids).await?;
        Ok(Some(names.into_iter().map(|(_, id, _)| id).collect()))
    }

    /// All matches of a branch, newest first; `None` if there are more than `cap`, or if too many
    /// candidates must be looked at to know.
    pub async fn entries(&self, branch: &Branch, cap: usize) -> Result<Option<Vec<Arc<Entry>>>> {
        let (mut found, mut after, mut examined) = (Vec::new(), None, 0);
        let batch = 500.min(cap + 1);
        loop {
            let hits = self.candidates(std::slice::from_ref(branch), after, true, batch).await?;
            examined += hits.len();
            let vids: Vec<i64> = hits.iter().map(|hit| hit.vid).collect();
            for entry in self.library.versions(&vids).await? {
                let hit = hits.iter().find(|hit| hit.vid == entry.vid);
                if hit.is_some_and(|hit| branch.admits(hit, &entry).unwrap_or(false)) {
                    found.push(entry);
                }
            }
            if found.len() > cap || examined > limits::EXAMINED {
                return Ok(None);
            }
            if hits.len() < batch {
                return Ok(Some(found));
            }
            after = hits.last().copied();
        }
    }

    /// The matches of a criterion that names ids, by the names; `None` if it names none.
    pub async fn by_id(&self, rt: ResourceType, criterion: &Criterion) -> Result<Option<Vec<Arc<Entry>>>> {
        let Some(ids) = named_ids(criterion) else { return Ok(None) };
        let names: Vec<(u16, String)> = ids.iter().map(|id| (rt.number(), (*id).clone())).collect();
        let mut found = Vec::new();
        for entry in self.library.current(&names).await? {
            if looks(criterion, &entry)? {
                found.push(entry);
            }
        }
        found.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        Ok(Some(found))
    }

    pub fn too_costly(code: &str, limit: usize) -> Error {
        Error::from(issues::too_costly(code, limit))
    }
}

/// The streams of all branches; those that differ only in their keys read as one.
fn joined(branches: &[Branch]) -> Vec<Cow<'_, Stream>> {
    let mut all: Vec<Cow<'_, Stream>> = Vec::new();
    for stream in branches.iter().flat_map(|branch| &branch.plan.streams) {
        let alike = |other: &&mut Cow<'_, Stream>| {
            matches!(other.source, Source::Keys(_))
                && other.filter == stream.filter
                && other.times == stream.times
        };
        match (&stream.source, all.iter_mut().find(alike)) {
            (Source::Keys(keys), Some(other)) => {
                if let Source::Keys(more) = &mut other.to_mut().source {
                    more.extend(keys);
                }
            }
            _ => all.push(Cow::Borrowed(stream)),
        }
    }
    all
}

fn collect_leaves<'n>(node: &'n mut Node, out: &mut Vec<&'n mut Node>) {
    match node {
        Node::Keys(_) | Node::Scans(_) => out.push(node),
        Node::All(parts) | Node::Any(parts) => parts.iter_mut().for_each(|part| collect_leaves(part, out)),
        _ => {}
    }
}

/// The smallest set of ids that the criterion as a whole asks for, in order.
pub(crate) fn named_ids(criterion: &Criterion) -> Option<Vec<&String>> {
    match criterion {
        Criterion::Id(ids) => {
            let mut ids: Vec<&String> = ids.iter().collect();
            ids.sort_unstable();
            Some(ids)
        }
        Criterion::All(parts) => parts.iter().filter_map(named_ids).min_by_key(Vec::len),
        _ => None,
    }
}
