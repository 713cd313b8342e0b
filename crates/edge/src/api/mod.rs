//! The product's own API, `/api/v1`: sign-in, the operator's verbs, and the verbs of the services. Errors are
//! `application/problem+json`.

mod demo;
mod me;
pub(crate) mod openapi;
mod parked;
pub(crate) mod routes;
mod sign_in;

use crate::app::App;
use crate::cx::Cx;
use crate::failure::{Answer, Failure};
use crate::live;
use crate::metrics::Endpoint;
use crate::text;
use crate::wire::body;
use axum::Router;
use axum::body::Body;
use axum::routing::{get, post};
use bytes::Bytes;
use fhir::Json;
use http::request::Parts;
use http::{HeaderValue, Request, Response, StatusCode, header};
use service::Catalog;
use std::sync::Arc;
use tower::ServiceExt;

/// A request whose body has been read, as the handlers take it.
#[derive(Clone)]
pub(crate) struct Call {
    pub cx: Cx,
    pub body: Bytes,
    pub place: Place,
}

/// Where a request knocked.
#[derive(Clone)]
pub(crate) struct Place {
    /// The tenant that the path names.
    pub tenant: Option<String>,
    /// The path below it, which the router sees.
    path: String,
}

impl Place {
    pub fn new(tenant: Option<&str>, path: &str) -> Place {
        Place { tenant: tenant.map(str::to_string), path: path.to_string() }
    }
}

/// What a handler could not do; the edge renders it. It rides on the response, since the router's handlers
/// cannot fail.
#[derive(Clone)]
struct Carried(Arc<parking_lot::Mutex<Option<Failure>>>);

/// Turns a handler's answer into a response for the router.
pub(crate) fn carry(answer: Answer<Response<Body>>) -> Response<Body> {
    answer.unwrap_or_else(|failure| {
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(Carried(Arc::new(parking_lot::Mutex::new(Some(failure)))));
        response
    })
}

/// The routes. Those of the sample clinic exist only with it.
pub fn router(catalog: &Catalog, demo: bool) -> Router<Arc<App>> {
    let mut router = Router::new()
        .route("/api/v1/version", get(me::version))
        .route("/api/v1/openapi.json", get(openapi::serve))
        .route("/api/v1/auth/token-session", post(sign_in::token_session))
        .route("/api/v1/auth/logout", post(sign_in::logout))
        .route("/api/v1/live", get(live::serve))
        .route("/api/v1/admin/parked", get(parked::list))
        .route("/api/v1/admin/parked/retry", post(parked::retry));
    if demo {
        router = router
            .route("/api/v1/demo/accounts", get(demo::accounts))
            .route("/api/v1/demo/login", post(demo::login));
    }
    routes::mount(router, catalog).fallback(|| async { carry(Err(Failure::new(404, text::NOT_FOUND))) })
}

/// Answers a request on the API, with and without a slash at the end of its path.
///
/// # Errors
/// Everything that is not an answer.
pub async fn serve(
    app: &Arc<App>,
    router: &Router<Arc<App>>,
    place: Place,
    mut parts: Parts,
    content: Body,
    cx: &Cx,
    endpoint: &mut Endpoint,
) -> Answer<Response<Body>> {
    if ["/api/v1/auth/", "/auth/", "/api/v1/demo/login"].iter().any(|p| place.path.starts_with(p)) {
        *endpoint = Endpoint::SignIn;
    }
    let body = body::read(&parts.headers, content, &app.config.limits).await?;
    let query = parts.uri.query().map(|q| format!("?{q}")).unwrap_or_default();
    let path = place.path.trim_end_matches('/');
    parts.uri = format!("{path}{query}").parse().map_err(|_| Failure::new(400, text::BAD_PATH))?;
    parts.extensions.insert(Call { cx: *cx, body, place });
    let request = Request::from_parts(parts, Body::empty());
    let Ok(mut response) = router.clone().with_state(app.clone()).oneshot(request).await;
    let carried = response.extensions_mut().remove::<Carried>();
    if let Some(failure) = carried.and_then(|carried| carried.0.lock().take()) {
        return Err(failure);
    }
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        let allow = response.headers().get(header::ALLOW).cloned();
        let allow = allow.unwrap_or(HeaderValue::from_static("GET"));
        let named = allow.to_str().unwrap_or("GET").to_string();
        return Err(Failure::new(405, text::METHOD).arg("allow", named).with(header::ALLOW, allow));
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    Ok(response)
}

/// A JSON answer.
pub(crate) fn json(status: u16, body: &Json<'_>) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_vec()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    response.headers_mut().insert(header::CONTENT_TYPE, crate::wire::media::JSON);
    response
}

/// The body as a JSON object with this string member.
///
/// # Errors
/// 400 when it is not that.
pub(crate) fn member(body: &Bytes, name: &'static str) -> Answer<String> {
    let expected = format!("{{\"{name}\": \"…\"}}");
    let bad = || Failure::new(400, text::BAD_JSON).arg("expected", &expected);
    let json = fhir::json::parse(body).map_err(|_| bad())?;
    json.get_str(name).filter(|v| !v.is_empty() && v.len() <= 1_000).map(String::from).ok_or_else(bad)
}
