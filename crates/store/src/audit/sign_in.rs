//! Sign-ins, failed ones, sign-outs and changes of credentials in the audit log: DICOM 110114, User
//! Authentication.

use super::entry::{AuditEntry, Event, EventOutcome};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::tenant::Tenant;

impl Tenant {
    /// Records a sign-in, a failed one, a sign-out, or a change of credentials, before it is told. `what` names
    /// it: `password`, `second-factor totp`, `logout`. The actor is the account that was named, if it exists.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn audit_sign_in(&self, ctx: &Ctx, what: &str, granted: bool) -> Result<()> {
        let outcome = if granted { EventOutcome::Success } else { EventOutcome::Denied };
        let entry = AuditEntry { outcome, query: what.to_string(), ..AuditEntry::of(ctx, Event::Login) };
        self.audit.record(entry).await
    }
}
