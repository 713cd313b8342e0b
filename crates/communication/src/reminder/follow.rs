//! Whatever happens to an appointment: its reminders are those of the appointment as it stands. A row says only where
//! to look, so rows may come late, twice or in any order.

use super::plan::planned;
use super::request::{Request, State};
use super::visit::Visit;
use crate::channel::{Channel, Channels};
use crate::element::parsed;
use crate::read::{by_params, one};
use async_trait::async_trait;
use fhir::ResourceType;
use service::{Reaction, ReactionCtx};
use std::sync::Arc;
use store::{Ctx, FeedRow, Result, Tenant, Write};

pub(crate) struct Followed(pub Arc<Channels>);

#[async_trait]
impl Reaction for Followed {
    fn name(&self) -> &'static str {
        "communication.appointment-followed"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::APPOINTMENT]
    }

    async fn on(&self, cx: &ReactionCtx, row: &FeedRow) -> Result<Vec<Write>> {
        follow(&cx.tenant, &cx.ctx, &self.0, &row.id).await
    }
}

/// What must be written so that the reminders of an appointment are right.
///
/// # Errors
/// The store's.
pub(crate) async fn follow(tenant: &Tenant, ctx: &Ctx, channels: &Channels, id: &str) -> Result<Vec<Write>> {
    let now = ctx.clock.now_ms();
    let visit = one(tenant, ctx, ResourceType::APPOINTMENT, id).await?.and_then(|(_, json)| Visit::of(&json));
    let ready = Channel::ALL.into_iter().any(|one| channels.ready(tenant.name(), one));
    let wanted: Vec<_> = match &visit {
        Some(visit) if ready => planned(visit, now).into_iter().map(|due| (visit, due)).collect(),
        _ => Vec::new(),
    };
    let known = known(tenant, ctx, id).await?;
    let mut writes = Vec::new();
    for (visit, (step, at)) in &wanted {
        let new = Request::new(tenant.name(), visit, *step, *at, now);
        match known.iter().find(|one| one.id == new.id) {
            None => writes.push(new.write()),
            // It was moved away and is back. A person's own decision stays.
            Some(old) if old.state() == State::Cancelled && old.reason() == Some(super::MOVED) => {
                writes.push(Request { version: old.version, ..new }.write());
            }
            Some(_) => {}
        }
    }
    for mut old in known {
        let open = matches!(old.state(), State::Planned | State::Held);
        let about =
            visit.as_ref().is_some_and(|v| old.start() == Some(v.start) && old.patient() == Some(&v.patient));
        if open && !about {
            old.set_state(State::Cancelled, Some(super::MOVED));
            writes.push(old.write());
        }
    }
    Ok(writes)
}

/// All reminders of an appointment, whatever became of them.
///
/// # Errors
/// The store's.
pub(crate) async fn known(tenant: &Tenant, ctx: &Ctx, appointment: &str) -> Result<Vec<Request>> {
    let params = [("based-on", format!("Appointment/{appointment}"))];
    let found = by_params(tenant, ctx, ResourceType::COMMUNICATION_REQUEST, &params).await?;
    let mut out = Vec::new();
    for visible in found {
        out.extend(Request::of(&visible.id, visible.version, parsed(&visible)?));
    }
    Ok(out)
}
