//! What all requests share, and the way of a request through the edge.

use crate::assets::{Assets, Packed};
use crate::config::{Config, Demo};
use crate::cx::{Cx, RequestIds};
use crate::failure::{Answer, Failure};
use crate::idempotency::Idempotency;
use crate::live::Live;
use crate::metrics::{Endpoint, Metrics};
use crate::rate::{self, Buckets};
use crate::rest::{Capability, Operations};
use crate::wire::address::{self, Peer};
use crate::wire::{language, media};
use crate::{api, assets, auth, cors, finish, health, outcome, rest, text};
use axum::Router;
use axum::body::Body;
use fhir::Json;
use http::request::Parts;
use http::{Method, Request, Response, header};
use service::{Catalog, Handler, Runner};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use store::Hub;
use uuid::Uuid;

/// The edge without its sockets.
pub struct App {
    pub(crate) hub: Arc<Hub>,
    pub(crate) runner: Arc<Runner>,
    pub(crate) assets: Arc<dyn Assets>,
    pub(crate) config: Config,
    pub(crate) demo: Option<Demo>,
    pub(crate) packed: Packed,
    pub(crate) metrics: Metrics,
    pub(crate) buckets: RateLimits,
    pub(crate) idempotency: Idempotency,
    pub(crate) capability: Capability,
    operations: Operations,
    pub(crate) openapi: Json<'static>,
    /// The streams of changes.
    pub(crate) live: Live,
    /// The service's verb `GET me`, which also answers a sign-in by token.
    pub(crate) me: Option<Arc<dyn Handler>>,
    /// Set at shutdown: `/readyz` says no, so that a balancer looks elsewhere.
    pub(crate) draining: AtomicBool,
    routes: Router<Arc<App>>,
    ids: RequestIds,
}

pub(crate) struct RateLimits {
    pub caller: Buckets<Uuid>,
    pub address: Buckets<u128>,
    pub refused: Buckets<u128>,
}

/// Part of the address space that a path belongs to.
enum Area<'p> {
    /// The tenant named in the path, if any, and the path below the FHIR base.
    Fhir(Option<&'p str>, &'p str),
    /// The product's API and the other routes of the services: the tenant named in the path, and the path
    /// below it.
    Api(Option<&'p str>, &'p str),
    Health(&'p str),
    Assets,
}

impl App {
    pub fn new(
        config: Config,
        hub: Arc<Hub>,
        catalog: &Catalog,
        runner: Arc<Runner>,
        assets: Arc<dyn Assets>,
        demo: Option<Demo>,
    ) -> Arc<App> {
        let rates = &config.rates;
        let buckets = RateLimits {
            caller: Buckets::new(rates.caller),
            address: Buckets::new(rates.address),
            refused: Buckets::new(rates.refused),
        };
        let ids = RequestIds::new(hub.ids().uuid());
        let operations = Operations::of(catalog);
        Arc::new(App {
            capability: Capability::new(&config, operations.clone()),
            operations,
            openapi: api::openapi::describe(catalog, demo.is_some(), &config.version.number),
            me: catalog.routes().into_iter().find(|route| route.path == "me").map(|route| route.handler),
            idempotency: Idempotency::new(config.limits.idempotency_bytes),
            routes: api::router(catalog, demo.is_some()),
            live: Live::new(&config.limits),
            packed: Packed::default(),
            metrics: Metrics::default(),
            draining: AtomicBool::new(false),
            hub,
            runner,
            assets,
            config,
            demo,
            buckets,
            ids,
        })
    }

    /// Answers one request. Never fails and never panics: what goes wrong is an answer too.
    pub async fn handle(self: &Arc<App>, request: Request<Body>, peer: Peer) -> Response<Body> {
        let start = Instant::now();
        let (parts, body) = request.into_parts();
        let cx = Cx {
            id: self.ids.next(),
            lang: language::of(parts.headers.get(http::header::ACCEPT_LANGUAGE)),
            peer,
            address: address::caller(&parts.headers, peer, &self.config),
        };
        let correlation = finish::correlation(&parts.headers);
        let (method, on_fhir) = (parts.method.clone(), matches!(area(parts.uri.path()), Area::Fhir(..)));
        let origin = cors::allowed(&self.config, parts.uri.path(), &parts.headers);
        let mut endpoint = Endpoint::Other;
        self.metrics.in_work.fetch_add(1, Ordering::Relaxed);
        let work = finish::guarded(Box::pin(self.route(parts, body, &cx, &mut endpoint)));
        let answer = match tokio::time::timeout(self.config.limits.request_time, work).await {
            Ok(answer) => answer,
            Err(_) => Err(Failure::new(503, text::REQUEST_TIMEOUT).retry_after(5)),
        };
        self.metrics.in_work.fetch_sub(1, Ordering::Relaxed);
        let mut response = match answer {
            Ok(response) => response,
            Err(failure) if on_fhir => outcome::fhir(failure, cx.lang, cx.id),
            Err(failure) => outcome::problem(failure, cx.lang, cx.id),
        };
        finish::finish(self, &mut response, &method, &cx, origin);
        if let Some(id) = correlation {
            response.headers_mut().insert("x-correlation-id", id);
        }
        let took = start.elapsed();
        self.metrics.count(endpoint, response.status().as_u16(), took);
        crate::log::request(&method, endpoint, &response, &cx, took);
        response
    }

