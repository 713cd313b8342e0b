//! `:in`, `:above` and `:below` of codes: value sets and code systems are looked up in the tenant.

use super::ast::{Criterion, Modifier, Operand, Test};
use super::engine::Engine;
use super::issues;
use super::terminology::{self, CODES, Codes, Definition, Part, definition};
use crate::error::{Error, Result};
use fhir::ResourceType;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// Value sets within value sets.
const DEPTH: usize = 6;

type Boxed<'f, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'f>>;

impl Engine<'_> {
    /// Puts the codes in place of the names of their sets.
    pub(super) async fn codes(&self, mut test: Test) -> Result<Criterion> {
        for operand in &mut test.operands {
            let codes = match operand {
                Operand::ValueSet(url) => self.value_set(url, 0).await?,
                Operand::Subsumed { system, code, below } => self.subsumed(system, code, *below).await?,
                _ => continue,
            };
            *operand = Operand::Codes(codes);
        }
        Ok(Criterion::Test(test))
    }

    fn value_set<'f>(&'f self, url: &'f str, depth: usize) -> Boxed<'f, Codes> {
        Box::pin(async move {
            if depth > DEPTH {
                return Err(issues::too_many("value sets within value sets", DEPTH).into());
            }
            let Some(body) = self.canonical(ResourceType::VALUE_SET, url).await? else {
                if let Some(codes) = terminology::listed(url) {
                    return Ok(codes);
                }
                return Err(issues::not_supported("the value set is not in this tenant").into());
            };
            let Definition { include, exclude } = {
                let json = fhir::json::parse(&body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
                definition(&json)
            };
            let mut codes = Codes::new();
            for parts in include {
                codes.extend(self.intersection(parts, depth).await?);
            }
            for parts in exclude {
                for code in self.intersection(parts, depth).await? {
                    codes.remove(&code);
                }
            }
            if codes.len() > CODES {
                return Err(issues::too_many("codes of a value set", CODES).into());
            }
            Ok(codes)
        })
    }

    async fn intersection(&self, parts: Vec<Part>, depth: usize) -> Result<Codes> {
        let mut whole: Option<Codes> = None;
        for part in parts {
            let codes = match part {
                Part::Codes(codes) => codes,
                Part::Set(url) => self.value_set(&url, depth + 1).await?,
                Part::Below { system, code } => self.subsumed(&system, &code, true).await?,
                Part::System(system) => match self.canonical(ResourceType::CODE_SYSTEM, &system).await? {
                    Some(body) => {
                        let json =
                            fhir::json::parse(&body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
                        terminology::all_of(&json, &system)
                    }
                    None => return Err(issues::not_supported("the code system is not in this tenant").into()),
                },
                Part::Unknown => return Err(issues::not_supported("a filter of the value set").into()),
            };
            whole = Some(match whole {
                Some(so_far) => so_far.intersection(&codes).cloned().collect(),
                None => codes,
            });
        }
        Ok(whole.unwrap_or_default())
    }

    async fn subsumed(&self, system: &str, code: &str, below: bool) -> Result<Codes> {
        if let Some(codes) = terminology::subsumed(system, code, below) {
            return Ok(codes);
        }
        let Some(body) = self.canonical(ResourceType::CODE_SYSTEM, system).await? else {
            return Err(issues::not_supported("no hierarchy of this code system is known").into());
        };
        let json = fhir::json::parse(&body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
        Ok(terminology::subsumed_in(&json, system, code, below))
    }

    /// The body of the newest resource with that canonical URL.
    async fn canonical(&self, rt: ResourceType, url: &str) -> Result<Option<bytes::Bytes>> {
        self.permit(rt)?;
        let url = url.split_once('|').map_or(url, |(url, _)| url);
        let Some(param) = fhir::search::param(rt, "url") else { return Ok(None) };
        let operands = vec![Operand::Uri(url.to_string())];
        let criterion = Criterion::Test(Test { param, modifier: Modifier::None, operands });
        let branch = self.branch(rt, criterion).await?;
        let hits = self.candidates(std::slice::from_ref(&branch), None, true, 1).await?;
        let vids: Vec<i64> = hits.iter().map(|hit| hit.vid).collect();
        let found = self.library.versions(&vids).await?;
        Ok(found.first().map(|entry: &Arc<crate::cache::Entry>| entry.body.clone()))
    }
}
