//! Calls the verbs of a service in tests, as the edge would.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::TestHub;
use crate::{RouteCtx, RouteReply, RouteRequest, Service};
use bytes::Bytes;
use fhir::Json;
use std::net::{IpAddr, Ipv4Addr};
use store::{Ctx, Result};

impl TestHub {
    /// The answer of `method` `path` (below `/api/v1/`, with a query or without) for someone.
    pub async fn call(
        &self,
        service: &dyn Service,
        ctx: Ctx,
        method: &str,
        path: &str,
        body: &str,
    ) -> Result<RouteReply> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let segments: Vec<&str> = path.split('/').collect();
        for route in service.routes().iter().filter(|r| r.method.as_str() == method) {
            let Some(params) = params(route.path, &segments) else { continue };
            let query = query.split('&').filter_map(|pair| pair.split_once('='));
            let request = RouteRequest {
                params,
                query: query.map(|(n, v)| (n.to_string(), v.to_string())).collect(),
                headers: Vec::new(),
                body: Bytes::from(body.to_string()),
            };
            let cx = RouteCtx {
                hub: self.hub.clone(),
                tenant: self.tenant.clone(),
                ctx,
                caller: None,
                address: IpAddr::V4(Ipv4Addr::LOCALHOST),
                base: "http://hub.test".into(),
            };
            return route.handler.handle(cx, request).await;
        }
        panic!("no route answers {method} {path}");
    }

    /// The same for an answer that must be good, read as JSON.
    pub async fn ask(
        &self,
        service: &dyn Service,
        ctx: Ctx,
        method: &str,
        path: &str,
        body: &str,
    ) -> Json<'static> {
        match self.call(service, ctx, method, path, body).await {
            Ok(reply) if reply.status < 300 && reply.body.is_empty() => Json::Null,
            Ok(reply) if reply.status < 300 => fhir::json::parse(&reply.body).expect("JSON").into_owned(),
            Ok(reply) => panic!("{}: {}", reply.status, String::from_utf8_lossy(&reply.body)),
            Err(store::Error::Refused(issues)) => panic!("refused: {issues:?}"),
            Err(error) => panic!("{error}"),
        }
    }
}

fn params(pattern: &str, segments: &[&str]) -> Option<Vec<(String, String)>> {
    let pattern: Vec<&str> = pattern.split('/').collect();
    if pattern.len() != segments.len() {
        return None;
    }
    let mut found = Vec::new();
    for (wanted, given) in pattern.iter().zip(segments) {
        match wanted.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => found.push((name.to_string(), given.to_string())),
            None if wanted == given => {}
            None => return None,
        }
    }
    Some(found)
}
