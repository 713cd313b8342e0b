//! Erasure of one patient: the data key is destroyed, so neither the database nor any backup of it can be
//! read; what pointed at the patient in the indexes goes too. The log of accesses stays, without content.

use crate::access::Action;
use crate::backend::{ERASED, ERASURES_DONE};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::tenant::Tenant;
use crate::write::promise_name;
use fhir::ResourceType;
use policy::{Group, Verb};

/// What an erasure did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    /// Versions whose body cannot be opened any more.
    pub versions: usize,
}

impl Tenant {
    /// Destroys a patient's key and index entries. There is no way back.
    ///
    /// # Errors
    /// `Denied` where the policies forbid it (break-glass never erases; a fresh factor is needed); `NotFound`.
    pub async fn erase_patient(&self, ctx: &Ctx, id: &str) -> Result<Erased> {
        let allowed = match self.decide(ctx, Verb::Erase, Group::Identity, Some(id)).await {
            Err(Error::NotFound) => self.decide(ctx, Verb::Erase, Group::Identity, None).await?,
            other => other?,
        };
        if !allowed {
            self.audit_denied(ctx, Action::Delete, ResourceType::PATIENT, id, &[]).await?;
            return Err(Error::Denied);
        }
        let row = self.backend.current(ResourceType::PATIENT.number(), id).await?.ok_or(Error::NotFound)?;
        self.audit_erase(ctx, id).await?;
        // The list first: if we are stopped in between, a replay finishes the work.
        let mut list = self.backend.value(ERASED).await?.unwrap_or_default();
        list.extend_from_slice(&row.kid.to_le_bytes());
        self.backend.value_set(ERASED, &list).await?;
        self.destroy_key(row.kid).await
    }

    /// Destroys the key of what was kept under the id of a patient who was never registered: a file that waits for
    /// its patient has a key of its own in this way, and when it has found one nothing of it stays. Only for the
    /// hub itself; whoever calls has decided.
    ///
    /// # Errors
    /// `Denied` for anybody else, and for the id of a patient; `NotFound` when nothing was ever kept under it.
    pub async fn erase_unregistered(&self, ctx: &Ctx, id: &str) -> Result<Erased> {
        if !ctx.actor.system || self.backend.current(ResourceType::PATIENT.number(), id).await?.is_some() {
            return Err(Error::Denied);
        }
        let promised = self.backend.value(&promise_name(id)).await?;
        let kid = promised.as_deref().and_then(|bytes| bytes.first_chunk::<8>()).ok_or(Error::NotFound)?;
        let kid = i64::from_le_bytes(*kid);
        self.audit_erase(ctx, id).await?;
        let mut list = self.backend.value(ERASED).await?.unwrap_or_default();
        list.extend_from_slice(&kid.to_le_bytes());
        self.backend.value_set(ERASED, &list).await?;
        self.destroy_key(kid).await
    }

    /// Destroys again the keys that the erasure list names (after a restore of an older keyring).
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn erasures_replay(&self) -> Result<usize> {
        let list = self.backend.value(ERASED).await?.unwrap_or_default();
        let (kids, _) = list.as_chunks::<8>();
        for kid in kids {
            self.destroy_key(i64::from_le_bytes(*kid)).await?;
        }
        Ok(kids.len())
    }

    async fn destroy_key(&self, kid: i64) -> Result<Erased> {
        if kid == 0 {
            return Err(Error::Corrupt("a patient without a key of its own".into()));
        }
        self.backend.keyring_destroy(kid).await?;
        self.sealed.forget(kid);
        self.cache.clear();
        self.gate.clear();
        // Other nodes see the number grow, once more now that the key is gone, and forget.
        let mut done = self.backend.value(ERASURES_DONE).await?.unwrap_or_default();
        done.push(1);
        self.backend.value_set(ERASURES_DONE, &done).await?;
        let versions = self.backend.index_remove(kid).await?;
        Ok(Erased { versions })
    }
}
