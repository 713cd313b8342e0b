//! Serves the verbs of the services.

use super::{Call, carry};
use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::wire::address;
use crate::{auth, session, text};
use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, RawPathParams, State};
use axum::routing::{MethodFilter, on};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, Uri, header};
use service::{Access, Catalog, Handler, Method, RouteCtx, RouteReply, RouteRequest, SessionChange};
use std::sync::Arc;
use store::Caller;
use store::search::SearchRequest;

pub fn mount(mut router: Router<Arc<App>>, catalog: &Catalog) -> Router<Arc<App>> {
    for route in catalog.routes() {
        let filter = match route.method {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
            Method::Put => MethodFilter::PUT,
            Method::Patch => MethodFilter::PATCH,
            Method::Delete => MethodFilter::DELETE,
        };
        let (handler, door) = (route.handler.clone(), Door { access: route.access, path: route.path });
        let serve = move |State(app): State<Arc<App>>,
                          Extension(call): Extension<Call>,
                          method: http::Method,
                          uri: Uri,
                          params: RawPathParams,
                          headers: HeaderMap| {
            let handler = handler.clone();
            let params = params.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
            async move {
                let knock = Knock { app: &app, call: &call, method, uri, headers };
                carry(knock.serve(door, params, handler).await)
            }
        };
        let path = match route.path.starts_with('/') {
            true => route.path.to_string(),
            false => format!("/api/v1/{}", route.path),
        };
        router = router.route(&path, on(filter, serve));
    }
    router
}

/// What a route asks of its caller.
#[derive(Clone, Copy)]
struct Door {
    access: Access,
    path: &'static str,
}

impl Door {
    /// Open to a session that lacks the second factor that its owner must have: what enrols one.
    fn enrols(self) -> bool {
        self.path == "me" || self.path.starts_with("auth/") || self.path.starts_with("account/")
    }

    /// For people alone: an app's token must not administer accounts, whatever its user's roles. Below the
    /// root the verbs look at scopes themselves.
    fn is_for_people(self) -> bool {
        !self.path.starts_with('/')
    }
}

/// A request to a service.
struct Knock<'r> {
    app: &'r App,
    call: &'r Call,
    method: http::Method,
    uri: Uri,
    headers: HeaderMap,
}

impl Knock<'_> {
    async fn serve(
        &self,
        door: Door,
        params: Vec<(String, String)>,
        handler: Arc<dyn Handler>,
    ) -> Answer<Response<Body>> {
        let cx = self.context(door).await?;
        let query = SearchRequest::from_query(None, self.uri.query().unwrap_or(""))?.params;
        let request = RouteRequest { params, query, headers: self.readable(), body: self.call.body.clone() };
        let reply = handler.handle(cx, request).await?;
        self.response(reply)
    }

    async fn caller(&self, door: Door) -> Answer<Option<Caller>> {
        let (app, method, headers, cx) = (self.app, &self.method, &self.headers, &self.call.cx);
        let presented = headers.get(header::AUTHORIZATION).is_some_and(|v| is_bearer(v.as_bytes()))
            || session::cookie(headers, self.secure()).is_some();
        let caller = match door.access {
            Access::SignedIn if door.enrols() => auth::presented(app, method, headers, cx).await?,
            Access::SignedIn => auth::caller(app, method, headers, cx).await?,
            // What is not good here is as if it had not been sent.
            Access::Open if presented => return Ok(auth::presented(app, method, headers, cx).await.ok()),
            Access::Open => return Ok(None),
        };
        if door.is_for_people() && caller.grant.client.is_some() {
            return Err(Failure::new(403, text::CLIENT));
        }
        Ok(Some(caller))
    }

    async fn context(&self, door: Door) -> Answer<RouteCtx> {
        let (app, call) = (self.app, self.call);
        let caller = self.caller(door).await?;
        let named = tenant_named(self.app, self.call, &self.headers, &self.uri).await?;
        let name = match (&caller, named) {
            (Some(caller), Some(named)) if named != *caller.tenant => return Err(not_here()),
            (Some(caller), _) => caller.tenant.to_string(),
            (None, Some(named)) => named,
            (None, None) => match self.tenant_said() {
                Some(name) => name,
                None => self.only_tenant().await?,
            },
        };
        let tenant = app.hub.tenant(&name).await.map_err(|_| not_here())?;
        let ctx = match &caller {
            Some(caller) => auth::ctx(app, caller, &call.cx),
            None => auth::nobody(app, &call.cx),
        };
        let mut base = address::origin(&self.headers, &self.uri, call.cx.peer, &app.config);
        if let Some(tenant) = &call.place.tenant {
            base.push_str(&format!("/t/{tenant}"));
        }
        Ok(RouteCtx { hub: app.hub.clone(), tenant, ctx, caller, address: call.cx.address, base })
    }

    /// The tenant that the query or the body of an open verb names: `tenant`.
    fn tenant_said(&self) -> Option<String> {
        let query = SearchRequest::from_query(None, self.uri.query().unwrap_or("")).ok()?.params;
        if let Some((_, name)) = query.into_iter().find(|(name, _)| name == "tenant") {
            return Some(name);
        }
        let body = fhir::json::parse(&self.call.body).ok()?;
        body.get_str("tenant").map(String::from)
    }

    /// Where no tenant is named: the sample clinic, or the one tenant that there is.
    async fn only_tenant(&self) -> Answer<String> {
        if let Some(demo) = &self.app.demo {
            return Ok(demo.tenant.clone());
        }
        let mut tenants = self.app.hub.tenants().await?;
        if tenants.len() != 1 {
            return Err(Failure::new(404, text::TENANT_NOT_NAMED));
        }
        Ok(tenants.remove(0).name)
    }

    fn secure(&self) -> bool {
        address::secure(&self.headers, self.call.cx.peer, &self.app.config)
    }

    fn readable(&self) -> Vec<(String, String)> {
        let readable = self.headers.iter().filter(|(name, _)| **name != header::COOKIE);
        readable.filter_map(|(n, v)| Some((n.as_str().to_string(), v.to_str().ok()?.to_string()))).collect()
    }

    fn response(&self, reply: RouteReply) -> Answer<Response<Body>> {
        let mut response = Response::new(Body::from(reply.body));
        *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, crate::wire::media::JSON);
        for (name, value) in reply.headers {
            let value = HeaderValue::from_str(&value).map_err(|_| Failure::new(500, text::INTERNAL))?;
            headers.insert(HeaderName::from_static(name), value);
        }
        let token = match &reply.session {
            SessionChange::Keep => return Ok(response),
            SessionChange::Start(token) => Some(token.as_str()),
            SessionChange::End => None,
        };
        // Nobody but our own page may sign a browser in or out.
        auth::same_site(&http::Method::POST, &self.headers)?;
        let cookie = session::set_cookie(token, self.secure());
        let cookie = HeaderValue::from_str(&cookie).map_err(|_| Failure::new(500, text::INTERNAL))?;
        response.headers_mut().insert(header::SET_COOKIE, cookie);
        Ok(response)
    }
}

/// The tenant that the path or the host names.
pub async fn tenant_named(app: &App, call: &Call, headers: &HeaderMap, uri: &Uri) -> Answer<Option<String>> {
    if let Some(name) = &call.place.tenant {
        return Ok(Some(name.clone()));
    }
    match address::host(headers, uri) {
        Some(host) => Ok(app.hub.tenant_by_host(host).await?),
        None => Ok(None),
    }
}

fn is_bearer(value: &[u8]) -> bool {
    value.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"bearer "))
}

pub fn not_here() -> Failure {
    Failure::new(404, text::NOT_FOUND)
}
