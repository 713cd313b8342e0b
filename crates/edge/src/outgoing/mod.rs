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

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    /// A server of this machine that gives one answer to all; its address.
    async fn server(answer: String) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut seen = Vec::new();
                while !seen.windows(4).any(|end| end == b"\r\n\r\n") {
                    let mut chunk = [0; 1024];
                    match stream.read(&mut chunk).await {
                        Ok(n) if n > 0 => seen.extend_from_slice(&chunk[..n]),
                        _ => break,
                    }
                }
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        format!("http://{address}/x")
    }

    fn client(loopback: bool) -> HttpClient {
        let config = HttpClientConfig { loopback, bytes: 1000, ..HttpClientConfig::default() };
        HttpClient::new(config).unwrap()
    }

    #[tokio::test]
    async fn answers_come_back_as_they_are() {
        let url = server("HTTP/1.1 404 No\r\ncontent-length: 2\r\n\r\nhi".into()).await;
        let reply = client(true).send(HttpRequest::get(&url)).await.unwrap();
        assert_eq!((reply.status, &reply.body[..]), (404, &b"hi"[..]));
        assert_eq!(client(false).send(HttpRequest::get(&url)).await.err(), Some(HttpError::Address));
        let moved = server(
            "HTTP/1.1 302 Go\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n".into(),
        )
        .await;
        assert_eq!(client(true).send(HttpRequest::get(moved)).await.unwrap().status, 302);
    }

    #[tokio::test]
    async fn what_is_too_long_or_no_http_is_no_answer() {
        let long =
            server(format!("HTTP/1.1 200 OK\r\ncontent-length: 2000\r\n\r\n{}", "x".repeat(2000))).await;
        assert_eq!(client(true).send(HttpRequest::get(long)).await.err(), Some(HttpError::Answer));
        let noise = server("hello\r\n\r\n".into()).await;
        assert_eq!(client(true).send(HttpRequest::get(noise)).await.err(), Some(HttpError::Answer));
        for url in ["file:///etc/passwd", "x", "http://"] {
            assert_eq!(
                client(true).send(HttpRequest::get(url)).await.err(),
                Some(HttpError::Address),
                "{url}"
            );
        }
    }
}
