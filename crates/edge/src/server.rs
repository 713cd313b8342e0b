//! The sockets: accepting, limits of connections, timeouts, and a shutdown that lets open requests finish.

use crate::app::App;
use crate::assets::Assets;
use crate::config::{Config, Demo};
use crate::error::Error;
use crate::metrics;
use crate::stall::Stall;
use crate::tls;
use crate::wire::address::Peer;
use axum::body::Body;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use service::{Catalog, Runner};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use store::Hub;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// A TLS handshake that takes longer is given up.
const HANDSHAKE: Duration = Duration::from_secs(10);

const HEADERS_DEFAULT: usize = 100;

/// The edge with its sockets open.
pub struct Server {
    app: Arc<App>,
    listener: TcpListener,
    metrics: Option<TcpListener>,
    tls: Option<TlsAcceptor>,
}

impl Server {
    /// Opens the sockets; nothing is accepted yet.
    ///
    /// # Errors
    /// An address that is taken, a certificate that cannot be read.
    pub async fn bind(
        config: Config,
        hub: Arc<Hub>,
        catalog: &Catalog,
        runner: Arc<Runner>,
        assets: Arc<dyn Assets>,
        demo: Option<Demo>,
    ) -> Result<Server, Error> {
        let tls = config.tls.as_ref().map(tls::acceptor).transpose()?;
        let listener = listen(config.listen).await?;
        let metrics = match config.metrics {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        let app = App::new(config, hub, catalog, runner, assets, demo);
        Ok(Server { app, listener, metrics, tls })
    }

    /// Where it listens; the port is real even when the system chose it.
    pub fn address(&self) -> SocketAddr {
        self.listener.local_addr().unwrap_or(self.app.config.listen)
    }

    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().and_then(|listener| listener.local_addr().ok())
    }

    /// The edge without its sockets, for tests.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Serves until `shutdown` is done; then accepts no more, lets open requests finish (as long as
    /// [`crate::Limits::drain_time`] allows) and returns.
    ///
    /// # Errors
    /// None at present; connections that break are not the server's failure.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send) -> Result<(), Error> {
        let (stop, stopped) = watch::channel(false);
        let pages =
            self.metrics.map(|l| tokio::spawn(metrics::page::serve(l, self.app.clone(), stopped.clone())));
        let mut open = JoinSet::new();
        let mut shutdown = std::pin::pin!(shutdown);
        let max = self.app.config.limits.connections;
        loop {
            let accepted = tokio::select! {
                () = &mut shutdown => break,
                accepted = self.listener.accept(), if open.len() < max => accepted,
                Some(_) = open.join_next() => continue,
            };
            match accepted {
                Ok((stream, peer)) => {
                    let connection = Connection {
                        app: self.app.clone(),
                        peer,
                        tls: self.tls.clone(),
                        stopped: stopped.clone(),
                    };
                    open.spawn(connection.serve(stream));
                }
                // Out of file descriptors, most likely: wait for some to close.
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
        self.app.draining.store(true, Ordering::Relaxed);
        drop(self.listener);
        let _ = stop.send(true);
        self.app.live.close();
        let drained = async { while open.join_next().await.is_some() {} };
        if tokio::time::timeout(self.app.config.limits.drain_time, drained).await.is_err() {
            tracing::warn!("requests still open at the end of the drain time were cut");
        }
        if let Some(pages) = pages {
            pages.abort();
        }
        Ok(())
    }
}

/// One request. Boxed, so that a connection's own state stays small.
fn answer(
    app: Arc<App>,
    request: Request<Incoming>,
    peer: Peer,
) -> Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>> {
    Box::pin(async move { Ok(app.handle(request.map(Body::new), peer).await) })
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Error> {
    TcpListener::bind(address).await.map_err(|error| Error::Listen(address, error))
}

struct Connection {
    app: Arc<App>,
    peer: SocketAddr,
    tls: Option<TlsAcceptor>,
    stopped: watch::Receiver<bool>,
}

impl Connection {
    async fn serve(self, stream: TcpStream) {
        let app = self.app.clone();
        app.metrics.connections.fetch_add(1, Ordering::Relaxed);
        // Answers are written whole; waiting to fill packets only delays them.
        let _ = stream.set_nodelay(true);
        let stream = Stall::new(stream, app.config.limits.write_time);
        match &self.tls {
            None => self.speak(stream, false, false).await,
            Some(acceptor) => {
                if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                    let h2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                    self.speak(stream, true, h2).await;
                }
            }
        }
        app.metrics.connections.fetch_sub(1, Ordering::Relaxed);
    }

    async fn speak<S>(self, stream: S, tls: bool, h2: bool)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let Connection { app, peer, mut stopped, .. } = self;
        let limits = app.config.limits.clone();
        let peer = Peer { address: peer.ip().to_canonical(), tls };
        let service = service_fn(move |request: Request<Incoming>| answer(app.clone(), request, peer));
        let io = TokioIo::new(stream);
        let stop = async move {
            // An error means that the server is gone: stop as well.
            let _ = stopped.wait_for(|stop| *stop).await;
        };
        let mut stop = std::pin::pin!(stop);
        macro_rules! drive {
            ($connection:expr) => {{
                let mut connection = std::pin::pin!($connection);
                tokio::select! {
                    biased;
                    _ = connection.as_mut() => {}
                    () = &mut stop => {
                        connection.as_mut().graceful_shutdown();
                        let _ = connection.await;
                    }
                }
            }};
        }
        if h2 {
            let mut builder = http2::Builder::new(TokioExecutor::new());
            builder
                .timer(TokioTimer::new())
                .max_concurrent_streams(100)
                .max_header_list_size(limits.head_bytes as u32)
                .keep_alive_interval(Some(limits.head_time))
                .keep_alive_timeout(HANDSHAKE);
            drive!(builder.serve_connection(io, service));
        } else {
            let mut builder = http1::Builder::new();
            builder
                .timer(TokioTimer::new())
                .header_read_timeout(limits.head_time)
                .max_buf_size(limits.head_bytes.max(8_192));
            // hyper keeps its own default on the stack; any number that is set costs an allocation a request.
            if limits.headers != HEADERS_DEFAULT {
                builder.max_headers(limits.headers);
            }
            drive!(builder.serve_connection(io, service));
        }
    }
}
