//! One stream: the task behind one open answer.

use super::event::{self, End};
use super::feed::{BATCH, Rows};
use super::seat::Seat;
use crate::app::App;
use crate::auth;
use crate::cx::Cx;
use bytes::Bytes;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{Caller, Error, FeedRow, Tenant, TokenKey};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc, watch};
use tokio::time::MissedTickBehavior;

/// Why a stream does not go on.
enum Stop {
    /// Told to the reader.
    Told(End),
    /// The reader left, or the store cannot answer: the connection ends without a word, and a browser comes back.
    Silent,
}

type Step<T = ()> = Result<T, Stop>;

pub struct Stream {
    app: Arc<App>,
    tenant: Arc<Tenant>,
    key: TokenKey,
    caller: Caller,
    /// When the session was last looked at.
    looked: Instant,
    cx: Cx,
    rows: broadcast::Receiver<Rows>,
    out: mpsc::Sender<Bytes>,
    stop: watch::Receiver<bool>,
    /// Everything up to here is told, or is not for this caller.
    cursor: i64,
}

impl Stream {
    #[allow(clippy::too_many_arguments)] // what a stream is made of
    pub fn new(
        app: Arc<App>,
        tenant: Arc<Tenant>,
        key: TokenKey,
        caller: Caller,
        cx: Cx,
        rows: broadcast::Receiver<Rows>,
        out: mpsc::Sender<Bytes>,
        stop: watch::Receiver<bool>,
    ) -> Stream {
        Stream { app, tenant, key, caller, looked: Instant::now(), cx, rows, out, stop, cursor: 0 }
    }

    /// Tells what happens until the session ends, the reader leaves or the program stops.
    pub async fn run(mut self, since: Option<i64>, seat: Seat) {
        let Err(stop) = self.tell(since).await;
        if let Stop::Told(why) = stop {
            // A reader who does not read is not waited for.
            let _ = self.out.try_send(event::end(why));
        }
        drop(seat);
    }

    async fn tell(&mut self, since: Option<i64>) -> Step<std::convert::Infallible> {
        self.begin(since).await?;
        let beat = self.app.config.limits.live_beat.max(Duration::from_millis(1));
        let mut beats = tokio::time::interval_at(tokio::time::Instant::now() + beat, beat);
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                () = stopped(&mut self.stop) => return Err(Stop::Told(End::Restart)),
                () = self.out.closed() => return Err(Stop::Silent),
                _ = beats.tick() => {
                    self.look(Duration::ZERO).await?;
                    self.send(event::beat(self.cursor)).await?;
                }
                rows = self.rows.recv() => match rows {
                    Ok(rows) => self.pass(&rows).await?,
                    // Others write faster than this reader reads.
                    Err(RecvError::Lagged(_)) => self.catch_up().await?,
                    Err(RecvError::Closed) => return Err(Stop::Silent),
                },
            }
        }
    }

    async fn begin(&mut self, since: Option<i64>) -> Step {
        let top = self.tenant.top().await.map_err(silent)?;
        match since {
            // A number that lies ahead is that of another hub, or of one that was restored since.
            Some(since) if since > top => {
                self.cursor = top;
                self.send(event::ready(top)).await?;
                self.send(event::reset(top)).await
            }
            Some(since) => {
                self.cursor = since;
                self.send(event::ready(since)).await?;
                self.catch_up().await
            }
            None => {
                self.cursor = top;
                self.send(event::ready(top)).await
            }
        }
    }

    /// Reads the feed from where this stream stands to its end, if that is not too far.
    async fn catch_up(&mut self) -> Step {
        loop {
            let top = self.tenant.top().await.map_err(silent)?;
            if top - self.cursor > self.app.config.limits.live_behind {
                self.cursor = top;
                return self.send(event::reset(top)).await;
            }
            let rows = self.tenant.feed(self.cursor, BATCH).await.map_err(silent)?;
            if rows.is_empty() {
                return Ok(());
            }
            self.pass(&rows).await?;
        }
    }

    /// Tells of those rows that are new to this stream and that its caller may know of.
    async fn pass(&mut self, rows: &[FeedRow]) -> Step {
        let new = &rows[rows.partition_point(|row| row.vid <= self.cursor)..];
        let Some(last) = new.last() else { return Ok(()) };
        self.look(self.app.config.limits.live_trust).await?;
        let ctx = auth::ctx(&self.app, &self.caller, &self.cx);
        let pointers = self.tenant.follow(&ctx, new).await.map_err(silent)?;
        if let Some(events) = event::changes(&pointers) {
            self.send(events).await?;
        }
        self.cursor = last.vid;
        Ok(())
    }

    /// Looks whether the session still is, and what its owner may, unless that was done within `trust`.
    async fn look(&mut self, trust: Duration) -> Step {
        if self.looked.elapsed() < trust {
            return Ok(());
        }
        self.caller = match self.app.hub.peek(&self.key).await {
            Ok(caller) if *caller.tenant == *self.caller.tenant => caller,
            Err(Error::Unavailable(_)) => return Err(Stop::Silent),
            _ => return Err(Stop::Told(End::Session)),
        };
        self.looked = Instant::now();
        Ok(())
    }

    /// Waits for the reader if there is no room; the rows that come meanwhile are dropped when they are too many,
    /// and read from the feed later.
    async fn send(&mut self, part: Bytes) -> Step {
        tokio::select! {
            sent = self.out.send(part) => sent.map_err(|_| Stop::Silent),
            () = stopped(&mut self.stop) => Err(Stop::Told(End::Restart)),
        }
    }
}

/// Until the program stops.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

fn silent(error: Error) -> Stop {
    tracing::debug!(%error, "a stream of changes ends: the store cannot answer");
    Stop::Silent
}
