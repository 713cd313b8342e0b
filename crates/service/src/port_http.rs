//! The port to other servers: a service asks by HTTP without knowing a socket. The edge implements it.

use crate::Method;
use async_trait::async_trait;
use bytes::Bytes;

/// A request to another server. Redirects are never followed.
#[derive(Clone, Debug)]
pub struct HttpRequest {
    pub method: Method,
    /// `https://…`; plain `http` only to this machine.
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Bytes,
}

/// What the other server answered, at most as long as the port allows.
#[derive(Clone, Debug)]
pub struct HttpReply {
    pub status: u16,
    pub body: Bytes,
}

/// Why there is no answer. Tells nothing of what lies behind our own network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    #[error("the address is not one that may be called")]
    Address,
    #[error("the server cannot be reached")]
    Unreachable,
    #[error("the answer took too long")]
    Slow,
    #[error("the answer is too long or is not HTTP")]
    Answer,
}

#[async_trait]
pub trait Http: Send + Sync + 'static {
    /// # Errors
    /// See [`HttpError`]. A status of failure is an answer.
    async fn send(&self, request: HttpRequest) -> Result<HttpReply, HttpError>;
}

impl HttpRequest {
    pub fn get(url: impl Into<String>) -> Self {
        let accept = ("accept", "application/json".to_string());
        HttpRequest { method: Method::Get, url: url.into(), headers: vec![accept], body: Bytes::new() }
    }

    /// A form, as OAuth's token endpoints take it.
    pub fn form(url: impl Into<String>, body: String) -> Self {
        let kind = ("content-type", "application/x-www-form-urlencoded".to_string());
        let accept = ("accept", "application/json".to_string());
        HttpRequest { method: Method::Post, url: url.into(), headers: vec![kind, accept], body: body.into() }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// A port that reaches nobody, for a hub that calls nobody.
pub struct NoHttp;

#[async_trait]
impl Http for NoHttp {
    async fn send(&self, _: HttpRequest) -> Result<HttpReply, HttpError> {
        Err(HttpError::Address)
    }
}
