//! The CapabilityStatement (<https://hl7.org/fhir/R4/capabilitystatement.html>), made from what the server
//! does. It is the same for all tenants and for nobody in particular, so it tells nothing of any; only the
//! addresses of the authorization server are those that the caller knows us by.

use super::operation::Operations;
use super::page::View;
use super::{builtin, patch, present};
use crate::config::Config;
use crate::failure::Answer;
use crate::wire::{compress, media};
use axum::body::Body;
use bytes::Bytes;
use fhir::search::{Kind, SearchParam, params_for};
use fhir::{Json, ResourceType};
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// Statements kept, by the address that they were made for. A caller can invent addresses.
const KEPT_MAX: usize = 16;

/// The statements, ready to send.
pub struct Capability {
    config: Config,
    operations: Operations,
    kept: Mutex<HashMap<String, Arc<Made>>>,
}

/// One statement.
struct Made {
    plain: Bytes,
    zipped: Option<Bytes>,
    etag: HeaderValue,
}

impl Capability {
    pub fn new(config: &Config, operations: Operations) -> Self {
        Capability { config: config.clone(), operations, kept: Mutex::default() }
    }

    /// The statement for who calls us by this address, without `/fhir`.
    ///
    /// # Errors
    /// 406 when the caller wants another format than JSON.
    pub fn reply(&self, base: &str, headers: &HeaderMap, query: Option<&str>) -> Answer<Response<Body>> {
        let known = self.kept.lock().get(base).cloned();
        let made = known.unwrap_or_else(|| {
            let made = Arc::new(Made::new(&self.config, &self.operations, base));
            let mut kept = self.kept.lock();
            if kept.len() < KEPT_MAX {
                kept.insert(base.to_string(), made.clone());
            }
            made
        });
        made.reply(headers, query)
    }
}

impl Made {
    fn new(config: &Config, operations: &Operations, base: &str) -> Self {
        let plain = Bytes::from(statement(config, operations, base).to_vec());
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &plain);
        let tag: String = digest.as_ref().iter().take(8).map(|b| format!("{b:02x}")).collect();
        let etag = HeaderValue::from_str(&format!("W/\"{tag}\""));
        Made {
            zipped: compress::gzip(&plain),
            etag: etag.unwrap_or(HeaderValue::from_static("W/\"1\"")),
            plain,
        }
    }

    fn reply(&self, headers: &HeaderMap, query: Option<&str>) -> Answer<Response<Body>> {
        let view = View::of(query, None)?;
        let kind = media::accepted(headers, view.format.as_deref())?;
        let mut response = Response::new(Body::empty());
        let pretty = view.pretty || !view.whole();
        if headers.get(header::IF_NONE_MATCH) == Some(&self.etag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else if pretty {
            let body = present::shape(self.plain.clone(), ResourceType::CAPABILITY_STATEMENT, &view)?;
            *response.body_mut() = Body::from(body);
        } else if let (Some(zipped), true) = (&self.zipped, compress::accepts_gzip(headers)) {
            *response.body_mut() = Body::from(zipped.clone());
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        } else {
            *response.body_mut() = Body::from(self.plain.clone());
        }
        let out = response.headers_mut();
        out.insert(header::CONTENT_TYPE, kind);
        out.insert(header::ETAG, self.etag.clone());
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        out.insert(header::VARY, HeaderValue::from_static("accept, accept-encoding"));
        Ok(response)
    }
}

