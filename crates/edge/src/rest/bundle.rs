//! batch and transaction (<https://hl7.org/fhir/R4/http.html#transaction>).

use super::create::not_empty;
use super::dispatch::Call;
use super::page::View;
use super::present;
use crate::failure::{Answer, Failure};
use crate::text;
use crate::wire::media;
use crate::wire::prefer::Prefer;
use axum::body::Body;
use bytes::Bytes;
use http::{Response, StatusCode};
use store::bundle::Options;
use store::{Ctx, Tenant};
use tokio::runtime::Handle;

pub async fn serve(call: &Call<'_>, body: Bytes) -> Answer<Response<Body>> {
    let headers = &call.parts.headers;
    let view = View::of(call.parts.uri.query(), None)?;
    let kind = media::accepted(headers, view.format.as_deref())?;
    let body = not_empty(body)?;
    let options = Options {
        prefer: Prefer::of(headers).back.unwrap_or_default(),
        base: call.base(),
        entries_max: call.app.config.limits.entries,
    };
    // Reading, checking and sealing thousands of resources takes the processor for long: it must not hold up
    // the threads that serve the sockets.
    let (tenant, ctx, runtime) = (call.tenant.clone(), call.ctx.clone(), Handle::current());
    let work = tokio::task::spawn_blocking(move || runtime.block_on(run(&tenant, &ctx, &body, &options)));
    let answer = work.await.map_err(|_| Failure::new(500, text::INTERNAL))??;
    let answer = if view.pretty {
        let json = fhir::json::parse(&answer).map_err(|_| Failure::new(500, text::INTERNAL))?;
        present::write(&json, true)
    } else {
        answer
    };
    Ok(present::reply(headers, StatusCode::OK, answer, kind).await)
}

async fn run(tenant: &Tenant, ctx: &Ctx, body: &[u8], options: &Options) -> Answer<Bytes> {
    let bundle = fhir::json::parse(body).map_err(|error| Failure::of(400, error.issue().at("Bundle")))?;
    if bundle.get_str("resourceType") != Some("Bundle") {
        return Err(Failure::new(400, text::NOT_BUNDLE));
    }
    Ok(tenant.bundle(ctx, &bundle, options).await?)
}
