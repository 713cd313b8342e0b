//! `GET /api/v1/live`: what changes in the store, as server-sent events
//! (<https://html.spec.whatwg.org/multipage/server-sent-events.html>). An event is a pointer: that a resource was
//! written, not what. Its number is the position in the feed, from which a stream is resumed.
//!
//! One task for each tenant reads the feed (`feed.rs`) and hands the rows to all streams; each stream
//! (`stream.rs`) asks the store which of them its caller may know of, and looks at its session again and again.

mod event;
mod feed;
mod seat;
mod stream;

use crate::api::{Call, carry, routes};
use crate::app::App;
use crate::auth;
use crate::config::Limits;
use crate::failure::{Answer, Failure};
use crate::text;
use axum::body::Body;
use axum::extract::{Extension, State};
use event::Events;
use feed::Feeds;
use fhir::Text;
use http::{HeaderMap, HeaderValue, Method, Response, Uri, header};
use seat::Seats;
use std::sync::Arc;
use store::search::SearchRequest;
use stream::Stream;
use tokio::sync::{mpsc, watch};

/// Parts of a stream that may wait for its reader; one part holds what one batch of the feed had to tell.
const WAITING: usize = 4;
/// A stream that is refused is asked for again after so many seconds.
const AGAIN_S: u64 = 30;

const TOO_MANY: Text = Text {
    key: "live.too-many",
    fr: "Trop de flux de mises à jour sont ouverts ({max} au plus). Fermez des onglets de Medical Hub, ou réessayez dans un instant.",
    en: "Too many streams of updates are open ({max} at most). Close some tabs of Medical Hub, or try again in a moment.",
    de: "Zu viele Aktualisierungsströme sind geöffnet (höchstens {max}). Schließen Sie Tabs von Medical Hub oder versuchen Sie es gleich noch einmal.",
};

/// All streams of the program.
pub struct Live {
    feeds: Arc<Feeds>,
    seats: Arc<Seats>,
    stop: watch::Sender<bool>,
}

impl Live {
    pub fn new(limits: &Limits) -> Live {
        let stop = watch::Sender::new(false);
        Live {
            feeds: Arc::new(Feeds::default()),
            seats: Arc::new(Seats::new(limits.live_streams, limits.live_streams_of_caller)),
            stop,
        }
    }

    /// Ends all streams, so that their connections can be closed.
    pub fn close(&self) {
        self.stop.send_replace(true);
    }

    /// Streams that are open.
    pub fn count(&self) -> usize {
        self.seats.count()
    }
}

/// Opens a stream.
pub async fn serve(
    State(app): State<Arc<App>>,
    Extension(call): Extension<Call>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    carry(open(app, &call, &method, &uri, &headers).await)
}

async fn open(
    app: Arc<App>,
    call: &Call,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
) -> Answer<Response<Body>> {
    let (key, caller) = auth::watching(&app, method, headers, &call.cx).await?;
    if let Some(named) = routes::tenant_named(&app, call, headers, uri).await?
        && named != *caller.tenant
    {
        return Err(routes::not_here());
    }
    let since = since(uri, headers)?;
    let tenant = app.hub.tenant(&caller.tenant).await?;
    let seat = app
        .live
        .seats
        .take(caller.actor.id)
        .map_err(|max| Failure::new(429, TOO_MANY).arg("max", max).retry_after(AGAIN_S))?;
    let mut response = Response::new(Body::empty());
    if method == Method::GET {
        // Pointers say that a record was written, and where: who follows them is recorded once, before the first.
        tenant.audit_operation(&auth::ctx(&app, &caller, &call.cx), "live", None).await?;
        let rows = app.live.feeds.subscribe(&app.hub, &tenant, app.live.stop.subscribe()).await?;
        let (out, events) = mpsc::channel(WAITING);
        let stop = app.live.stop.subscribe();
        let stream = Stream::new(app, tenant, key, caller, call.cx, rows, out, stop);
        tokio::spawn(stream.run(since, seat));
        *response.body_mut() = Body::new(Events(events));
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    // A proxy that gathers an answer before it passes it on would hold the events back.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// Where the stream goes on. What the browser says when it comes back is newer than what stands in the address.
fn since(uri: &Uri, headers: &HeaderMap) -> Answer<Option<i64>> {
    let bad =
        |name: &str| Failure::new(400, text::BAD_PARAMETER).arg("name", name).arg("expected", "0, 1, 2 …");
    let number = |text: &str| text.parse::<i64>().ok().filter(|number| *number >= 0);
    if let Some(last) = headers.get("last-event-id").filter(|value| !value.is_empty()) {
        let last = last.to_str().ok().and_then(number);
        return last.map(Some).ok_or_else(|| bad("Last-Event-ID"));
    }
    let query = SearchRequest::from_query(None, uri.query().unwrap_or(""))?.params;
    match query.iter().find(|(name, _)| name == "since") {
        Some((_, text)) => number(text).map(Some).ok_or_else(|| bad("since")),
        None => Ok(None),
    }
}