fn text(value: impl Into<std::borrow::Cow<'static, str>>) -> Json<'static> {
    Json::string(value)
}

fn codes(codes: &[&'static str]) -> Json<'static> {
    Json::array(codes.iter().map(|code| Json::object([("code", text(*code))])))
}

fn statement(config: &Config, operations: &Operations, base: &str) -> Json<'static> {
    let version = &config.version;
    let number = if version.number.is_empty() { "0".to_string() } else { version.number.clone() };
    let date = if version.date.is_empty() { "2026-11-22".to_string() } else { version.date.clone() };
    let software = Json::object([("name", text("Medical Hub")), ("version", text(number))]);
    let implementation = Json::object([("description", text("Medical Hub, FHIR R4"))]);
    Json::object([
        ("resourceType", text("CapabilityStatement")),
        ("status", text("active")),
        ("date", text(date)),
        ("kind", text("instance")),
        ("software", software),
        ("implementation", implementation),
        ("fhirVersion", text("4.0.1")),
        ("format", Json::array([text("application/fhir+json"), text("json")])),
        ("patchFormat", Json::array(patch::FORMATS.map(text))),
        ("rest", Json::array([rest(operations, base)])),
    ])
}

fn rest(operations: &Operations, base: &str) -> Json<'static> {
    const SERVICES: &str = "http://terminology.hl7.org/CodeSystem/restful-security-service";
    let coding = Json::object([("system", text(SERVICES)), ("code", text("SMART-on-FHIR"))]);
    let service = Json::object([
        ("coding", Json::array([coding])),
        ("text", text("OAuth2 using SMART-on-FHIR profile")),
    ]);
    let security = Json::object([
        ("extension", Json::array([oauth_uris(base)])),
        ("cors", Json::Bool(true)),
        ("service", Json::array([service])),
        (
            "description",
            text("Every request but this one needs \"Authorization: Bearer\". Every access is audited."),
        ),
    ]);
    Json::object([
        ("mode", text("server")),
        ("security", security),
        ("resource", Json::array(ResourceType::all().map(|rt| resource(rt, operations)))),
        ("interaction", codes(&["transaction", "batch", "search-system", "history-system"])),
        ("searchParam", Json::array(system_params())),
        ("operation", builtin::of_system()),
    ])
}

/// Where tokens come from (<http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris>), for apps that
/// do not know `.well-known/smart-configuration`.
fn oauth_uris(base: &str) -> Json<'static> {
    let uri = |name: &'static str| {
        Json::object([("url", text(name)), ("valueUri", text(format!("{base}/auth/{name}")))])
    };
    let names = ["authorize", "token", "introspect", "revoke", "register"];
    Json::object([
        ("url", text("http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris")),
        ("extension", Json::array(names.map(uri))),
    ])
}

/// What can be asked of a type. AuditEvent is a view of the audit log, which nobody writes.
fn resource(rt: ResourceType, operations: &Operations) -> Json<'static> {
    let read_only = rt == ResourceType::AUDIT_EVENT;
    let interactions: &[&str] = if read_only {
        &["read", "search-type"]
    } else {
        &[
            "read",
            "vread",
            "update",
            "patch",
            "delete",
            "history-instance",
            "history-type",
            "create",
            "search-type",
        ]
    };
    let writes = Json::Bool(!read_only);
    let (params, includes) = params_of(rt);
    let mut out = vec![
        ("type", text(rt.name())),
        ("profile", text(format!("http://hl7.org/fhir/StructureDefinition/{}", rt.name()))),
        ("interaction", codes(interactions)),
        ("versioning", text(if read_only { "no-version" } else { "versioned-update" })),
        ("readHistory", writes.clone()),
        ("updateCreate", writes.clone()),
        ("conditionalCreate", writes.clone()),
        ("conditionalRead", text("full-support")),
        ("conditionalUpdate", writes),
        ("conditionalDelete", text(if read_only { "not-supported" } else { "single" })),
        ("referencePolicy", Json::array([text("literal"), text("logical"), text("local")])),
        ("searchInclude", Json::array(includes)),
        ("searchRevInclude", Json::array(rev_includes(rt))),
        ("searchParam", Json::array(params)),
    ];
    out.extend(operations.told(rt).map(|list| ("operation", list)));
    // An empty array is not allowed in FHIR JSON.
    out.retain(|(_, value)| !value.as_array().is_some_and(<[_]>::is_empty));
    Json::object(out)
}

fn params_of(rt: ResourceType) -> (Vec<Json<'static>>, Vec<Json<'static>>) {
    let mut params = Vec::new();
    let mut includes = vec![text("*")];
    for param in params_for(rt).iter().filter(|p| !store::search::unsupported(p)) {
        params.push(param_of(param));
        if param.kind == Kind::Reference {
            includes.push(text(format!("{}:{}", rt.name(), param.code)));
        }
    }
    (params, includes)
}

fn param_of(param: &SearchParam) -> Json<'static> {
    let mut out = vec![("name", text(param.code)), ("type", text(param.kind.as_str()))];
    if !param.url.is_empty() {
        out.insert(1, ("definition", text(param.url)));
    }
    Json::object(out)
}

/// The references of other types that lead to this one.
fn rev_includes(rt: ResourceType) -> Vec<Json<'static>> {
    let mut out = Vec::new();
    for from in ResourceType::all() {
        let leads = |p: &&SearchParam| p.kind == Kind::Reference && p.targets.contains(&rt);
        for param in params_for(from).iter().filter(leads).filter(|p| !store::search::unsupported(p)) {
            out.push(text(format!("{}:{}", from.name(), param.code)));
        }
    }
    out
}

/// Those that every type has, for a search across types.
fn system_params() -> Vec<Json<'static>> {
    let shared = params_for(ResourceType::BINARY).iter().filter(|p| p.code.starts_with('_'));
    shared.filter(|p| !store::search::unsupported(p)).map(param_of).collect()
}
