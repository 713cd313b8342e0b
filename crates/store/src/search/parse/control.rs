//! The parameters that say how a result is presented (<https://hl7.org/fhir/R4/search.html#Summary>).

use super::escape;
use crate::search::{issues, limits};
use fhir::search::{Kind, SearchParam};
use fhir::{Issue, ResourceType};

#[derive(Clone, Debug)]
pub struct Controls {
    /// Empty = the order of the index: newest first.
    pub sort: Vec<SortKey>,
    pub count: usize,
    pub total: Total,
    pub includes: Vec<Include>,
    /// `_summary=count` or `_count=0`: no entries, only the total.
    pub count_only: bool,
    /// `_sort` as written, until it is checked against the types.
    pub raw_sort: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// Given when it costs nothing.
    None,
    Accurate,
}

#[derive(Clone, Copy, Debug)]
pub struct SortKey {
    pub by: SortBy,
    pub descending: bool,
}

#[derive(Clone, Copy, Debug)]
pub enum SortBy {
    Id,
    LastUpdated,
    Param(&'static str),
}

/// `_include=Source:param[:Target]` or `_revinclude`.
#[derive(Clone, Debug, PartialEq)]
pub struct Include {
    /// `_revinclude`: what points to the results, instead of what they point to.
    pub reverse: bool,
    pub iterate: bool,
    /// `None` = `*`.
    pub source: Option<ResourceType>,
    /// `None` = `*`.
    pub param: Option<String>,
    pub target: Option<ResourceType>,
}

impl Default for Controls {
    fn default() -> Self {
        Controls {
            sort: Vec::new(),
            count: limits::COUNT_DEFAULT,
            total: Total::None,
            includes: Vec::new(),
            count_only: false,
            raw_sort: Vec::new(),
        }
    }
}

impl Controls {
    /// Takes the parameter if it is one of presentation.
    pub fn read(&mut self, _: &[ResourceType], name: &str, text: &str) -> Result<bool, Issue> {
        let (code, modifier) = name.split_once(':').map_or((name, None), |(c, m)| (c, Some(m)));
        match code {
            "_sort" => self.raw_sort = escape::split(text, ',').into_iter().map(str::to_string).collect(),
            "_count" => {
                let count: usize = text.parse().map_err(|_| issues::bad_value("_count", "a number"))?;
                self.count_only |= count == 0;
                self.count = count.clamp(1, limits::COUNT_MAX);
            }
            "_total" => {
                self.total = match text {
                    "none" => Total::None,
                    "estimate" | "accurate" => Total::Accurate,
                    _ => return Err(issues::bad_value("_total", "none, estimate or accurate")),
                }
            }
            "_summary" => match text {
                "count" => self.count_only = true,
                "true" | "false" | "text" | "data" => {}
                _ => return Err(issues::bad_value("_summary", "true, text, data, count or false")),
            },
            "_include" | "_revinclude" => self.include(code == "_revinclude", modifier, text)?,
            "_contained" => match text {
                "false" => {}
                _ => return Err(issues::not_supported("_contained")),
            },
            // `_type` is read before all else; the edge presents the others.
            "_type" | "_elements" | "_format" | "_pretty" | "_containedType" => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn include(&mut self, reverse: bool, modifier: Option<&str>, text: &str) -> Result<(), Issue> {
        let name = if reverse { "_revinclude" } else { "_include" };
        let malformed = || issues::bad_value(name, "Type:reference-parameter[:Type], or *");
        let iterate = match modifier {
            None => false,
            Some("iterate" | "recurse") => true,
            Some(other) => return Err(issues::bad_modifier(name, other)),
        };
        for one in escape::split(text, ',') {
            let mut parts = one.split(':');
            let any = |word: Option<&str>| -> Result<Option<ResourceType>, Issue> {
                match word {
                    None | Some("*" | "") => Ok(None),
                    Some(word) => ResourceType::parse(word).map(Some).ok_or_else(malformed),
                }
            };
            let source = any(parts.next())?;
            let param = parts.next().filter(|p| *p != "*").map(str::to_string);
            let target = any(parts.next())?;
            if let (Some(rt), Some(code)) = (source, &param) {
                let found = fhir::search::param(rt, code).filter(|p| p.kind == Kind::Reference);
                found.ok_or_else(|| issues::unknown_param(Some(rt), code))?;
            }
            if reverse && source.is_none() && param.is_some() {
                return Err(malformed());
            }
            self.includes.push(Include { reverse, iterate, source, param, target });
        }
        if self.includes.len() > 64 {
            return Err(issues::too_many("includes", 64));
        }
        Ok(())
    }

    /// Checks `_sort` against the types, once all is read. What cannot be sorted by is an issue and is left
    /// out.
    pub fn finish(&mut self, types: &[ResourceType]) -> Result<(), Issue> {
        let mut problem = None;
        for raw in std::mem::take(&mut self.raw_sort).into_iter().take(8) {
            let (descending, code) = match raw.strip_prefix('-') {
                Some(code) => (true, code),
                None => (false, raw.as_str()),
            };
            let by = match code {
                "_id" => SortBy::Id,
                "_lastUpdated" => SortBy::LastUpdated,
                _ => match types.iter().find_map(|rt| sortable(*rt, code)) {
                    Some(param) => SortBy::Param(param.code),
                    None => {
                        problem.get_or_insert(issues::unknown_param(types.first().copied(), code));
                        continue;
                    }
                },
            };
            self.sort.push(SortKey { by, descending });
        }
        problem.map_or(Ok(()), Err)
    }
}

fn sortable(rt: ResourceType, code: &str) -> Option<&'static SearchParam> {
    fhir::search::param(rt, code).filter(|p| !matches!(p.kind, Kind::Composite | Kind::Special))
}
