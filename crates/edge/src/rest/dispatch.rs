//! From an address and a method to an interaction, for a caller who is signed in.

use super::page::View;
use super::target::{Target, target};
use super::{builtin, bundle, create, delete, history, patch, read, search, update};
use crate::app::App;
use crate::auth;
use crate::cx::Cx;
use crate::failure::{Answer, Failure};
use crate::idempotency::Once;
use crate::metrics::Endpoint;
use crate::text;
use crate::wire::{address, body, media, percent};
use axum::body::Body;
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Method, Response, header};
use std::sync::Arc;
use store::{Caller, Ctx, Tenant};

/// A request of a caller who is signed in, to the tenant that is the caller's.
pub(super) struct Call<'r> {
    pub app: &'r App,
    pub tenant: Arc<Tenant>,
    pub ctx: Ctx,
    pub cx: &'r Cx,
    pub parts: &'r Parts,
    /// The tenant as the path names it.
    pub named: Option<&'r str>,
}

impl Call<'_> {
    /// Our own address as the caller sees it, such as `https://host/t/demo/fhir`.
    pub fn base(&self) -> String {
        let mut base = tenant_base(self.app, self.named, self.parts, self.cx);
        base.push_str("/fhir");
        base
    }
}

/// The tenant's address as the caller knows it, such as `https://host/t/demo`.
fn tenant_base(app: &App, named: Option<&str>, parts: &Parts, cx: &Cx) -> String {
    let mut base = address::origin(&parts.headers, &parts.uri, cx.peer, &app.config);
    if let Some(tenant) = named {
        base.push_str("/t/");
        base.push_str(tenant);
    }
    base
}

/// Answers a request on the FHIR interface.
///
/// # Errors
/// Everything that is not an answer.
pub async fn serve(
    app: &App,
    named: Option<&str>,
    path: &str,
    parts: &Parts,
    body: Body,
    cx: &Cx,
    endpoint: &mut Endpoint,
) -> Answer<Response<Body>> {
    // A slash that hides from proxies in `%2F` would name another thing to them than to us.
    let slashes = |text: &str| text.bytes().filter(|byte| *byte == b'/').count();
    let decoded = percent::decode(path)
        .filter(|decoded| slashes(decoded) == slashes(path))
        .ok_or_else(|| Failure::new(400, text::BAD_PATH))?;
    let path = decoded.trim_end_matches('/');
    let reads = matches!(parts.method, Method::GET | Method::HEAD);
    if path == "metadata" && reads {
        *endpoint = Endpoint::Metadata;
        let base = tenant_base(app, named, parts, cx);
        return app.capability.reply(&base, &parts.headers, parts.uri.query());
    }
    let caller = auth::caller(app, &parts.method, &parts.headers, cx).await?;
    let tenant = tenant(app, named, parts, &caller).await?;
    let call = Call { app, tenant, ctx: auth::ctx(app, &caller, cx), cx, parts, named };
    if let Some(builtin) = builtin::find(path) {
        *endpoint = Endpoint::Operation;
        return Box::pin(builtin::serve(&call, builtin, body)).await;
    }
    let target = target(path)?;
    if reads {
        return get(&call, target, endpoint).await;
    }
    Box::pin(write(&call, target, body, &caller, endpoint)).await
}

/// The caller's tenant, when the address is that tenant's. Other tenants' addresses look like those of
/// tenants that do not exist.
async fn tenant(app: &App, named: Option<&str>, parts: &Parts, caller: &Caller) -> Answer<Arc<Tenant>> {
    let fits = match named {
        Some(name) => name == &*caller.tenant,
        None => match address::host(&parts.headers, &parts.uri) {
            Some(host) => app.hub.tenant_by_host(host).await?.is_none_or(|name| *name == *caller.tenant),
            None => true,
        },
    };
    if !fits {
        return Err(Failure::new(404, text::NOT_FOUND));
    }
    Ok(app.hub.tenant(&caller.tenant).await?)
}

/// What is long or rare is boxed, so that the state of a read stays small.
async fn get(call: &Call<'_>, target: Target<'_>, endpoint: &mut Endpoint) -> Answer<Response<Body>> {
    let view = View::of(call.parts.uri.query(), None)?;
    match target {
        Target::Instance(rt, id) => {
            *endpoint = Endpoint::Read;
            read::read(call, rt, id, &view).await
        }
        Target::Version(rt, id, version) => {
            *endpoint = Endpoint::Vread;
            read::vread(call, rt, id, version, &view).await
        }
        Target::InstanceHistory(rt, id) => {
            *endpoint = Endpoint::History;
            Box::pin(history::serve(call, Some(rt), Some(id), view)).await
        }
        Target::TypeHistory(rt) => {
            *endpoint = Endpoint::TypeHistory;
            Box::pin(history::serve(call, Some(rt), None, view)).await
        }
        Target::SystemHistory => {
            *endpoint = Endpoint::SystemHistory;
            Box::pin(history::serve(call, None, None, view)).await
        }
        Target::Type(rt) => {
            *endpoint = Endpoint::Search;
            Box::pin(search::serve(call, search::Scope::Type(rt), view)).await
        }
        Target::System => {
            *endpoint = Endpoint::SystemSearch;
            Box::pin(search::serve(call, search::Scope::System, view)).await
        }
        Target::Compartment(rt, id, inner) => {
            *endpoint = Endpoint::CompartmentSearch;
            Box::pin(search::serve(call, search::Scope::Compartment(rt, id, inner), view)).await
        }
        Target::SystemSearch | Target::TypeSearch(_) | Target::CompartmentSearch(..) => {
            Err(wrong_method("POST"))
        }
        Target::Metadata => Err(wrong_method("GET, HEAD")),
    }
}

