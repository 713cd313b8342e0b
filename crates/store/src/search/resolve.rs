//! Criteria that other resources decide: chains, `_has`, `_list`. The other resources are found first and
//! put in as names; where they are too many, the criterion stays and each candidate is asked instead.

use super::ast::{Criterion, Moment, Operand, Prefix, Test};
use super::engine::{Branch, Engine, looks};
use super::limits;
use super::lower::Lowering;
use super::node::{Lowered, Node};
use super::plan::plan;
use super::sql::{ASKED, Cut, asks};
use crate::cache::Entry;
use crate::error::{Error, Result};
use fhir::ResourceType;
use fhir::search::{SearchParam, Value};
use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

type Boxed<'f, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'f>>;

impl Engine<'_> {
    /// Resolves what can be. A chain or `_has` that holds too many names is left where it is one of the
    /// conditions of the whole.
    ///
    /// # Errors
    /// `too-costly` for one that stands elsewhere.
    pub fn resolve(&self, rt: ResourceType, criterion: Criterion, whole: bool) -> Boxed<'_, Criterion> {
        Box::pin(async move {
            match criterion {
                Criterion::All(parts) => {
                    let mut all = Vec::with_capacity(parts.len());
                    for part in parts {
                        all.push(self.resolve(rt, part, whole).await?);
                    }
                    Ok(Criterion::All(all))
                }
                Criterion::Any(parts) => {
                    let mut any = Vec::with_capacity(parts.len());
                    for part in parts {
                        any.push(self.resolve(rt, part, false).await?);
                    }
                    Ok(Criterion::Any(any))
                }
                Criterion::Not(inner) => Ok(Criterion::Not(Box::new(self.resolve(rt, *inner, false).await?))),
                Criterion::Updated { moments, .. } => self.updated(moments).await,
                Criterion::Chain { param, targets } => self.chain(param, targets, whole).await,
                Criterion::Has { from, param, inner } => self.has(rt, from, param, *inner, whole).await,
                Criterion::List(ids) => self.list(rt, &ids).await,
                Criterion::Test(test) => self.codes(self.around(test)).await,
                other => Ok(other),
            }
        })
    }

    /// Bounds of commit time as bounds of version numbers, which are given in the order of commits.
    async fn updated(&self, moments: Vec<Moment>) -> Result<Criterion> {
        let mut vids = Vec::with_capacity(moments.len());
        for moment in &moments {
            let moment = self.near(moment);
            let before = self.vid_before(moment.lo).await?;
            let within = self.vid_before(moment.hi.saturating_add(1)).await?;
            match moment.prefix {
                Prefix::Eq | Prefix::Ap => vids.push((before, within)),
                Prefix::Ne => vids.extend([(0, before), (within, i64::MAX)]),
                Prefix::Gt | Prefix::Sa => vids.push((within, i64::MAX)),
                Prefix::Ge => vids.push((before, i64::MAX)),
                Prefix::Lt | Prefix::Eb => vids.push((0, before)),
                Prefix::Le => vids.push((0, within)),
            }
        }
        let moments = moments.iter().map(|m| self.near(m)).collect();
        Ok(Criterion::Updated { moments, vids: Some(vids) })
    }

    /// `ap` of a date: a tenth of the time between then and now to each side.
    fn near(&self, moment: &Moment) -> Moment {
        if moment.prefix != Prefix::Ap {
            return *moment;
        }
        let middle = moment.lo / 2 + moment.hi / 2;
        let tenth = self.now.saturating_sub(middle).saturating_abs() / 10;
        Moment { lo: moment.lo.saturating_sub(tenth), hi: moment.hi.saturating_add(tenth), ..*moment }
    }

    fn around(&self, mut test: Test) -> Test {
        for operand in &mut test.operands {
            if let Operand::Date(moment) = operand {
                *moment = self.near(moment);
            }
        }
        test
    }

    async fn chain(
        &self,
        param: &'static SearchParam,
        targets: Vec<(ResourceType, Criterion)>,
        whole: bool,
    ) -> Result<Criterion> {
        let mut names = HashSet::new();
        let mut resolved = Vec::with_capacity(targets.len());
        let mut many = false;
        for (target, inner) in targets {
            // A type that the caller may not search has no matches for him; alone, it is refused.
            if !self.library.permits(target) {
                continue;
            }
            let inner = self.resolve(target, inner, false).await?;
            let ids = match whole && (many || self.are_many(target, &inner).await?) {
                true => None,
                false => self.ids(target, inner.clone(), limits::JOIN).await?,
            };
            match ids {
                Some(ids) => names.extend(ids.into_iter().map(|id| (target, id))),
                None => many = true,
            }
            resolved.push((target, inner));
        }
        if resolved.is_empty() {
            return Err(Error::Denied);
        }
        match (many, whole) {
            (false, _) => Ok(Criterion::Refers { param, names }),
            (true, true) => Ok(Criterion::Chain { param, targets: resolved }),
            (true, false) => Err(Engine::too_costly(param.code, limits::JOIN)),
        }
    }

    /// Whether counting alone says that a criterion holds more than a join collects.
    async fn are_many(&self, rt: ResourceType, criterion: &Criterion) -> Result<bool> {
        let lowered = Lowering::new(self.library.key(), rt).lower(criterion);
        if !matches!(&lowered.node, Node::Keys(keyed) if keyed.keys.len() <= limits::PROBED_KEYS) {
            return Ok(false);
        }
        let (mut node, exact) = (lowered.node, lowered.exact);
        self.weigh(&mut node, limits::JOIN + 1).await?;
        Ok(exact && node.weight().is_some_and(|weight| weight > limits::JOIN))
    }

    async fn has(
        &self,
        rt: ResourceType,
        from: ResourceType,
        param: &'static SearchParam,
        inner: Criterion,
        whole: bool,
    ) -> Result<Criterion> {
        self.permit(from)?;
        let inner = self.resolve(from, inner, false).await?;
        if let Some(entries) = self.by_id(from, &inner).await? {
            return Ok(Criterion::Id(pointed(rt, param, &entries)?));
        }
        // Many resources that point somewhere: better ask each candidate whether one points to it.
        let lowering = Lowering::new(self.library.key(), from);
        let mut node = lowering.lower(&inner).node;
        self.weigh(&mut node, limits::ESTIMATE).await?;
        if !whole || node.weight().is_some_and(|weight| weight < limits::ESTIMATE) {
            let branch = self.branch(from, inner.clone()).await?;
            if let Some(entries) = self.entries(&branch, limits::JOIN).await? {
                return Ok(Criterion::Id(pointed(rt, param, &entries)?));
            }
        }
        match whole {
            true => Ok(Criterion::Has { from, param, inner: Box::new(inner) }),
            false => Err(Engine::too_costly(param.code, limits::JOIN)),
        }
    }

    async fn list(&self, rt: ResourceType, ids: &[String]) -> Result<Criterion> {
        self.permit(ResourceType::LIST)?;
        let kind = ResourceType::LIST.number();
        let names: Vec<(u16, String)> = ids.iter().map(|id| (kind, id.clone())).collect();
        let mut members = HashSet::new();
        if let Some(param) = fhir::search::param(ResourceType::LIST, "item") {
            members = pointed(rt, param, &self.library.current(&names).await?)?;
        }
        Ok(Criterion::Id(members))
    }

    /// The conditions that were left, asked of several candidates at once.
    pub fn joins<'f>(&'f self, criterion: &'f Criterion, entries: &'f [Arc<Entry>]) -> Boxed<'f, Vec<bool>> {
        Box::pin(async move {
            let mut met = vec![true; entries.len()];
            match criterion {
                Criterion::All(parts) => {
                    for part in parts.iter().filter(|part| part.is_joined()) {
                        let more = self.joins(part, entries).await?;
                        met.iter_mut().zip(more).for_each(|(all, one)| *all &= one);
                    }
                }
                Criterion::Chain { param, targets } => return self.leads(param, targets, entries).await,
                Criterion::Has { from, param, inner } => {
                    if let Some(answers) = self.asked(*from, param, inner, entries).await? {
                        return Ok(answers);
                    }
                    for (met, entry) in met.iter_mut().zip(entries) {
                        *met = self.pointed_at(*from, param, inner, entry).await?;
                    }
                }
                _ => {}
            }
            Ok(met)
        })
    }

    /// Whether a match points to each of the candidates, where the index alone can tell; a few statements
    /// for all of them.
    async fn asked(
        &self,
        from: ResourceType,
        param: &SearchParam,
        inner: &Criterion,
        entries: &[Arc<Entry>],
    ) -> Result<Option<Vec<bool>>> {
        let lowering = Lowering::new(self.library.key(), from);
        let lowered = lowering.lower(inner);
        let [code] = lowering.codes(param)[..] else { return Ok(None) };
        if !lowered.exact || !lowered.node.is_testable() || inner.is_joined() {
            return Ok(None);
        }
        let filter = [lowered.node];
        let mut met = vec![false; entries.len()];
        for (part, met) in entries.chunks(ASKED).zip(met.chunks_mut(ASKED)) {
            let keys: Vec<i64> =
                part.iter().map(|entry| lowering.keys.reference(code, entry.rt, &entry.id)).collect();
            for hit in self.library.backend().select(&asks(&keys, &filter, self.snapshot)).await? {
                if let Some(met) = usize::try_from(hit.time).ok().and_then(|place| met.get_mut(place)) {
                    *met = true;
                }
            }
        }
        Ok(Some(met))
    }

    /// Whether the candidates' references lead to a match. Each target is looked at once.
    async fn leads(
        &self,
        param: &SearchParam,
        targets: &[(ResourceType, Criterion)],
        entries: &[Arc<Entry>],
    ) -> Result<Vec<bool>> {
        let pointed: Vec<Vec<(ResourceType, String)>> =
            entries.iter().map(|entry| references(param, entry)).collect::<Result<_>>()?;
        let mut good: HashSet<(ResourceType, String)> = HashSet::new();
        for (target, inner) in targets {
            let ids: HashSet<&String> =
                pointed.iter().flatten().filter(|(rt, _)| rt == target).map(|(_, id)| id).collect();
            let names: Vec<(u16, String)> = ids.into_iter().map(|id| (target.number(), id.clone())).collect();
            if names.is_empty() {
                continue;
            }
            let mut found = self.library.current(&names).await?;
            let own: Result<Vec<bool>> = found.iter().map(|entry| looks(inner, entry)).collect();
            let mut own = own?.into_iter();
            found.retain(|_| own.next().unwrap_or(false));
            let met = self.joins(inner, &found).await?;
            let met = found.iter().zip(met).filter(|(_, met)| *met);
            good.extend(met.map(|(entry, _)| (entry.rt, entry.id.to_string())));
        }
        Ok(pointed.iter().map(|names| names.iter().any(|name| good.contains(name))).collect())
    }

    /// Whether a match points to the candidate.
    async fn pointed_at(
        &self,
        from: ResourceType,
        param: &SearchParam,
        inner: &Criterion,
        entry: &Entry,
    ) -> Result<bool> {
        let lowering = Lowering::new(self.library.key(), from);
        let codes = lowering.codes(param);
        let keys = codes.iter().map(|code| lowering.keys.reference(code, entry.rt, &entry.id)).collect();
        // What points to one resource is few, so it leads without being counted.
        let pointing = Lowered::keys(keys, 1, true);
        let lowered = Lowered::all([pointing, lowering.lower(inner)]);
        let plan = plan(lowered, lowering.keys.all());
        if plan.exact {
            let cut = Cut { snapshot: self.snapshot, after: None, descending: true, limit: 1 };
            for stream in &plan.streams {
                if !self.library.backend().select(&stream.select(&cut)).await?.is_empty() {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        let branch = Branch::new(from, plan, inner.clone());
        let entries = self.entries(&branch, limits::JOIN).await?;
        let entries = entries.ok_or_else(|| Engine::too_costly(param.code, limits::JOIN))?;
        Ok(pointed(entry.rt, param, &entries)?.contains(&*entry.id))
    }
}

/// The local references of an entry for a parameter.
pub(crate) fn references(param: &SearchParam, entry: &Entry) -> Result<Vec<(ResourceType, String)>> {
    let json = fhir::json::parse(&entry.body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
    let values = param.values(&json);
    Ok(values
        .iter()
        .filter_map(|value| match value {
            Value::Reference(reference) => reference.local().map(|(rt, id)| (rt, id.to_string())),
            _ => None,
        })
        .collect())
}

/// Ids of resources of type `rt` to which the entries point.
fn pointed(rt: ResourceType, param: &SearchParam, entries: &[Arc<Entry>]) -> Result<HashSet<String>> {
    let mut ids = HashSet::new();
    for entry in entries {
        ids.extend(
            references(param, entry)?.into_iter().filter(|(target, _)| *target == rt).map(|(_, id)| id),
        );
    }
    Ok(ids)
}
