//! A search from the request to the page.

use super::ast::Criterion;
use super::engine::{Branch, Engine, Library, named_ids};
use super::needs::Needs;
use super::parse::{self, Query};
use super::plan::Plan;
use super::token::{Position, Token};
use super::{SearchRequest, closed, issues};
use crate::access::groups::Groups;
use crate::access::label::Labels;
use crate::access::level::Level;
use crate::access::sight::{Sight, Subject, Whose};
use crate::access::{Action, redact};
use crate::backend::Backend;
use crate::cache::Entry;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::read::Visible;
use crate::tenant::Tenant;
use async_trait::async_trait;
use fhir::{Issue, ResourceType};
use parking_lot::Mutex;
use seal::IndexKey;
use std::collections::HashMap;
use std::sync::Arc;

/// Why an entry stands in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Match,
    Include,
}

#[derive(Clone, Debug)]
pub struct Found {
    pub visible: Visible,
    pub mode: Mode,
}

/// One page of results.
#[derive(Clone, Debug, Default)]
pub struct SearchPage {
    pub entries: Vec<Found>,
    /// Exact; absent when it was not asked and is not known for free.
    pub total: Option<u64>,
    /// Token of the next page, for `_page`.
    pub next: Option<String>,
    /// Warnings: ignored parameters, pages that end early.
    pub issues: Vec<Issue>,
}

/// What a search found, before it is decided and audited.
pub(crate) struct Outcome {
    pub matches: Vec<Arc<Entry>>,
    pub included: Vec<Arc<Entry>>,
    pub total: Option<u64>,
    pub next: Option<String>,
    pub issues: Vec<Issue>,
}

/// Runs a search on a library.
pub(crate) async fn run(library: &dyn Library, request: &SearchRequest, now: i64) -> Result<Outcome> {
    let Query { types, controls, mut warnings } = parse::query(request).map_err(Error::Refused)?;
    let text = identity(request);
    let token = match &request.page {
        Some(token) => Some(Token::read(token, library.key(), &text)?),
        None => None,
    };
    let snapshot = match token {
        Some(token) => fresh(library, token.snapshot).await?,
        None => library.backend().top().await?.vid,
    };
    let engine = Engine { library, snapshot, now, times: Mutex::default() };
    let mut branches = Vec::with_capacity(types.len());
    for (rt, criterion) in types {
        match request.rt {
            Some(_) => engine.permit(rt)?,
            None if !library.permits(rt) || is_never(&criterion) => continue,
            None => {}
        }
        let needs = Needs::of(rt, &criterion).with(Needs::of_sort(rt, &controls.sort));
        let level = library.level(rt, needs);
        match (level, request.rt) {
            (Level::Never, Some(_)) => return Err(Error::Denied),
            (Level::Never, None) => continue,
            _ => {}
        }
        let criterion = match library.confined(rt).await? {
            Some(ids) => confine(rt, criterion, &ids),
            None => criterion,
        };
        let criterion = engine.resolve(rt, criterion, true).await?;
        // A single type whose resources are named needs no plan.
        let branch = match request.rt.and(named_ids(&criterion)) {
            Some(_) => Branch::new(rt, Plan::nothing(), criterion),
            None => engine.branch(rt, criterion).await?,
        };
        branches.push(Branch { needs, level, ..branch });
    }
    branches.retain(|b| !b.plan.streams.is_empty() || named_ids(&b.criterion).is_some());
    let matches = engine.page(&branches, &controls, token.map(|t| t.position)).await?;
    warnings.extend(matches.warnings);
    let included = engine.include(&controls.includes, &matches.entries).await?;
    warnings.extend(included.warning);
    let next =
        matches.next.map(|position: Position| Token { snapshot, position }.write(library.key(), &text));
    Ok(Outcome {
        matches: matches.entries,
        included: included.entries,
        total: matches.total,
        next,
        issues: warnings,
    })
}

/// The criterion within the records of these patients.
fn confine(rt: ResourceType, criterion: Criterion, patients: &[String]) -> Criterion {
    let members = patients.iter().filter_map(|id| parse::membership(ResourceType::PATIENT, id, rt));
    Criterion::All(vec![criterion, Criterion::Any(members.collect())])
}

/// Whether nothing can meet the criterion: the type lacks a parameter of a search across types.
fn is_never(criterion: &Criterion) -> bool {
    match criterion {
        Criterion::Any(parts) => parts.iter().all(is_never),
        Criterion::All(parts) => parts.iter().any(is_never),
        _ => false,
    }
}

/// What a page token is bound to.
fn identity(request: &SearchRequest) -> String {
    let rt = request.rt.map_or("", ResourceType::name);
    let (compartment, id) = match &request.compartment {
        Some((compartment, id)) => (compartment.name(), id.as_str()),
        None => ("", ""),
    };
    format!("{compartment}/{id}/{rt}?{}", request.to_query())
}

/// # Errors
/// When entries that the snapshot saw have been swept since.
async fn fresh(library: &dyn Library, snapshot: i64) -> Result<i64> {
    let swept = library.backend().cursor("swept").await?;
    if snapshot < swept { Err(issues::old_page().into()) } else { Ok(snapshot) }
}

/// A tenant as one caller sees it.
struct Reader<'a> {
    sight: Sight<'a>,
    /// What is hidden of entries that were let through, by version.
    hidden: Mutex<HashMap<i64, Groups>>,
}

