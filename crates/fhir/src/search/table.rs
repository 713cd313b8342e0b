//! The parameters of every type, read once from the embedded tables.

use super::extract;
use super::value::Value;
use super::walk::{End, Walk};
use super::{Kind, unindexed};
use crate::{Json, ResourceType};
use std::collections::HashMap;
use std::sync::OnceLock;

static PARAMS: &str = include_str!("../../definitions/search_params.tsv");
static PATHS: &str = include_str!("../../definitions/search_paths.tsv");

/// A search parameter as it is on one resource type.
#[derive(Clone, Debug)]
pub struct SearchParam {
    /// The name in a query, such as `birthdate`.
    pub code: &'static str,
    pub kind: Kind,
    /// The canonical URL of its definition.
    pub url: &'static str,
    /// Stable, from 1: stored in databases. One number per definition, so several types may share it.
    pub number: u32,
    /// The types that a reference may lead to, here; all types if it is empty.
    pub targets: &'static [ResourceType],
    /// Of a composite: the parameters it is composed of, in order.
    pub components: Vec<Component>,
    walks: Vec<Walk>,
}

/// A part of a composite parameter.
#[derive(Clone, Debug)]
pub struct Component {
    pub code: &'static str,
    pub kind: Kind,
    pub number: u32,
    walks: Vec<Walk>,
}

impl SearchParam {
    /// The values that the resource has for this parameter, branch by branch of its expression, possibly repeated.
    pub fn values<'a>(&self, resource: &'a Json<'_>) -> Vec<Value<'a>> {
        let mut out = Vec::new();
        self.values_into(resource, &mut out);
        out
    }

    /// Like [`SearchParam::values`], into a vector that a hot loop may use again.
    pub fn values_into<'a>(&self, resource: &'a Json<'_>, out: &mut Vec<Value<'a>>) {
        let resource: &'a Json<'a> = resource;
        if self.kind != Kind::Composite {
            return extract::all(&self.walks, self.kind, resource, resource, out);
        }
        for walk in &self.walks {
            walk.visit(resource, &mut |element| {
                let mut parts = Vec::with_capacity(self.components.len());
                for component in &self.components {
                    let mut part = Vec::new();
                    extract::all(&component.walks, component.kind, element, resource, &mut part);
                    if part.is_empty() {
                        return;
                    }
                    parts.push(part);
                }
                out.push(Value::Composite(parts));
            });
        }
    }

    /// The members of the resource that its values are read from; `None`: any.
    pub fn members(&self) -> Option<Vec<&'static str>> {
        let mut members = Vec::new();
        for walk in &self.walks {
            match walk.first() {
                Some(member) => members.push(member),
                None if self.kind != Kind::Composite => return None,
                None => {}
            }
            // A reference may lead into the resource itself.
            if walk.end == End::Reference {
                members.push("contained");
            }
        }
        let whole = self.walks.iter().any(|walk| walk.first().is_none());
        for walk in self.components.iter().flat_map(|c| &c.walks).filter(|w| whole || w.from_resource) {
            members.push(walk.first()?);
            if walk.end == End::Reference {
                members.push("contained");
            }
        }
        members.sort_unstable();
        members.dedup();
        (!members.is_empty()).then_some(members)
    }

    /// Whether the resource's values can be read; `_text` and its like have none.
    pub fn is_indexed(&self) -> bool {
        !self.walks.is_empty()
    }
}

struct Table {
    /// By the type's number - 1; the parameters by their code.
    by_type: Vec<(Vec<SearchParam>, HashMap<&'static str, usize>)>,
}

/// All parameters of a type, those of every resource (`_id`, `_tag`, …) included, by their code.
pub fn params_for(rt: ResourceType) -> &'static [SearchParam] {
    &table().by_type[usize::from(rt.number()) - 1].0
}

/// The parameter of that code on that type.
pub fn param(rt: ResourceType, code: &str) -> Option<&'static SearchParam> {
    let (params, by_code) = &table().by_type[usize::from(rt.number()) - 1];
    params.get(*by_code.get(code)?)
}

/// The parameter of that number on that type.
pub fn param_numbered(rt: ResourceType, number: u32) -> Option<&'static SearchParam> {
    params_for(rt).iter().find(|p| p.number == number)
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(build)
}

fn build() -> Table {
    let heads: Vec<Head> = lines(PARAMS).filter_map(Head::parse).collect();
    let mut own: HashMap<&str, Vec<SearchParam>> = HashMap::new();
    for line in lines(PATHS) {
        if let Some((base, param)) = read(line, &heads) {
            own.entry(base).or_default().push(param);
        }
    }
    let unindexed: Vec<SearchParam> =
        unindexed::everywhere().filter_map(|u| without_walks(u, &heads)).collect();
    let by_type = ResourceType::all().map(|rt| {
        let mut params = own.remove(rt.name()).unwrap_or_default();
        params.extend(own.get("Resource").into_iter().flatten().cloned());
        params.extend(
            own.get("DomainResource").into_iter().flatten().filter(|_| rt.is_domain_resource()).cloned(),
        );
        params.extend(unindexed.iter().filter(|p| p.code != "_text" || rt.is_domain_resource()).cloned());
        params.sort_by_key(|p| p.code);
        let by_code = params.iter().enumerate().map(|(at, p)| (p.code, at)).collect();
        (params, by_code)
    });
    Table { by_type: by_type.collect() }
}

#[derive(Clone, Copy)]
struct Head {
    code: &'static str,
    kind: Kind,
    url: &'static str,
}

impl Head {
    fn parse(line: &'static str) -> Option<Head> {
        let mut fields = line.split('\t');
        Some(Head { code: fields.next()?, kind: Kind::parse(fields.next()?)?, url: fields.next()? })
    }
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

fn read(line: &'static str, heads: &[Head]) -> Option<(&'static str, SearchParam)> {
    let mut fields = line.split('\t');
    let base = fields.next()?;
    let number: u32 = fields.next()?.parse().ok()?;
    let head = heads.get(number as usize - 1)?;
    let targets: Vec<ResourceType> = fields.next()?.split(',').filter_map(ResourceType::parse).collect();
    let walks = walks_of(fields.next()?)?;
    let components: Option<Vec<Component>> = fields
        .map(|field| {
            let (number, text) = field.split_once('=')?;
            let number: u32 = number.parse().ok()?;
            let head = heads.get(number as usize - 1)?;
            Some(Component { code: head.code, kind: head.kind, number, walks: walks_of(text)? })
        })
        .collect();
    let Head { code, kind, url } = *head;
    let components = components?;
    Some((base, SearchParam { code, kind, url, number, targets: targets.leak(), components, walks }))
}

fn walks_of(text: &'static str) -> Option<Vec<Walk>> {
    text.split('|').map(Walk::parse).collect()
}

fn without_walks(entry: &unindexed::Unindexed, heads: &[Head]) -> Option<SearchParam> {
    let at = heads.iter().position(|h| h.code == entry.code)?;
    let Head { code, kind, url } = heads[at];
    let number = u32::try_from(at + 1).ok()?;
    Some(SearchParam { code, kind, url, number, targets: &[], components: Vec::new(), walks: Vec::new() })
}

#[cfg(test)]
pub(super) fn table_lines() -> usize {
    lines(PATHS).count()
}

#[cfg(test)]
pub(super) fn params_count() -> usize {
    lines(PARAMS).count()
}
