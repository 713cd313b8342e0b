//! `$run` of a ViewDefinition, SQL on FHIR v2
//! (<https://sql-on-fhir.org/ig/latest/OperationDefinition-ViewDefinitionRun.html>): flat rows of what the caller may
//! see, in NDJSON, CSV or JSON, handed over as they are made.
//!
//! Resources are read page by page through the guarded, audited search, so a run of any size holds one page and one
//! chunk of rows. A run has a deadline. What goes wrong before the first chunk is an answer with its status; what goes
//! wrong later ends the connection before the end of the body, so that nobody takes a part for the whole.

mod ask;
mod fault;
mod format;
mod rows;
mod sink;

use super::dispatch::Call;
use super::page::View;
use super::present;
use crate::failure::{Answer, Failure};
use crate::text;
use axum::body::Body;
use http::{Response, StatusCode};
use rows::Work;
use sink::{Chunk, Sink, Stream};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, mpsc};

/// Runs at the same time; each holds a thread.
static PLACES: Semaphore = Semaphore::const_new(4);
/// Chunks that wait for a slow reader.
const WAITING: usize = 2;

pub async fn serve(call: &Call<'_>, body: &[u8], view: &View) -> Answer<Response<Body>> {
    let headers = &call.parts.headers;
    let asked = ask::read(call, body, view).await?;
    let place = PLACES.try_acquire().map_err(|_| Failure::new(503, text::BUSY).retry_after(5))?;
    let format = asked.format;
    // A little less than a request may take, so that the answer is ours and says why.
    let time: Duration = call.app.config.limits.request_time * 3 / 4;
    let (out, mut chunks) = mpsc::channel(WAITING);
    let work = Work {
        tenant: call.tenant.clone(),
        ctx: call.ctx.clone(),
        asked,
        deadline: Instant::now() + time,
        seconds: time.as_secs(),
    };
    let runtime = Handle::current();
    // Rows take the processor for long: they must not hold up the threads that serve the sockets.
    tokio::task::spawn_blocking(move || {
        runtime.block_on(work.run(Sink::new(out)));
        drop(place);
    });
    match chunks.recv().await {
        None => Err(Failure::new(500, text::INTERNAL)),
        Some(Chunk::Failed(failure)) => Err(failure),
        Some(Chunk::Last(bytes)) => {
            Ok(present::reply(headers, StatusCode::OK, bytes, format.content_type()).await)
        }
        Some(Chunk::Part(bytes)) => {
            let mut response =
                present::reply(headers, StatusCode::OK, bytes::Bytes::new(), format.content_type()).await;
            *response.body_mut() = Body::new(Stream::new(bytes, chunks));
            Ok(response)
        }
    }
}
