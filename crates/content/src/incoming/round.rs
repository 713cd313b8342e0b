//! Has letters read, one at a time, and lets go of what has ended: what was filed, and after a month what was thrown
//! away.

use super::letter::{Letter, STATE, State};
use crate::document::binary_of;
use crate::read::Stored;
use async_trait::async_trait;
use bytes::Bytes;
use fhir::ResourceType;
use service::{ReadError, Reader, Round, RoundCtx};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::search::SearchRequest;
use store::{Error, Result};

/// Pages of one letter that are read; the rest is filed with them, unread.
const PAGES_MAX: usize = 40;
/// Bytes of text that are kept.
const TEXT_MAX: usize = 200_000;
/// Letters of one look.
const PIECE: usize = 20;
/// How long what was thrown away can be had back.
const KEPT_MS: i64 = 30 * 24 * 3_600_000;
/// Without news it is looked so often: another node may have taken something in, a month may have passed.
const LOOK_MS: i64 = 10 * 60_000;

/// Hints, in memory only: where to look, and how far the machine is.
#[derive(Debug, Default)]
pub(crate) struct Progress(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// Of each tenant: when it was looked last without any news since.
    looked: HashMap<String, i64>,
    /// Letters that are being read: tenant and id; page, of so many.
    pages: HashMap<(String, String), (usize, usize)>,
}

impl Progress {
    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something came in.
    pub fn news(&self, tenant: &str) {
        self.known().looked.remove(tenant);
    }

    fn begin(&self, tenant: &str, now: i64) -> bool {
        let mut known = self.known();
        let idle = known.looked.get(tenant).is_some_and(|looked| now < looked + LOOK_MS);
        if !idle {
            known.looked.insert(tenant.to_string(), now);
        }
        !idle
    }

    fn at(&self, tenant: &str, id: &str, page: usize, of: usize) {
        self.known().pages.insert((tenant.to_string(), id.to_string()), (page, of));
    }

    fn over(&self, tenant: &str, id: &str) {
        self.known().pages.remove(&(tenant.to_string(), id.to_string()));
    }

    /// Which page of how many is being read.
    pub fn of(&self, tenant: &str, id: &str) -> Option<(usize, usize)> {
        self.known().pages.get(&(tenant.to_string(), id.to_string())).copied()
    }
}

pub(crate) struct ReadRound {
    pub reader: Arc<dyn Reader>,
    pub progress: Arc<Progress>,
}

#[async_trait]
impl Round for ReadRound {
    fn name(&self) -> &'static str {
        "content.incoming"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(1)
    }

    async fn go(&self, cx: &RoundCtx) -> Result<usize> {
        if !self.progress.begin(cx.tenant.name(), cx.now_ms()) {
            return Ok(0);
        }
        let moved = self.piece(cx).await;
        if !matches!(moved, Ok(0)) {
            self.progress.news(cx.tenant.name());
        }
        moved
    }
}

impl ReadRound {
    async fn piece(&self, cx: &RoundCtx) -> Result<usize> {
        let mut moved = 0;
        // One at a time: a program that is told to end waits for a piece.
        if let Some(letter) = found(cx, State::Waiting).await?.into_iter().next() {
            self.read(cx, letter).await?;
            moved += 1;
        }
        let old =
            |letter: &Letter| crate::zone::ms(&letter.since).is_some_and(|at| at + KEPT_MS <= cx.now_ms());
        let discarded = found(cx, State::Discarded).await?.into_iter().filter(old);
        for letter in found(cx, State::Filed).await?.into_iter().chain(discarded) {
            cx.tenant.erase_unregistered(&cx.ctx, &letter.id).await?;
            moved += 1;
        }
        Ok(moved)
    }

    async fn read(&self, cx: &RoundCtx, mut letter: Letter) -> Result<()> {
        let read = match binary_of(&cx.tenant, &cx.ctx, &letter.file).await {
            Ok(bytes) => self.all(cx, &letter, Bytes::from(bytes)).await,
            // One that is broken must not keep those behind it from being read.
            Err(Error::Corrupt(_) | Error::NotFound | Error::Gone { .. }) => Err(ReadError::Broken),
            Err(other) => return Err(other),
        };
        self.progress.over(cx.tenant.name(), &letter.id);
        let state = match read {
            Ok(read) => {
                (letter.text, letter.confidence, letter.pages) =
                    (read.text, read.confidence, Some(read.pages));
                letter.trouble = (read.pages > PAGES_MAX).then(|| "long".into());
                State::Read
            }
            Err(error) => {
                letter.trouble = Some(trouble(error).into());
                State::Unread
            }
        };
        match cx.tenant.commit(&cx.ctx, vec![letter.moved(state, cx.now_ms())]).await {
            // Somebody was faster, and has filed it unread, or another node has read it.
            Ok(_) | Err(Error::VersionConflict { .. }) => Ok(()),
            Err(other) => Err(other),
        }
    }

    async fn all(&self, cx: &RoundCtx, letter: &Letter, file: Bytes) -> std::result::Result<Text, ReadError> {
        let sheet = letter.media.sheet();
        let pages = self.reader.pages(sheet, file.clone()).await?;
        let mut text = String::new();
        let (mut sure, mut seen) = (0_u32, 0_u32);
        for number in 1..=pages.min(PAGES_MAX) {
            self.progress.at(cx.tenant.name(), &letter.id, number, pages);
            let page = self.reader.page(sheet, file.clone(), number).await?;
            if !text.is_empty() {
                text += "\n\n";
            }
            text += page.text.trim_end();
            if let Some(confidence) = page.confidence {
                sure += u32::from(confidence);
                seen += 1;
            }
            if text.len() > TEXT_MAX {
                break;
            }
        }
        while text.len() > TEXT_MAX {
            text.pop();
        }
        let confidence = (seen > 0).then(|| u8::try_from(sure / seen.max(1)).unwrap_or(100));
        Ok(Text { text, confidence, pages })
    }
}

struct Text {
    text: String,
    confidence: Option<u8>,
    pages: usize,
}

fn trouble(error: ReadError) -> &'static str {
    match error {
        ReadError::Missing => "missing",
        ReadError::Broken => "broken",
        ReadError::Slow => "slow",
    }
}

async fn found(cx: &RoundCtx, state: State) -> Result<Vec<Letter>> {
    let params = vec![
        ("_tag".to_string(), format!("{STATE}|{}", state.as_str())),
        ("_count".into(), PIECE.to_string()),
    ];
    let request =
        SearchRequest { rt: Some(ResourceType::DOCUMENT_REFERENCE), params, ..SearchRequest::default() };
    let page = cx.tenant.search(&cx.ctx, &request).await?;
    let letters =
        page.entries.iter().map(|found| Stored::of(&found.visible).map(|stored| Letter::of(&stored)));
    Ok(letters.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}