    async fn route(
        self: &Arc<App>,
        parts: Parts,
        body: Body,
        cx: &Cx,
        endpoint: &mut Endpoint,
    ) -> Answer<Response<Body>> {
        let path = parts.uri.path();
        let length = path.len() + parts.uri.query().map_or(0, |q| q.len() + 1);
        if length > self.config.limits.uri_bytes {
            return Err(Failure::new(414, text::URI_TOO_LONG).arg("max", self.config.limits.uri_bytes));
        }
        let area = area(path);
        if let Area::Health(name) = area {
            *endpoint = Endpoint::Health;
            return Box::pin(health::serve(self, name)).await;
        }
        self.admit(cx)?;
        if parts.method == Method::OPTIONS {
            return Ok(cors::preflight(&parts.headers));
        }
        match area {
            Area::Fhir(tenant, rest) if self.operations.serves(rest) => {
                *endpoint = Endpoint::Operation;
                let place = api::Place::new(tenant, &format!("/fhir/{rest}"));
                let work = api::serve(self, &self.routes, place, parts, body, cx, endpoint);
                let mut response = Box::pin(work).await?;
                response.headers_mut().insert(header::CONTENT_TYPE, media::FHIR_JSON);
                Ok(response)
            }
            Area::Fhir(tenant, rest) => rest::serve(self, tenant, rest, &parts, body, cx, endpoint).await,
            Area::Api(tenant, rest) => {
                *endpoint = Endpoint::Api;
                let place = api::Place::new(tenant, rest);
                Box::pin(api::serve(self, &self.routes, place, parts, body, cx, endpoint)).await
            }
            Area::Assets | Area::Health(_) => {
                *endpoint = Endpoint::Assets;
                assets::serve(self, &parts.method, path, &parts.headers)
            }
        }
    }

    /// Whether there is room for another request, from this address.
    fn admit(&self, cx: &Cx) -> Answer<()> {
        if self.metrics.in_work.load(Ordering::Relaxed) > self.config.limits.requests as u64 {
            return Err(Failure::new(503, text::BUSY).retry_after(1));
        }
        if cx.is_free(&self.config) {
            return Ok(());
        }
        self.buckets.address.take(rate::subscriber(cx.address)).map_err(|wait| auth::throttled(self, wait))
    }
}

fn area(path: &str) -> Area<'_> {
    if let Some(rest) = below(path, "/fhir") {
        // SMART looks below the FHIR base for what the authorization server tells.
        return match rest.starts_with(".well-known/") {
            true => Area::Api(None, &path["/fhir".len()..]),
            false => Area::Fhir(None, rest),
        };
    }
    if let Some(rest) = path.strip_prefix("/t/") {
        let (tenant, rest) = rest.split_once('/').unwrap_or((rest, ""));
        return match rest.strip_prefix("fhir") {
            Some("") => Area::Fhir(Some(tenant), ""),
            Some(rest) if rest.starts_with("/.well-known/") => Area::Api(Some(tenant), rest),
            Some(rest) if rest.starts_with('/') => Area::Fhir(Some(tenant), &rest[1..]),
            _ if is_service(&path[3 + tenant.len()..]) => Area::Api(Some(tenant), &path[3 + tenant.len()..]),
            _ => Area::Assets,
        };
    }
    if is_service(path) {
        return Area::Api(None, path);
    }
    match path.trim_end_matches('/') {
        name @ ("/livez" | "/readyz" | "/health") => Area::Health(name),
        _ => Area::Assets,
    }
}

/// Whether the services' routes answer there.
fn is_service(path: &str) -> bool {
    ["/api", "/auth", "/scim", "/calendar", "/.well-known"].iter().any(|prefix| below(path, prefix).is_some())
}

/// The path below a prefix that ends a segment, without the slash between them.
fn below<'p>(path: &'p str, prefix: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(prefix)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_their_areas() {
        assert!(matches!(area("/fhir/Patient/1"), Area::Fhir(None, "Patient/1")));
        assert!(matches!(area("/fhir"), Area::Fhir(None, "")));
        assert!(matches!(area("/t/a/fhir/Patient"), Area::Fhir(Some("a"), "Patient")));
        assert!(matches!(area("/t/a/fhir"), Area::Fhir(Some("a"), "")));
        assert!(matches!(area("/t/a/fhirx"), Area::Assets));
        assert!(matches!(area("/fhirs"), Area::Assets));
        assert!(matches!(area("/api/v1/me"), Area::Api(None, "/api/v1/me")));
        assert!(matches!(area("/t/a/auth/token"), Area::Api(Some("a"), "/auth/token")));
        assert!(matches!(area("/.well-known/jwks.json"), Area::Api(None, _)));
        assert!(matches!(
            area("/fhir/.well-known/smart-configuration"),
            Area::Api(None, "/.well-known/smart-configuration")
        ));
        assert!(matches!(
            area("/t/a/fhir/.well-known/smart-configuration"),
            Area::Api(Some("a"), "/.well-known/smart-configuration")
        ));
        assert!(matches!(area("/authorise"), Area::Assets));
        assert!(matches!(area("/health/"), Area::Health("/health")));
        assert!(matches!(area("/"), Area::Assets));
    }
}
