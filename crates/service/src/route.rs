//! A verb of the product's own API, told almost without a protocol: the edge serves it under `/api/v1`, or at
//! the root when its path says so (`/auth/token`, `/scim/v2/Users`).

use async_trait::async_trait;
use bytes::Bytes;
use fhir::Json;
use std::net::IpAddr;
use std::sync::Arc;
use store::{Caller, Ctx, Hub, Result, Tenant};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}

/// One verb: `POST patients/{id}/merge`.
#[derive(Clone)]
pub struct Route {
    pub method: Method,
    /// Below `/api/v1/`, without a leading or trailing slash; `{name}` holds one segment. With a leading slash:
    /// below the root, and below `/t/{tenant}` too.
    pub path: &'static str,
    /// One line for the API's description.
    pub summary: &'static str,
    pub access: Access,
    pub handler: Arc<dyn Handler>,
}

/// Who may knock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// A token or a session is needed: the edge refuses others before.
    SignedIn,
    /// Anyone: the verb finds out by itself who asks (sign-in, one-time links, OAuth's own endpoints). The
    /// edge counts these requests against the address; a cookie is honoured as for [`Access::SignedIn`].
    Open,
}

/// Who asks, in which tenant.
#[derive(Clone)]
pub struct RouteCtx {
    pub hub: Arc<Hub>,
    /// The caller's tenant; of an open route without a caller, the tenant of the address.
    pub tenant: Arc<Tenant>,
    /// Of an open route without a caller: an actor without roles, who may do nothing in the store.
    pub ctx: Ctx,
    pub caller: Option<Caller>,
    /// The caller's address, behind trusted proxies too.
    pub address: IpAddr,
    /// `https://clinic.example` or `https://hub.example/t/clinic`: where the caller reached this tenant.
    pub base: String,
}

/// What is asked. Names and values are decoded.
#[derive(Clone, Debug, Default)]
pub struct RouteRequest {
    pub params: Vec<(String, String)>,
    pub query: Vec<(String, String)>,
    /// Names in lower case; without `cookie`.
    pub headers: Vec<(String, String)>,
    /// The body as sent, at most as long as the edge allows.
    pub body: Bytes,
}

impl RouteRequest {
    /// The path segment that stands for `{name}`.
    pub fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    /// The first header of that name, given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The first query value of that name.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// The answer: an HTTP-like status, a body, and what becomes of the session.
#[derive(Clone, Debug)]
pub struct RouteReply {
    pub status: u16,
    /// Besides the defaults: `content-type: application/json`, `cache-control: no-store`.
    pub headers: Vec<(&'static str, String)>,
    pub body: Bytes,
    pub session: SessionChange,
}

/// What becomes of the browser's session with this answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SessionChange {
    #[default]
    Keep,
    /// The cookie holds this token from now on.
    Start(String),
    /// The cookie is removed.
    End,
}

impl RouteReply {
    pub fn json(status: u16, body: &Json<'_>) -> Self {
        RouteReply::bytes(status, body.to_vec())
    }

    /// No body.
    pub fn empty(status: u16) -> Self {
        RouteReply::bytes(status, Vec::new())
    }

    /// 303 to another address.
    pub fn redirect(to: impl Into<String>) -> Self {
        RouteReply::empty(303).with("location", to)
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    #[must_use]
    pub fn session(mut self, change: SessionChange) -> Self {
        self.session = change;
        self
    }

    fn bytes(status: u16, body: Vec<u8>) -> Self {
        RouteReply { status, headers: Vec::new(), body: Bytes::from(body), session: SessionChange::Keep }
    }
}

#[async_trait]
pub trait Handler: Send + Sync + 'static {
    /// # Errors
    /// The edge's table turns the error into a status and a sentence.
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply>;
}
