//! The newest numbers of a tenant, asked for by every reader that must not show what another node has
//! replaced. One question is under way at a time; who comes meanwhile shares the next one.

use super::pool::Pool;
use super::read;
use crate::backend::{Newest, Top};
use crate::error::Result;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Mutex;

#[derive(Default)]
pub(super) struct SharedTop {
    /// Questions asked so far.
    asked: AtomicU64,
    /// The number of the last question that was answered, and its answer.
    answered: Mutex<(u64, Top, Newest)>,
}

impl SharedTop {
    /// An answer to a question that was asked after this call began: it shows every commit acknowledged before.
    pub async fn ask(&self, pool: &Pool) -> Result<(Top, Newest)> {
        let before = self.asked.load(Ordering::SeqCst);
        let mut answered = self.answered.lock().await;
        if answered.0 > before {
            return Ok((answered.1, answered.2));
        }
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let (top, newest) = read::newest(pool).await?;
        *answered = (number, top, newest);
        Ok((top, newest))
    }
}
