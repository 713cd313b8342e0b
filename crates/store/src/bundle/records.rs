//! What batches and transactions ask of a tenant; a trait so that they can be tested without one.

use super::entry::Get;
use crate::error::Result;
use crate::patch::{Patch, Which};
use crate::write::{Outcome, Write};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::ResourceType;

/// A living resource that matches a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub id: String,
    pub version: u64,
    /// Commit time, ms since epoch.
    pub at: i64,
    /// The resource as JSON.
    pub body: Bytes,
}

/// What a GET entry brought.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Got {
    /// A resource or a Bundle, as JSON; empty for HEAD and when the caller already holds the version.
    pub body: Bytes,
    /// Version and commit time, when one resource was read.
    pub version: Option<(u64, i64)>,
    /// The caller already holds this version.
    pub unchanged: bool,
}

#[async_trait]
pub(super) trait Records: Sync {
    /// A new resource id.
    fn id(&self) -> String;
    /// Living resources that match a search, at most two.
    async fn matching(&self, rt: ResourceType, query: &str) -> Result<Vec<Match>>;
    /// Which of these resources of the bundle match a search.
    fn matches(&self, rt: ResourceType, query: &str, resources: &[&fhir::Json<'_>]) -> Result<Vec<bool>>;
    /// A living resource to be patched: one that the caller sees whole.
    async fn current(&self, rt: ResourceType, id: &str) -> Result<Match>;
    /// Patches one resource by itself.
    async fn patch(
        &self,
        rt: ResourceType,
        which: Which<'_>,
        patch: &Patch,
        if_match: Option<u64>,
    ) -> Result<Outcome>;
    /// All or nothing.
    async fn commit(&self, writes: Vec<Write>) -> Result<Vec<Outcome>>;
    async fn get(&self, get: &Get<'_>) -> Result<Got>;
}
