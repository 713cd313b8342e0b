//! `_include` and `_revinclude` (<https://hl7.org/fhir/R4/search.html#revinclude>): what the matches point to,
//! and what points to them.

use super::engine::Engine;
use super::lower::Lowering;
use super::needs::Needs;
use super::node::Lowered;
use super::parse::Include;
use super::plan::plan;
use super::sql::Cut;
use super::{issues, limits};
use crate::cache::Entry;
use crate::error::Result;
use fhir::search::{Kind, SearchParam, Value, params_for};
use fhir::{Issue, ResourceType};
use std::collections::HashSet;
use std::sync::Arc;

type Name = (u16, Box<str>);

/// Entries to add to a page, in the order in which they were found.
pub(crate) struct Included {
    pub entries: Vec<Arc<Entry>>,
    pub warning: Option<Issue>,
}

impl Engine<'_> {
    pub async fn include(&self, includes: &[Include], matches: &[Arc<Entry>]) -> Result<Included> {
        let mut out = Included { entries: Vec::new(), warning: None };
        if includes.is_empty() {
            return Ok(out);
        }
        let mut known: HashSet<Name> = matches.iter().map(|entry| name(entry)).collect();
        let mut round: Vec<Arc<Entry>> = matches.to_vec();
        for number in 0..limits::INCLUDE_ROUNDS {
            let mut found: Vec<Arc<Entry>> = Vec::new();
            for include in includes.iter().filter(|include| number == 0 || include.iterate) {
                let mut more = match include.reverse {
                    false => self.forward(include, &round, &known).await?,
                    true => self.backward(include, &round).await?,
                };
                more.retain(|entry| self.library.permits(entry.rt) && !known.contains(&name(entry)));
                self.admit(&mut more, Needs::default()).await?;
                found.extend(more.into_iter().filter(|entry| known.insert(name(entry))));
            }
            let room = limits::INCLUDES - out.entries.len();
            if found.len() > room {
                out.entries.extend(found.into_iter().take(room));
                out.warning = Some(issues::include_cut());
                return Ok(out);
            }
            out.entries.extend(found.iter().cloned());
            if found.is_empty() {
                break;
            }
            round = found;
        }
        Ok(out)
    }

    /// What these entries point to and is not on the page yet.
    async fn forward(
        &self,
        include: &Include,
        round: &[Arc<Entry>],
        known: &HashSet<Name>,
    ) -> Result<Vec<Arc<Entry>>> {
        let mut names: Vec<(u16, String)> = Vec::new();
        let mut canonicals: HashSet<(ResourceType, String)> = HashSet::new();
        let mut asked: HashSet<Name> = HashSet::new();
        for entry in round.iter().filter(|entry| include.source.is_none_or(|rt| rt == entry.rt)) {
            let Ok(json) = fhir::json::parse(&entry.body) else { continue };
            for param in sources(entry.rt, include) {
                for value in param.values(&json) {
                    let Value::Reference(reference) = value else { continue };
                    let Some((rt, id)) = reference.local() else {
                        let targets =
                            param.targets.iter().filter(|rt| include.target.is_none_or(|t| t == **rt));
                        let url = reference.url.filter(|url| url.contains(':')).unwrap_or_default();
                        canonicals
                            .extend(targets.filter(|_| !url.is_empty()).map(|rt| (*rt, url.to_string())));
                        continue;
                    };
                    let wanted = include.target.is_none_or(|target| target == rt);
                    let name: Name = (rt.number(), id.into());
                    if wanted && !known.contains(&name) && asked.insert(name) {
                        names.push((rt.number(), id.to_string()));
                    }
                }
            }
            if names.len() > limits::INCLUDES {
                break;
            }
        }
        let mut found = if names.is_empty() { Vec::new() } else { self.library.current(&names).await? };
        found.append(&mut self.by_canonical(canonicals).await?);
        Ok(found)
    }

    /// The definitions of this tenant that have these canonical URLs; one for each.
    async fn by_canonical(&self, canonicals: HashSet<(ResourceType, String)>) -> Result<Vec<Arc<Entry>>> {
        let mut vids = Vec::new();
        for (rt, url) in canonicals.into_iter().take(limits::CANONICALS) {
            if fhir::search::param(rt, "url").is_none() {
                continue;
            }
            let lowering = Lowering::new(self.library.key(), rt);
            let lowered = Lowered::keys(vec![lowering.keys.uri("url", &url)], 1, true);
            let cut = Cut { snapshot: self.snapshot, after: None, descending: true, limit: 1 };
            for stream in &plan(lowered, lowering.keys.all()).streams {
                let hits = self.library.backend().select(&stream.select(&cut)).await?;
                vids.extend(hits.iter().map(|hit| hit.vid));
            }
        }
        self.library.versions(&vids).await
    }

    /// What points to these entries.
    async fn backward(&self, include: &Include, round: &[Arc<Entry>]) -> Result<Vec<Arc<Entry>>> {
        let sources_types: Vec<ResourceType> = match include.source {
            Some(rt) => vec![rt],
            None => ResourceType::all().filter(|rt| self.library.permits(*rt)).collect(),
        };
        let mut found = Vec::new();
        for rt in sources_types {
            let lowering = Lowering::new(self.library.key(), rt);
            let mut keys = Vec::new();
            for param in sources(rt, include) {
                let targets = round.iter().filter(|entry| {
                    include.target.is_none_or(|target| target == entry.rt)
                        && (param.targets.is_empty() || param.targets.contains(&entry.rt))
                });
                let codes = lowering.codes(param);
                keys.extend(targets.flat_map(|entry| {
                    codes
                        .iter()
                        .map(|code| lowering.keys.reference(code, entry.rt, &entry.id))
                        .collect::<Vec<_>>()
                }));
            }
            let plan = plan(Lowered::keys(keys, 1, true), lowering.keys.all());
            let limit = limits::INCLUDES + 1;
            let cut = Cut { snapshot: self.snapshot, after: None, descending: true, limit };
            for stream in &plan.streams {
                let hits = self.library.backend().select(&stream.select(&cut)).await?;
                let vids: Vec<i64> = hits.iter().map(|hit| hit.vid).collect();
                found.append(&mut self.library.versions(&vids).await?);
            }
            if found.len() > limits::INCLUDES {
                break;
            }
        }
        Ok(found)
    }
}

fn name(entry: &Entry) -> Name {
    (entry.rt.number(), entry.id.clone())
}

/// The reference parameters of a type that an include goes along.
fn sources(rt: ResourceType, include: &Include) -> impl Iterator<Item = &'static SearchParam> {
    let code = include.param.clone();
    params_for(rt).iter().filter(move |param| {
        param.kind == Kind::Reference && code.as_deref().is_none_or(|code| code == param.code)
    })
}
