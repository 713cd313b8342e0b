//! Routes out of plain functions: one verb, one `async fn`.

use async_trait::async_trait;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::future::Future;
use std::sync::Arc;
use store::Result;

/// A verb that anyone may call.
pub fn open<S, F, Fut>(
    state: &Arc<S>,
    method: Method,
    path: &'static str,
    summary: &'static str,
    verb: F,
) -> Route
where
    S: Send + Sync + 'static,
    F: Fn(Arc<S>, RouteCtx, RouteRequest) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<RouteReply>> + Send + 'static,
{
    let handler = Arc::new(Verb { state: state.clone(), verb });
    Route { method, path, summary, access: Access::Open, handler }
}

/// A verb for who is signed in.
pub fn signed_in<S, F, Fut>(
    state: &Arc<S>,
    method: Method,
    path: &'static str,
    summary: &'static str,
    verb: F,
) -> Route
where
    S: Send + Sync + 'static,
    F: Fn(Arc<S>, RouteCtx, RouteRequest) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<RouteReply>> + Send + 'static,
{
    Route { access: Access::SignedIn, ..open(state, method, path, summary, verb) }
}

struct Verb<S, F> {
    state: Arc<S>,
    verb: F,
}

#[async_trait]
impl<S, F, Fut> Handler for Verb<S, F>
where
    S: Send + Sync + 'static,
    F: Fn(Arc<S>, RouteCtx, RouteRequest) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<RouteReply>> + Send + 'static,
{
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        (self.verb)(self.state.clone(), cx, request).await
    }
}
