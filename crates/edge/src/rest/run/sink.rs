//! Between the rows and the socket: rows are gathered into chunks, and a chunk waits for a slow reader.

use crate::failure::Failure;
use axum::body::HttpBody;
use bytes::Bytes;
use hyper::body::Frame;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc;

/// Up to here an answer is made before it begins, so that an error has its status.
const FIRST: usize = 2 * 1024 * 1024;
/// A later chunk.
const CHUNK: usize = 128 * 1024;

pub enum Chunk {
    Part(Bytes),
    /// The end of the rows.
    Last(Bytes),
    Failed(Failure),
}

/// Where rows go.
pub struct Sink {
    out: mpsc::Sender<Chunk>,
    pub buffer: Vec<u8>,
    begun: bool,
}

/// The reader has left.
pub struct Left;

impl Sink {
    pub fn new(out: mpsc::Sender<Chunk>) -> Sink {
        Sink { out, buffer: Vec::new(), begun: false }
    }

    /// Whether nobody reads any more.
    pub fn watch(&self) -> mpsc::Sender<Chunk> {
        self.out.clone()
    }

    /// Hands a chunk over when there is enough for one.
    pub async fn pass(&mut self) -> Result<(), Left> {
        let enough = if self.begun { CHUNK } else { FIRST };
        if self.buffer.len() < enough {
            return Ok(());
        }
        self.begun = true;
        let bytes = Bytes::from(std::mem::take(&mut self.buffer));
        self.out.send(Chunk::Part(bytes)).await.map_err(|_| Left)
    }

    pub async fn end(mut self) {
        let bytes = Bytes::from(std::mem::take(&mut self.buffer));
        // Whoever has left needs no end.
        let _ = self.out.send(Chunk::Last(bytes)).await;
    }

    pub async fn fail(self, failure: Failure) {
        if self.begun {
            tracing::warn!(status = failure.status, "a run of a view was broken off");
        }
        let _ = self.out.send(Chunk::Failed(failure)).await;
    }
}

/// The body of an answer that began before its end was known.
pub struct Stream {
    first: Option<Bytes>,
    rest: mpsc::Receiver<Chunk>,
    ended: bool,
}

impl Stream {
    pub fn new(first: Bytes, rest: mpsc::Receiver<Chunk>) -> Stream {
        Stream { first: Some(first), rest, ended: false }
    }
}

impl HttpBody for Stream {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        if self.ended {
            return Poll::Ready(None);
        }
        self.rest.poll_recv(task).map(|chunk| match chunk {
            Some(Chunk::Part(bytes)) => Some(Ok(Frame::data(bytes))),
            Some(Chunk::Last(bytes)) => {
                self.ended = true;
                Some(Ok(Frame::data(bytes)))
            }
            // The end is missing: a reader must notice.
            Some(Chunk::Failed(_)) | None => {
                self.ended = true;
                Some(Err(io::Error::other("the run was broken off")))
            }
        })
    }
}
