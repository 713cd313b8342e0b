//! Outgoing calls: the implementation of [`service::Http`]. One connection a call; HTTPS only, but for this
//! very machine; no redirects; bounded in time and length. Addresses of private networks are refused, so that
//! an address somebody registered (a client's key set) cannot be used to look around behind our wall.

mod address;
mod connect;

use address::Target;
use async_trait::async_trait;
use axum::body::Body;
use http::{Request, header};
use http_body_util::{BodyExt, Limited};
use hyper_util::rt::TokioIo;
use service::{Http, HttpError, HttpReply, HttpRequest};
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::TlsConnector;

/// Limits of outgoing calls.
#[derive(Clone, Copy, Debug)]
pub struct HttpClientConfig {
    /// Whether private networks may be called (an identity provider inside the clinic).
    pub private_networks: bool,
    /// Whether this machine may be called, also without TLS.
    pub loopback: bool,
    /// Time for the whole call.
    pub time: Duration,
    /// Longest answer, in bytes.
    pub bytes: usize,
}

impl Default for HttpClientConfig {
    fn default() -> Self {
        HttpClientConfig {
            private_networks: false,
            loopback: false,
            time: Duration::from_secs(10),
            bytes: 256 * 1024,
        }
    }
}

/// Calls other servers.
pub struct HttpClient {
    config: HttpClientConfig,
    tls: TlsConnector,
}

impl HttpClient {
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(config: HttpClientConfig) -> Result<HttpClient, crate::Error> {
        Ok(HttpClient { config, tls: connect::tls()? })
    }

    async fn call(&self, asked: HttpRequest) -> Result<HttpReply, HttpError> {
        let target = Target::parse(&asked.url).ok_or(HttpError::Address)?;
        let stream = connect::open(&target, &self.config).await?;
        if target.tls {
            let stream = connect::secure(&self.tls, &target, stream).await?;
            self.exchange(TokioIo::new(stream), &target, asked).await
        } else {
            self.exchange(TokioIo::new(stream), &target, asked).await
        }
    }

    async fn exchange<S>(&self, io: S, target: &Target, asked: HttpRequest) -> Result<HttpReply, HttpError>
    where
        S: hyper::rt::Read + hyper::rt::Write + Send + Unpin + 'static,
    {
        let mut builder = hyper::client::conn::http1::Builder::new();
        builder.max_headers(100);
        let opened: (_, hyper::client::conn::http1::Connection<S, Body>) =
            builder.handshake(io).await.map_err(|_| HttpError::Unreachable)?;
        let (mut sender, connection) = opened;
        let driver = tokio::spawn(connection);
        let answer = self.ask(&mut sender, target, asked).await;
        driver.abort();
        answer
    }

    async fn ask(
        &self,
        sender: &mut hyper::client::conn::http1::SendRequest<Body>,
        target: &Target,
        asked: HttpRequest,
    ) -> Result<HttpReply, HttpError> {
        let mut request = Request::builder()
            .method(asked.method.as_str())
            .uri(&target.path)
            .header(header::HOST, &target.authority)
            .header(header::USER_AGENT, "medhub");
        for (name, value) in &asked.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Body::from(asked.body)).map_err(|_| HttpError::Address)?;
        let response = sender.send_request(request).await.map_err(|_| HttpError::Answer)?;
        let status = response.status().as_u16();
        let body = Limited::new(response.into_body(), self.config.bytes).collect().await;
        Ok(HttpReply { status, body: body.map_err(|_| HttpError::Answer)?.to_bytes() })
    }
}

#[async_trait]
impl Http for HttpClient {
    async fn send(&self, request: HttpRequest) -> Result<HttpReply, HttpError> {
        tokio::time::timeout(self.config.time, self.call(request)).await.map_err(|_| HttpError::Slow)?
    }
}

impl HttpClient {
    /// The client behind the port.
    pub fn port(self) -> Arc<dyn Http> {
        Arc::new(self)
    }
}
