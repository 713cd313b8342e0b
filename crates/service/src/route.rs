//! A verb of the product's own API, told without a protocol: the edge serves it under `/api/v1`.

use async_trait::async_trait;
use bytes::Bytes;
use fhir::Json;
use std::sync::Arc;
use store::{Ctx, Result, Tenant};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        }
    }
}

/// One verb: `POST patients/{id}/merge`.
#[derive(Clone)]
pub struct Route {
    pub method: Method,
    /// Below `/api/v1/`, without a leading or trailing slash; `{name}` holds one segment.
    pub path: &'static str,
    /// One line for the API's description.
    pub summary: &'static str,
    pub handler: Arc<dyn Handler>,
}

/// Who asks, in which tenant. The caller is signed in: the edge refuses others before.
#[derive(Clone)]
pub struct RouteCtx {
    pub tenant: Arc<Tenant>,
    pub ctx: Ctx,
}

/// What is asked. Names and values are decoded.
#[derive(Clone, Debug, Default)]
pub struct RouteRequest {
    pub params: Vec<(String, String)>,
    pub query: Vec<(String, String)>,
    /// The body as sent (JSON), at most as long as the edge allows.
    pub body: Bytes,
}

impl RouteRequest {
    /// The path segment that stands for `{name}`.
    pub fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    /// The first query value of that name.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// The answer: an HTTP-like status and a JSON body.
#[derive(Clone, Debug)]
pub struct RouteReply {
    pub status: u16,
    pub body: Bytes,
}

impl RouteReply {
    pub fn json(status: u16, body: &Json<'_>) -> Self {
        RouteReply { status, body: Bytes::from(body.to_vec()) }
    }
}

#[async_trait]
pub trait Handler: Send + Sync + 'static {
    /// # Errors
    /// The edge's table turns the error into a status and a sentence.
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply>;
}
