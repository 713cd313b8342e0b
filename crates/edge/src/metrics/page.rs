//! The metrics page, on a listener of its own: it tells how much the clinic works, so it is not for callers.

use super::Gauge;
use crate::app::App;
use axum::body::Body;
use http::{HeaderValue, Request, Response, StatusCode, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Serves `GET /metrics` until the server stops.
pub async fn serve(listener: TcpListener, app: Arc<App>, mut stopped: watch::Receiver<bool>) {
    loop {
        let stream = tokio::select! {
            _ = stopped.changed() => return,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
        };
        let app = app.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request: Request<Incoming>| {
                let app = app.clone();
                async move { Ok::<_, Infallible>(answer(&app, &request).await) }
            });
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(10)).keep_alive(false);
            // A broken connection is the reader's matter.
            let _ = builder.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(app: &App, request: &Request<Incoming>) -> Response<Body> {
    if request.uri().path() != "/metrics" {
        let mut response = Response::new(Body::from("see /metrics\n"));
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    }
    let mut response = Response::new(Body::from(app.metrics.page(&gauges(app).await)));
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// Figures of the store and of the reactions. Reactions are program names; tenants are summed, never named.
async fn gauges(app: &App) -> Vec<Gauge> {
    let mut out: Vec<Gauge> = match app.hub.gauges().await {
        Ok(gauges) => gauges.into_iter().map(|(name, label, value)| (name, label.map(kind), value)).collect(),
        Err(_) => Vec::new(),
    };
    out.push(("medhub_live_streams", None, app.live.count() as f64));
    let mut behind: Vec<(&'static str, i64)> = Vec::new();
    for lag in app.runner.lag() {
        match behind.iter_mut().find(|(name, _)| *name == lag.reaction) {
            Some((_, sum)) => *sum += lag.behind,
            None => behind.push((lag.reaction, lag.behind)),
        }
    }
    for (reaction, sum) in behind {
        out.push(("medhub_feed_lag_versions", Some(("reaction", reaction.to_string())), sum as f64));
    }
    out
}

fn kind(label: &'static str) -> (&'static str, String) {
    ("result", label.to_string())
}
