//! `GET /api/v1/openapi.json`: what the API offers (OpenAPI 3.1), from the same tables that the router is made
//! of. It is the same for everyone, so it needs no sign-in.

use super::json;
use crate::app::App;
use axum::body::Body;
use axum::extract::State;
use fhir::Json;
use http::Response;
use service::Catalog;
use std::sync::Arc;

/// One verb of the API.
pub struct Verb {
    pub method: &'static str,
    /// Below `/api/v1/`.
    pub path: &'static str,
    pub summary: &'static str,
    /// Whether it asks for a token or a session.
    pub signed_in: bool,
}

/// The edge's own verbs; those of the sample clinic are added with it.
const OWN: [Verb; 7] = [
    Verb { method: "get", path: "version", summary: "What the program is", signed_in: false },
    Verb { method: "get", path: "openapi.json", summary: "This description", signed_in: false },
    Verb {
        method: "post",
        path: "auth/token-session",
        summary: "Opens a session of the web app for an access token",
        signed_in: false,
    },
    Verb { method: "post", path: "auth/logout", summary: "Ends the session", signed_in: false },
    Verb {
        method: "get",
        path: "live",
        summary: "Changes as they happen: server-sent events, resumed by Last-Event-ID or since",
        signed_in: true,
    },
    Verb {
        method: "get",
        path: "admin/parked",
        summary: "Feed rows that a reaction could not handle",
        signed_in: true,
    },
    Verb { method: "post", path: "admin/parked/retry", summary: "Tries such a row again", signed_in: true },
];

const DEMO: [Verb; 2] = [
    Verb { method: "get", path: "demo/accounts", summary: "Accounts of the sample clinic", signed_in: false },
    Verb { method: "post", path: "demo/login", summary: "Enters the sample clinic", signed_in: false },
];

/// The description, made once.
pub fn describe(catalog: &Catalog, demo: bool, version: &str) -> Json<'static> {
    let mut verbs: Vec<Verb> = OWN.into_iter().collect();
    if demo {
        verbs.extend(DEMO);
    }
    verbs.extend(catalog.routes().into_iter().map(|route| Verb {
        method: match route.method {
            service::Method::Get => "get",
            service::Method::Post => "post",
            service::Method::Put => "put",
            service::Method::Patch => "patch",
            service::Method::Delete => "delete",
        },
        path: route.path,
        summary: route.summary,
        signed_in: route.access == service::Access::SignedIn,
    }));
    let mut paths: Vec<(String, Json<'static>)> = Vec::new();
    for verb in verbs {
        let path = match verb.path.starts_with('/') {
            true => verb.path.to_string(),
            false => format!("/api/v1/{}", verb.path),
        };
        let operation = operation(&verb);
        match paths.iter_mut().find(|(known, _)| *known == path) {
            Some((_, item)) => {
                if let Some(item) = item.as_object_mut() {
                    item.set(verb.method, operation);
                }
            }
            None => paths.push((path, Json::object([(verb.method, operation)]))),
        }
    }
    let bearer = Json::object([("type", Json::string("http")), ("scheme", Json::string("bearer"))]);
    let schemes = Json::object([("securitySchemes", Json::object([("bearer", bearer)]))]);
    let info = Json::object([
        ("title", Json::string("Medical Hub")),
        ("version", Json::string(version.to_string())),
    ]);
    Json::object([
        ("openapi", Json::string("3.1.0")),
        ("info", info),
        ("paths", Json::object(paths)),
        ("components", schemes),
    ])
}

fn operation(verb: &Verb) -> Json<'static> {
    let text = |text: &'static str| Json::object([("description", Json::string(text))]);
    let mut responses = vec![("2XX", text("Done")), ("4XX", text("Refused: application/problem+json"))];
    let names = verb.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let parameters: Vec<Json<'static>> = names
        .map(|name| {
            Json::object([
                ("name", Json::string(name)),
                ("in", Json::string("path")),
                ("required", Json::Bool(true)),
                ("schema", Json::object([("type", Json::string("string"))])),
            ])
        })
        .collect();
    let mut out = vec![("summary", Json::string(verb.summary))];
    if !parameters.is_empty() {
        out.push(("parameters", Json::Array(parameters)));
    }
    if matches!(verb.method, "post" | "put" | "patch") {
        // Of what shape it must be, the verb's own page says; anything else is refused with the field's name.
        let object = Json::object([("type", Json::string("object"))]);
        let json = Json::object([("application/json", Json::object([("schema", object)]))]);
        out.push(("requestBody", Json::object([("content", json)])));
    }
    if verb.signed_in {
        responses.push(("401", text("Not signed in")));
        out.push(("security", Json::array([Json::object([("bearer", Json::Array(Vec::new()))])])));
    }
    out.push(("responses", Json::object(responses)));
    Json::object(out)
}

pub async fn serve(State(app): State<Arc<App>>) -> Response<Body> {
    json(200, &app.openapi)
}
