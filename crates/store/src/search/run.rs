//! A search from the request to the page.

use super::ast::Criterion;
use super::engine::{Branch, Engine, Library, named_ids};
use super::parse::{self, Query};
use super::plan::Plan;
use super::token::{Position, Token};
use super::{SearchRequest, issues};
use crate::access::{self, Action};
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
        let criterion = engine.resolve(rt, criterion, true).await?;
        // A single type whose resources are named needs no plan.
        branches.push(match request.rt.and(named_ids(&criterion)) {
            Some(_) => Branch { rt, criterion, plan: Plan::nothing() },
            None => engine.branch(rt, criterion).await?,
        });
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
    tenant: &'a Tenant,
    ctx: &'a Ctx,
}

#[async_trait]
impl Library for Reader<'_> {
    fn backend(&self) -> &dyn Backend {
        &*self.tenant.backend
    }

    fn key(&self) -> &IndexKey {
        &self.tenant.sealed.keys.index
    }

    async fn versions(&self, vids: &[i64]) -> Result<Vec<Arc<Entry>>> {
        self.tenant.open_versions(vids).await
    }

    async fn current(&self, names: &[(u16, String)]) -> Result<Vec<Arc<Entry>>> {
        self.tenant.open_current(names).await
    }

    fn permits(&self, rt: ResourceType) -> bool {
        rt != ResourceType::AUDIT_EVENT && access::allows(self.ctx, Action::Search, rt)
    }
}

impl Tenant {
    /// Searches.
    ///
    /// # Errors
    /// `Refused` with every issue of the request; `Denied`; `Unavailable` (also when the access cannot be
    /// audited).
    pub async fn search(&self, ctx: &Ctx, request: &SearchRequest) -> Result<SearchPage> {
        if let Some(rt) = request.rt {
            self.guard(ctx, Action::Search, rt).await?;
            if rt == ResourceType::AUDIT_EVENT {
                return self.audit_event_search(ctx, request).await;
            }
        }
        let reader = Reader { tenant: self, ctx };
        let outcome = run(&reader, request, ctx.clock.now_ms()).await?;
        let entries: Vec<Arc<Entry>> = outcome.matches.iter().chain(&outcome.included).cloned().collect();
        self.audit_search(ctx, request.rt, &request.to_query(), &entries).await?;
        let found = |mode| move |entry: &Arc<Entry>| Found { visible: Visible::of(entry), mode };
        let mut visible: Vec<Found> = outcome.matches.iter().map(found(Mode::Match)).collect();
        visible.extend(outcome.included.iter().map(found(Mode::Include)));
        Ok(SearchPage { entries: visible, total: outcome.total, next: outcome.next, issues: outcome.issues })
    }
}
