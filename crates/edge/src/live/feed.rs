//! One reader of the feed for each tenant that somebody follows; it hands what it reads to all streams.

use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use store::{FeedRow, Hub, Result, Tenant};
use tokio::sync::{broadcast, watch};

/// Rows of the feed, oldest first, never none.
pub type Rows = Arc<[FeedRow]>;

/// Rows read at a time.
pub const BATCH: usize = 256;
/// Batches that wait for the slowest stream; a stream that falls further behind reads the feed by itself.
const BATCHES: usize = 32;
/// The feed is looked at so often even if nobody says that it has grown.
const WAIT_MS: u64 = 5_000;
/// Time after which the store is asked again when it could not answer.
const AGAIN: Duration = Duration::from_secs(1);

/// The readers, by tenant.
#[derive(Default)]
pub struct Feeds(Mutex<HashMap<String, broadcast::Sender<Rows>>>);

impl Feeds {
    /// Everything that is committed after this call has begun.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn subscribe(
        self: &Arc<Self>,
        hub: &Arc<Hub>,
        tenant: &Arc<Tenant>,
        stop: watch::Receiver<bool>,
    ) -> Result<broadcast::Receiver<Rows>> {
        // Read before the reader is looked for: a new one must not begin after what its first stream reads.
        let top = tenant.top().await?;
        let mut feeds = self.0.lock();
        if let Some(sender) = feeds.get(tenant.name()) {
            return Ok(sender.subscribe());
        }
        let (sender, rows) = broadcast::channel(BATCHES);
        feeds.insert(tenant.name().to_string(), sender.clone());
        let reader = Reader { feeds: self.clone(), hub: hub.clone(), tenant: tenant.clone(), sender };
        tokio::spawn(reader.run(top, stop));
        Ok(rows)
    }
}

struct Reader {
    feeds: Arc<Feeds>,
    hub: Arc<Hub>,
    tenant: Arc<Tenant>,
    sender: broadcast::Sender<Rows>,
}

impl Reader {
    async fn run(self, mut cursor: i64, mut stop: watch::Receiver<bool>) {
        loop {
            if *stop.borrow() || self.is_over() {
                break;
            }
            if !self.is_there().await {
                break;
            }
            let wait = match self.tenant.feed(cursor, BATCH).await {
                Ok(rows) => match rows.last() {
                    Some(last) => {
                        cursor = last.vid;
                        self.hand_out(rows);
                        continue;
                    }
                    None => None,
                },
                Err(error) => {
                    tracing::warn!(%error, "the streams of changes wait for the store");
                    Some(AGAIN)
                }
            };
            tokio::select! {
                _ = stop.changed() => {}
                () = async {
                    match wait {
                        Some(wait) => tokio::time::sleep(wait).await,
                        None => self.tenant.feed_wait(cursor, WAIT_MS).await,
                    }
                } => {}
            }
        }
        let mut feeds = self.feeds.0.lock();
        if feeds.get(self.tenant.name()).is_some_and(|sender| sender.same_channel(&self.sender)) {
            feeds.remove(self.tenant.name());
        }
    }

    /// Nobody listens: then nobody will, since the entry is gone with that.
    fn is_over(&self) -> bool {
        let mut feeds = self.feeds.0.lock();
        let over = self.sender.receiver_count() == 0;
        if over {
            feeds.remove(self.tenant.name());
        }
        over
    }

    /// A tenant that was suspended or destroyed, or stands anew under the same name, ends its reader, and with it
    /// the streams.
    async fn is_there(&self) -> bool {
        self.hub.tenant(self.tenant.name()).await.is_ok_and(|now| Arc::ptr_eq(&now, &self.tenant))
    }

    fn hand_out(&self, mut rows: Vec<FeedRow>) {
        // Who wrote is the audit log's affair.
        rows.iter_mut().for_each(|row| row.audit = Vec::new());
        // It fails when nobody listens, which the next round finds out.
        let _ = self.sender.send(rows.into());
    }
}
