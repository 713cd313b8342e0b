//! Says what has fallen due, each thing once. Before something is said it is claimed: a Communication
//! (<https://hl7.org/fhir/R4/communication.html>) of an id that follows from the request is written, and of several
//! nodes one can. What the program was saying when it ended stays claimed; nobody knows whether it was heard, so a
//! person decides, not the program.

mod said;
mod serve;

pub(crate) use said::{SAID, SaidRecord, Stand, said_id};

use crate::channel::Channels;
use crate::due::Due;
use crate::element::parsed;
use crate::read::first;
use crate::reminder::Request;
use async_trait::async_trait;
use fhir::ResourceType;
use fhir::edit::instant;
use futures_util::StreamExt;
use service::{Round, RoundCtx};
use std::sync::Arc;
use std::time::Duration;
use store::Result;

/// Requests of one piece, and how many are under way at once.
const PIECE: usize = 200;
const AT_ONCE: usize = 16;

pub(crate) struct OutboxRound {
    pub channels: Arc<Channels>,
    pub due: Arc<Due>,
}

#[async_trait]
impl Round for OutboxRound {
    fn name(&self) -> &'static str {
        "communication.outbox"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(5)
    }

    async fn go(&self, cx: &RoundCtx) -> Result<usize> {
        if !self.due.begin(cx.tenant.name(), cx.now_ms()) {
            return Ok(0);
        }
        let moved = self.piece(cx).await;
        // There may be more, or it failed.
        if !matches!(moved, Ok(0)) {
            self.due.touch(cx.tenant.name());
        }
        moved
    }
}

impl OutboxRound {
    async fn piece(&self, cx: &RoundCtx) -> Result<usize> {
        let now = instant(cx.now_ms());
        let due = format!("le{}", now.as_str().unwrap_or_default());
        let params = [("status", "active".to_string()), ("occurrence", due)];
        let found = first(&cx.tenant, &cx.ctx, ResourceType::COMMUNICATION_REQUEST, &params, PIECE).await?;
        let mut due = Vec::new();
        for visible in found {
            due.extend(Request::of(&visible.id, visible.version, parsed(&visible)?));
        }
        let title = cx.hub.tenant_info(cx.tenant.name()).await?.title;
        let served = futures_util::stream::iter(due)
            .map(|request| serve::serve(cx, &self.channels, &title, request))
            .buffer_unordered(AT_ONCE);
        let mut moved = 0;
        let mut failed = None;
        for done in served.collect::<Vec<_>>().await {
            match done {
                Ok(true) => moved += 1,
                Ok(false) => {}
                Err(error) => failed = Some(error),
            }
        }
        // One that cannot be served does not stop the others: they are done before it is told.
        failed.map_or(Ok(moved), Err)
    }
}
