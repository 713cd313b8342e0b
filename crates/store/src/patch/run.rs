//! A patch of one resource by itself.

use super::{Patch, Which};
use crate::access::guard;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::read::Visible;
use crate::tenant::Tenant;
use crate::write::{Outcome, Status, Write};
use bytes::Bytes;
use fhir::ResourceType;

/// How often a patch is made anew when another writer got in between: each time somebody else has succeeded.
const ATTEMPTS: usize = 100;

impl Tenant {
    /// Patches one resource. `if_match` is the version that must be current; without it, a patch is made again on
    /// what another writer has left.
    ///
    /// # Errors
    /// `Denied`, `NotFound`, `Gone`; `MultipleMatches` of a condition; `VersionConflict`; `Refused` with the
    /// operation that cannot be done, for what is invalid afterwards, or for what the caller sees only in part.
    pub async fn patch(
        &self,
        ctx: &Ctx,
        rt: ResourceType,
        which: Which<'_>,
        patch: &Patch,
        if_match: Option<u64>,
    ) -> Result<Outcome> {
        // Who may not change the type at all learns nothing from the operations.
        let change = |id: String, body: Bytes, if_match| Write::Update {
            rt,
            id,
            body,
            if_match,
            if_none_match: false,
        };
        self.guard_writes(ctx, &[change(String::new(), Bytes::new(), None)]).await?;
        for _ in 0..ATTEMPTS {
            let (id, matched) = match which {
                Which::Id(id) => (id.to_string(), None),
                Which::Where(query) => self.only(ctx, rt, query).await.map(|(id, v)| (id, Some(v)))?,
            };
            let now = self.read_whole(ctx, rt, &id).await?;
            if matched.is_some_and(|version| version != now.version) {
                // What met the condition is not what is there now: it is asked again.
                continue;
            }
            if if_match.is_some_and(|wanted| wanted != now.version) {
                return Err(Error::VersionConflict { current: now.version });
            }
            let body = Bytes::from(patch.apply(&now.body)?.to_vec());
            if matches!(patch, Patch::Meta(_)) && body == now.body {
                let Visible { rt, id, version, at, body, .. } = now;
                return Ok(Outcome {
                    rt,
                    id,
                    version,
                    at,
                    status: Status::Matched,
                    body,
                    issues: Vec::new(),
                });
            }
            match self.commit(ctx, vec![change(id, body, Some(now.version))]).await {
                Err(Error::VersionConflict { .. }) if if_match.is_none() => {}
                done => return done?.pop().ok_or_else(|| Error::Corrupt("a write without outcome".into())),
            }
        }
        Err(Error::unavailable("the resource keeps changing while it is patched"))
    }

    /// A resource that the caller sees whole, so that it can be written back.
    pub(crate) async fn read_whole(&self, ctx: &Ctx, rt: ResourceType, id: &str) -> Result<Visible> {
        let found = self.read(ctx, rt, id).await?;
        if found.redacted { Err(guard::partly_seen()) } else { Ok(found) }
    }

    async fn only(&self, ctx: &Ctx, rt: ResourceType, query: &str) -> Result<(String, u64)> {
        let mut found = self.matching_two(ctx, rt, query).await?;
        match (found.pop(), found.is_empty()) {
            (Some(only), true) => Ok((only.id, only.version)),
            (None, _) => Err(Error::NotFound),
            _ => Err(Error::MultipleMatches),
        }
    }
}
