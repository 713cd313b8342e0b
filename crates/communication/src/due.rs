//! When to look: each look at the record is written into the audit log, so a round that finds nothing to do does not
//! look again every second. What is remembered here is only a hint; it is empty after a start, which means "look".

use async_trait::async_trait;
use fhir::ResourceType;
use service::{Reaction, ReactionCtx};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::{FeedRow, Result, Write};

/// After this long it is looked in any case: another node may have written, and taken our news of it.
const LOOK_MS: i64 = 60_000;

#[derive(Clone, Copy, Debug, Default)]
struct Hint {
    /// Nothing was written since the last look.
    quiet: bool,
    looked: i64,
    /// When the next thing is due; `None`: nothing is open.
    next: Option<i64>,
}

/// One for each kind of thing that falls due.
#[derive(Debug, Default)]
pub(crate) struct Due(Mutex<HashMap<String, Hint>>);

impl Due {
    /// Whether there may be something to do; if so, what is written from now on counts as news again.
    pub fn begin(&self, tenant: &str, now: i64) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let hint = all.entry(tenant.to_string()).or_default();
        let idle = hint.quiet && now < hint.looked + LOOK_MS && hint.next.is_none_or(|next| now < next);
        if !idle {
            *hint = Hint { quiet: true, looked: now, next: None };
        }
        !idle
    }

    /// What a look has found: the moment of the next one.
    pub fn found(&self, tenant: &str, next: Option<i64>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(hint) = all.get_mut(tenant) {
            hint.next = next;
        }
    }

    /// Something was written: look.
    pub fn touch(&self, tenant: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(tenant.to_string()).or_default().quiet = false;
    }

    /// Whether it is known that nothing is open.
    pub fn none_open(&self, tenant: &str, now: i64) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(tenant).is_some_and(|hint| hint.quiet && hint.next.is_none() && now < hint.looked + LOOK_MS)
    }
}

/// Hears of what was written, here or by another node.
pub(crate) struct Noted(pub [Arc<Due>; 2]);

#[async_trait]
impl Reaction for Noted {
    fn name(&self) -> &'static str {
        "communication.noted"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::COMMUNICATION_REQUEST]
    }

    async fn on(&self, cx: &ReactionCtx, _: &FeedRow) -> Result<Vec<Write>> {
        for due in &self.0 {
            due.touch(cx.tenant.name());
        }
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_looked_when_something_may_have_fallen_due() {
        let due = Due::default();
        assert!(due.begin("a", 0) && due.begin("b", 0));
        assert!(due.none_open("a", 0) && !due.none_open("c", 0));
        due.found("a", Some(5_000));
        assert!(!due.begin("a", 4_999) && !due.none_open("a", 1));
        assert!(due.begin("a", 5_000));
        due.touch("a");
        assert!(due.begin("a", 5_001) && !due.begin("a", 5_002) && due.begin("a", 5_001 + LOOK_MS));
    }

    #[test]
    fn what_is_written_while_it_is_looked_is_seen_by_the_next_look() {
        let due = Due::default();
        assert!(due.begin("a", 0));
        due.touch("a");
        due.found("a", None);
        assert!(due.begin("a", 1));
    }
}
