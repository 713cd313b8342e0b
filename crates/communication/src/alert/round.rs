//! Moves alerts on that nobody has answered in time. The verbs of people and this round meet in versioned writes: who
//! comes second looks again.

use super::record::Alert;
use crate::element::parsed;
use crate::read::first;
use async_trait::async_trait;
use fhir::ResourceType;
use fhir::edit::instant;
use service::{Round, RoundCtx};
use std::time::Duration;
use store::{Error, Result};

const PIECE: usize = 200;

pub(crate) struct EscalationRound;

#[async_trait]
impl Round for EscalationRound {
    fn name(&self) -> &'static str {
        "communication.escalation"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(1)
    }

    async fn go(&self, cx: &RoundCtx) -> Result<usize> {
        let now = cx.now_ms();
        let until = instant(now);
        let params = [
            ("status", "active".to_string()),
            ("category", format!("{}|medical-alert", crate::element::PURPOSE)),
            ("occurrence", format!("le{}", until.as_str().unwrap_or_default())),
        ];
        let mut moved = 0;
        for found in first(&cx.tenant, &cx.ctx, ResourceType::COMMUNICATION_REQUEST, &params, PIECE).await? {
            let Some(mut alert) = Alert::of(&found.id, found.version, parsed(&found)?) else { continue };
            if !alert.step(now) {
                continue;
            }
            match cx.tenant.commit(&cx.ctx, vec![alert.write()]).await {
                Ok(_) => moved += 1,
                Err(Error::VersionConflict { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(moved)
    }
}
