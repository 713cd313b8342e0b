//! Serves the verbs of the services.

use super::{Call, carry};
use crate::app::App;
use crate::auth;
use crate::failure::Answer;
use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, RawPathParams, State};
use axum::routing::{MethodFilter, on};
use http::{HeaderMap, Response, StatusCode, Uri, header};
use service::{Catalog, Handler, Method, RouteCtx, RouteRequest};
use std::sync::Arc;
use store::search::SearchRequest;

pub fn mount(mut router: Router<Arc<App>>, catalog: &Catalog) -> Router<Arc<App>> {
    for route in catalog.routes() {
        let filter = match route.method {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
            Method::Put => MethodFilter::PUT,
            Method::Delete => MethodFilter::DELETE,
        };
        let handler = route.handler.clone();
        let serve = move |State(app): State<Arc<App>>,
                          Extension(call): Extension<Call>,
                          method: http::Method,
                          uri: Uri,
                          params: RawPathParams,
                          headers: HeaderMap| {
            let handler = handler.clone();
            let params = params.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
            async move { carry(serve(&app, &call, method, uri, params, headers, handler).await) }
        };
        router = router.route(&format!("/api/v1/{}", route.path), on(filter, serve));
    }
    router
}

async fn serve(
    app: &App,
    call: &Call,
    method: http::Method,
    uri: Uri,
    params: Vec<(String, String)>,
    headers: HeaderMap,
    handler: Arc<dyn Handler>,
) -> Answer<Response<Body>> {
    let caller = auth::caller(app, &method, &headers, &call.cx).await?;
    let tenant = app.hub.tenant(&caller.tenant).await?;
    let cx = RouteCtx { tenant, ctx: auth::ctx(app, &caller, &call.cx) };
    let query = SearchRequest::from_query(None, uri.query().unwrap_or(""))?.params;
    let reply = handler.handle(cx, RouteRequest { params, query, body: call.body.clone() }).await?;
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
    response.headers_mut().insert(header::CONTENT_TYPE, crate::wire::media::JSON);
    Ok(response)
}