impl Reader<'_> {
    async fn hidden(&self, entry: &Entry) -> Result<Option<Groups>> {
        if let Some(hidden) = self.hidden.lock().get(&entry.vid) {
            return Ok(Some(*hidden));
        }
        let hidden = self.sight.sees(entry, Labels::default()).await?;
        if let Some(hidden) = hidden {
            self.hidden.lock().insert(entry.vid, hidden);
        }
        Ok(hidden)
    }

    async fn admits(&self, entry: &Entry, needs: Needs) -> Result<bool> {
        if self.hidden(entry).await?.is_none() {
            return Ok(false);
        }
        let all = needs.all();
        if self.sight.level_of(all) == Level::Always {
            return Ok(true);
        }
        let whose = self.sight.whose(entry).await?;
        // Of what belongs to no patient, nobody's ties say whether records that point to it may be known.
        if !matches!(whose, Whose::Patient(_)) && self.sight.level_of(needs.joined) != Level::Always {
            return Ok(false);
        }
        let subject = Subject { whose, labels: Labels::default(), stored: None };
        Ok(self.sight.granted(all, &subject).await?.covers(all))
    }
}

#[async_trait]
impl Library for Reader<'_> {
    fn backend(&self) -> &dyn Backend {
        &*self.sight.tenant.backend
    }

    fn key(&self) -> &IndexKey {
        &self.sight.tenant.sealed.keys.index
    }

    async fn versions(&self, vids: &[i64]) -> Result<Vec<Arc<Entry>>> {
        self.sight.tenant.open_versions(vids).await
    }

    async fn current(&self, names: &[(u16, String)]) -> Result<Vec<Arc<Entry>>> {
        self.sight.tenant.open_current(names).await
    }

    fn permits(&self, rt: ResourceType) -> bool {
        rt != ResourceType::AUDIT_EVENT && self.sight.may(rt)
    }

    fn level(&self, rt: ResourceType, needs: Needs) -> Level {
        let (own, needs) = (self.sight.level(rt, Groups::NONE), self.sight.level_of(needs.all()));
        if needs == Level::Never { Level::Never } else { own.max(Level::Ask).min(needs) }
    }

    async fn admit(&self, entries: &[Arc<Entry>], needs: Needs) -> Result<Vec<bool>> {
        let mut open = Vec::with_capacity(entries.len());
        for entry in entries {
            open.push(self.admits(entry, needs).await?);
        }
        Ok(open)
    }

    async fn confined(&self, rt: ResourceType) -> Result<Option<Vec<String>>> {
        self.sight.confined(rt).await
    }
}

/// A tenant without guard: for conditions and facts, whose findings are decided or never shown.
struct Unguarded<'a>(&'a Tenant);

#[async_trait]
impl Library for Unguarded<'_> {
    fn backend(&self) -> &dyn Backend {
        &*self.0.backend
    }

    fn key(&self) -> &IndexKey {
        &self.0.sealed.keys.index
    }

    async fn versions(&self, vids: &[i64]) -> Result<Vec<Arc<Entry>>> {
        self.0.open_versions(vids).await
    }

    async fn current(&self, names: &[(u16, String)]) -> Result<Vec<Arc<Entry>>> {
        self.0.open_current(names).await
    }

    fn permits(&self, rt: ResourceType) -> bool {
        rt != ResourceType::AUDIT_EVENT
    }

    fn level(&self, _: ResourceType, _: Needs) -> Level {
        Level::Always
    }

    async fn admit(&self, entries: &[Arc<Entry>], _: Needs) -> Result<Vec<bool>> {
        Ok(vec![true; entries.len()])
    }

    async fn confined(&self, _: ResourceType) -> Result<Option<Vec<String>>> {
        Ok(None)
    }
}

/// The matches of a search, without guard.
pub(crate) async fn unguarded(tenant: &Tenant, request: &SearchRequest, now: i64) -> Result<Vec<Arc<Entry>>> {
    Ok(run(&Unguarded(tenant), request, now).await?.matches)
}

impl Tenant {
    async fn found(&self, reader: &Reader<'_>, request: &SearchRequest, now: i64) -> Result<Outcome> {
        let outcome = run(reader, request, now).await?;
        if outcome.matches.is_empty() && closed::is_closed(&reader.sight, request).await? {
            return Err(Error::Denied);
        }
        Ok(outcome)
    }

    /// Searches.
    ///
    /// # Errors
    /// `Refused` with every issue of the request; `Denied`, also when the one patient that the search names is
    /// closed to the caller; `Unavailable` (also when the access cannot be
    /// audited).
    pub async fn search(&self, ctx: &Ctx, request: &SearchRequest) -> Result<SearchPage> {
        let sight = match request.rt {
            Some(rt) => self.guard(ctx, Action::Search, rt).await?,
            None => Sight::new(self, ctx, Action::Search),
        };
        if request.rt == Some(ResourceType::AUDIT_EVENT) {
            return self.audit_event_search(ctx, request).await;
        }
        self.freshen().await?;
        let reader = Reader { sight, hidden: Mutex::default() };
        let outcome = match self.found(&reader, request, ctx.clock.now_ms()).await {
            Err(Error::Denied) => {
                let rt = request.rt.unwrap_or(ResourceType::PATIENT);
                self.audit_denied(ctx, Action::Search, rt, "", &[]).await?;
                return Err(Error::Denied);
            }
            other => other?,
        };
        let entries: Vec<Arc<Entry>> = outcome.matches.iter().chain(&outcome.included).cloned().collect();
        let mut found = Vec::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            let mode = if at < outcome.matches.len() { Mode::Match } else { Mode::Include };
            if let Some(hidden) = reader.hidden(entry).await? {
                found.push(Found { visible: redact::visible(entry, hidden)?, mode });
            }
        }
        let by_glass = reader.sight.by_glass();
        self.audit_search(ctx, request.rt, &request.to_query(), &entries, by_glass).await?;
        Ok(SearchPage { entries: found, total: outcome.total, next: outcome.next, issues: outcome.issues })
    }
}