async fn write(
    call: &Call<'_>,
    target: Target<'_>,
    body: Body,
    caller: &Caller,
    endpoint: &mut Endpoint,
) -> Answer<Response<Body>> {
    let parts = call.parts;
    allow(&parts.method, target)?;
    let limits = &call.app.config.limits;
    let post = parts.method == Method::POST;
    let scope = match target {
        Target::SystemSearch if post => Some((search::Scope::System, Endpoint::SystemSearch)),
        Target::TypeSearch(rt) if post => Some((search::Scope::Type(rt), Endpoint::Search)),
        Target::CompartmentSearch(rt, id, inner) if post => {
            Some((search::Scope::Compartment(rt, id, inner), Endpoint::CompartmentSearch))
        }
        _ => None,
    };
    if let Some((scope, searched)) = scope {
        *endpoint = searched;
        media::check_form(&parts.headers)?;
        let body = body::read(&parts.headers, body, limits).await?;
        let form = std::str::from_utf8(&body).map_err(|_| Failure::new(415, text::FORM))?;
        let view = View::of(parts.uri.query(), Some(form))?;
        return search::serve(call, scope, view).await;
    }
    let body = if parts.method == Method::DELETE {
        Bytes::new()
    } else {
        match parts.method == Method::PATCH {
            true => patch::check(&parts.headers)?,
            false => media::check_json(&parts.headers)?,
        }
        body::read(&parts.headers, body, limits).await?
    };
    let address = parts.uri.path_and_query().map_or("", |p| p.as_str());
    let what = [parts.method.as_str().as_bytes(), address.as_bytes(), &body];
    match Once::of(&parts.headers, caller, &what)? {
        Some(once) => {
            let work = Box::pin(change(call, target, body.clone(), endpoint));
            call.app.idempotency.run(once, work).await
        }
        None => change(call, target, body, endpoint).await,
    }
}

/// Which methods an address takes, besides reading.
fn allow(method: &Method, target: Target<'_>) -> Answer<()> {
    let allowed: &[Method] = match target {
        Target::System | Target::SystemSearch | Target::TypeSearch(_) | Target::CompartmentSearch(..) => {
            &[Method::POST]
        }
        Target::Type(_) => &[Method::POST, Method::PUT, Method::PATCH, Method::DELETE],
        Target::Instance(..) => &[Method::PUT, Method::PATCH, Method::DELETE],
        _ => &[],
    };
    if allowed.contains(method) {
        return Ok(());
    }
    Err(wrong_method(match target {
        Target::SystemSearch | Target::TypeSearch(_) | Target::CompartmentSearch(..) => "POST",
        Target::System => "GET, HEAD, POST",
        Target::Type(_) => "GET, HEAD, POST, PUT, PATCH, DELETE",
        Target::Instance(..) => "GET, HEAD, PUT, PATCH, DELETE",
        _ => "GET, HEAD",
    }))
}

async fn change(
    call: &Call<'_>,
    target: Target<'_>,
    body: Bytes,
    endpoint: &mut Endpoint,
) -> Answer<Response<Body>> {
    let method = &call.parts.method;
    match target {
        Target::System => {
            *endpoint = Endpoint::Bundle;
            bundle::serve(call, body).await
        }
        Target::Type(rt) if *method == Method::POST => {
            *endpoint = Endpoint::Create;
            create::serve(call, rt, body).await
        }
        Target::Type(rt) if *method == Method::PUT => {
            *endpoint = Endpoint::UpdateWhere;
            update::conditional(call, rt, body).await
        }
        Target::Type(rt) if *method == Method::PATCH => {
            *endpoint = Endpoint::PatchWhere;
            patch::conditional(call, rt, body).await
        }
        Target::Type(rt) => {
            *endpoint = Endpoint::DeleteWhere;
            delete::conditional(call, rt).await
        }
        Target::Instance(rt, id) if *method == Method::PUT => {
            *endpoint = Endpoint::Update;
            update::serve(call, rt, id, body).await
        }
        Target::Instance(rt, id) if *method == Method::PATCH => {
            *endpoint = Endpoint::Patch;
            patch::serve(call, rt, id, body).await
        }
        Target::Instance(rt, id) => {
            *endpoint = Endpoint::Delete;
            delete::serve(call, rt, id).await
        }
        _ => Err(wrong_method("GET, HEAD")),
    }
}

fn wrong_method(allow: &'static str) -> Failure {
    Failure::new(405, text::METHOD).arg("allow", allow).with(header::ALLOW, HeaderValue::from_static(allow))
}
