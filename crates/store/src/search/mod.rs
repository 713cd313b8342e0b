//! FHIR search (<https://hl7.org/fhir/R4/search.html>), room by room: `request` (what comes in) → `parse` (what
//! is asked: `ast`) → `resolve` (chains, `_has`) → `lower` (to the algebra of the index: `node`) → `plan` (who
//! leads) → `sql` → `engine` (candidates, opened) → `matches` (looked at, where the index is loose) → `page`
//! (order, total, token) → `include`.
//!
//! `matches` is what a search means; all else only says where to look. Where the index is exact (whole tokens,
//! references, URIs) a candidate is not looked at again: its key is a keyed 64-bit hash of the whole value, and
//! two values of one tenant share one once in 10^19 pairs. Prefixes, ranges near their ends, sounds and
//! components are looked at, always.
//!
//! Candidates come in the order of the sort key, so a page costs what it holds, not what the tenant holds. The
//! exceptions are bounded in `limits`, and say so to the caller.

mod ast;
mod closed;
mod compare;
mod criteria;
mod engine;
mod include;
mod issues;
mod limits;
mod lower;
mod lower_range;
mod matches;
mod members;
mod named;
mod needs;
mod node;
mod page;
mod parse;
mod plan;
mod request;
mod resolve;
mod resolve_codes;
mod run;
mod sort;
mod sql;
mod terminology;
mod token;

pub use criteria::Criteria;
pub use request::SearchRequest;
pub(crate) use run::unguarded;
pub use run::{Found, Mode, SearchPage};

/// Whether no search can use the parameter.
pub fn unsupported(param: &fhir::search::SearchParam) -> bool {
    let looked_at = matches!(param.code, "_text" | "_content");
    !param.is_indexed() && !looked_at
}

#[cfg(test)]
pub(crate) mod tests;
