//! Moves alerts on that nobody has answered in time. The verbs of people and this round meet in versioned writes: who
//! comes second looks again.

use super::record::Alert;
use super::state::Stand;
use crate::due::Due;
use crate::element::parsed;
use crate::read::by_params;
use async_trait::async_trait;
use fhir::ResourceType;
use service::{Round, RoundCtx};
use std::sync::Arc;
use std::time::Duration;
use store::{Error, Result};

pub(crate) struct EscalationRound(pub Arc<Due>);

#[async_trait]
impl Round for EscalationRound {
    fn name(&self) -> &'static str {
        "communication.escalation"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(1)
    }

    async fn go(&self, cx: &RoundCtx) -> Result<usize> {
        let tenant = cx.tenant.name();
        if !self.0.begin(tenant, cx.now_ms()) {
            return Ok(0);
        }
        match step(cx).await {
            Ok((moved, next)) => {
                self.0.found(tenant, next);
                Ok(moved)
            }
            Err(error) => {
                self.0.touch(tenant);
                Err(error)
            }
        }
    }
}

/// How many were moved, and when the next one is due.
async fn step(cx: &RoundCtx) -> Result<(usize, Option<i64>)> {
    let now = cx.now_ms();
    let params = [
        ("status", "active".to_string()),
        ("category", format!("{}|medical-alert", crate::element::PURPOSE)),
    ];
    let (mut moved, mut next): (usize, Option<i64>) = (0, None);
    for found in by_params(&cx.tenant, &cx.ctx, ResourceType::COMMUNICATION_REQUEST, &params).await? {
        let Some(mut alert) = Alert::of(&found.id, found.version, parsed(&found)?) else { continue };
        if alert.step(now) {
            match cx.tenant.commit(&cx.ctx, vec![alert.write()]).await {
                Ok(_) => moved += 1,
                // Somebody answered: the next round sees what.
                Err(Error::VersionConflict { .. }) => {
                    alert.stand_set(Stand { next: Some(now), ..alert.stand() })
                }
                Err(error) => return Err(error),
            }
        }
        next = next.into_iter().chain(alert.stand().next).min();
    }
    Ok((moved, next))
}
