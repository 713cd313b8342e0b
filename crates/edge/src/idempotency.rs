//! `Idempotency-Key`: a write that is sent twice is done once, and answered alike.
//!
//! The answers are kept in memory, at most for a day and up to a number of bytes; a restart forgets them. What
//! must hold across restarts belongs into the request: `If-None-Exist`, `If-Match`, or an id of the client's
//! choice.

use crate::failure::{Answer, Failure};
use crate::finish::Work;
use crate::text;
use aws_lc_rs::digest::{Context, SHA256};
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use parking_lot::Mutex;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Caller;

const KEPT: Duration = Duration::from_secs(24 * 3600);
/// What an entry costs besides its body.
const OVERHEAD: usize = 512;

/// The answers that are kept.
pub struct Idempotency {
    state: Mutex<State>,
    max: usize,
}

#[derive(Default)]
struct State {
    entries: HashMap<[u8; 32], Arc<Entry>>,
    order: VecDeque<([u8; 32], Instant)>,
    bytes: usize,
}

struct Entry {
    request: [u8; 32],
    /// Held while the first request works, so that the second one waits for its answer.
    saved: tokio::sync::Mutex<Option<Saved>>,
}

#[derive(Clone)]
struct Saved {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// A request with a key, ready to be done once.
pub struct Once {
    key: [u8; 32],
    request: [u8; 32],
}

impl Once {
    /// The request's key, if it has one. Keys of two callers never meet.
    ///
    /// # Errors
    /// 400 when the key is not 1 to 128 visible ASCII characters.
    pub fn of(headers: &HeaderMap, caller: &Caller, what: &[&[u8]]) -> Answer<Option<Once>> {
        let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
        let key = value.as_bytes();
        if key.is_empty() || key.len() > 128 || !key.iter().all(u8::is_ascii_graphic) {
            return Err(Failure::new(400, text::IDEMPOTENCY_KEY));
        }
        let key = hash(&[caller.tenant.as_bytes(), caller.actor.id.as_bytes(), key]);
        Ok(Some(Once { key, request: hash(what) }))
    }
}

impl Idempotency {
    pub fn new(max: usize) -> Self {
        Idempotency { state: Mutex::default(), max }
    }

    /// Does the work, or gives the answer that the same request got before. Only successes are kept: a
    /// failure may be tried again.
    ///
    /// # Errors
    /// 422 when the key was used for another request; the work's own.
    pub async fn run(&self, once: Once, work: Work<'_>) -> Answer<Response<Body>> {
        let entry = self.entry(&once);
        if entry.request != once.request {
            return Err(Failure::new(422, text::IDEMPOTENCY_REUSED));
        }
        let mut saved = entry.saved.lock().await;
        if let Some(saved) = &*saved {
            return Ok(saved.response());
        }
        let (parts, body) = match work.await {
            Ok(response) => response.into_parts(),
            Err(failure) => {
                self.forget(&once.key);
                return Err(failure);
            }
        };
        let body =
            axum::body::to_bytes(body, usize::MAX).await.map_err(|_| Failure::new(500, text::INTERNAL))?;
        let answer = Saved { status: parts.status, headers: parts.headers, body };
        let response = answer.response();
        self.weigh(answer.body.len());
        *saved = Some(answer);
        Ok(response)
    }

    fn entry(&self, once: &Once) -> Arc<Entry> {
        let mut state = self.state.lock();
        if let Some(entry) = state.entries.get(&once.key) {
            return entry.clone();
        }
        let entry = Arc::new(Entry { request: once.request, saved: tokio::sync::Mutex::default() });
        state.entries.insert(once.key, entry.clone());
        state.order.push_back((once.key, Instant::now()));
        state.bytes += OVERHEAD;
        entry
    }

    fn forget(&self, key: &[u8; 32]) {
        let mut state = self.state.lock();
        if state.entries.remove(key).is_some() {
            state.order.retain(|(k, _)| k != key);
            state.bytes = state.bytes.saturating_sub(OVERHEAD);
        }
    }

    /// Counts a kept body and drops the oldest answers beyond the limits.
    fn weigh(&self, bytes: usize) {
        let mut state = self.state.lock();
        state.bytes += bytes;
        let now = Instant::now();
        while let Some(&(key, since)) = state.order.front() {
            if state.bytes <= self.max && now.duration_since(since) < KEPT {
                break;
            }
            state.order.pop_front();
            let Some(entry) = state.entries.remove(&key) else { continue };
            let kept =
                entry.saved.try_lock().ok().and_then(|s| s.as_ref().map(|s| s.body.len())).unwrap_or(0);
            state.bytes = state.bytes.saturating_sub(kept + OVERHEAD);
        }
    }
}

impl Saved {
    fn response(&self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        response
    }
}

/// A hash of parts, each with its length, so that two lists of parts never look alike.
fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(&(part.len() as u64).to_le_bytes());
        context.update(part);
    }
    let mut out = [0; 32];
    out.copy_from_slice(context.finish().as_ref());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn once(key: u8, request: u8) -> Once {
        Once { key: [key; 32], request: [request; 32] }
    }

    async fn run(kept: &Idempotency, once: Once, body: &'static str) -> Result<String, u16> {
        let work = async { Ok(Response::new(Body::from(body))) };
        let response = kept.run(once, Box::pin(work)).await.map_err(|f| f.status)?;
        let bytes = axum::body::to_bytes(response.into_body(), 1000).await.unwrap();
        Ok(String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn the_second_request_gets_the_first_answer() {
        let kept = Idempotency::new(10_000);
        assert_eq!(run(&kept, once(1, 1), "first").await.as_deref(), Ok("first"));
        assert_eq!(run(&kept, once(1, 1), "second").await.as_deref(), Ok("first"));
        assert_eq!(run(&kept, once(2, 1), "second").await.as_deref(), Ok("second"));
        assert_eq!(run(&kept, once(1, 2), "other").await, Err(422));
    }

    #[tokio::test]
    async fn a_failure_may_be_tried_again_and_memory_is_bounded() {
        let kept = Idempotency::new(3 * OVERHEAD);
        let work = async { Err(Failure::new(409, text::RACE)) };
        assert!(kept.run(once(1, 1), Box::pin(work)).await.is_err());
        assert_eq!(run(&kept, once(1, 2), "again").await.as_deref(), Ok("again"));
        for key in 2..50 {
            run(&kept, once(key, 1), "x").await.unwrap();
        }
        assert!(kept.state.lock().entries.len() <= 3);
    }
}
