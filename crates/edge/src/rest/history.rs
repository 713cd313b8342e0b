//! history of a resource, of a type, of everything (<https://hl7.org/fhir/R4/http.html#history>).

use super::dispatch::Call;
use super::page::{Summary, View, bad};
use super::present;
use super::write_bundle::{BundleWriter, Link};
use crate::failure::{Answer, Failure};
use crate::text;
use crate::wire::media;
use crate::wire::prefer::Prefer;
use axum::body::Body;
use fhir::ResourceType;
use http::{Response, StatusCode};
use store::{HistoryRequest, Op};

/// Entries of a page when `_count` does not say.
const COUNT: usize = 100;

pub async fn serve(
    call: &Call<'_>,
    rt: Option<ResourceType>,
    id: Option<&str>,
    view: View,
) -> Answer<Response<Body>> {
    let headers = &call.parts.headers;
    let kind = media::accepted(headers, view.format.as_deref())?;
    let (request, query) = read(rt, id, &view, Prefer::of(headers).strict)?;
    let page = call.tenant.history(&call.ctx, &request).await?;
    let base = call.base();
    let address = match (rt, id) {
        (Some(rt), Some(id)) => format!("{base}/{}/{id}/_history", rt.name()),
        (Some(rt), None) => format!("{base}/{}/_history", rt.name()),
        (None, _) => format!("{base}/_history"),
    };
    let size = page.entries.iter().map(|entry| entry.body.len() + 320).sum();
    let mut out = BundleWriter::new(call, "history", page.total, size);
    out.link(Link::SelfLink, &address, &query, view.page.as_deref());
    if let Some(next) = page.next {
        out.link(Link::Next, &address, &query, Some(&next.to_string()));
    }
    if view.summary != Summary::Count {
        let plain = View { summary: view.summary, elements: view.elements.clone(), ..View::default() };
        for entry in &page.entries {
            let body = match entry.op {
                Op::Delete => entry.body.clone(),
                _ => present::shape(entry.body.clone(), entry.rt, &plain)?,
            };
            out.version(&base, entry, &body);
        }
    }
    Ok(present::reply(headers, StatusCode::OK, out.finish(view.pretty), kind).await)
}

/// The request, and its query again for the links.
fn read(
    rt: Option<ResourceType>,
    id: Option<&str>,
    view: &View,
    strict: bool,
) -> Answer<(HistoryRequest, String)> {
    let mut request =
        HistoryRequest { rt, id: id.map(String::from), count: COUNT, ..HistoryRequest::default() };
    if let Some(page) = &view.page {
        request.before = Some(page.parse().map_err(|_| bad("_page", "the value of a next link"))?);
    }
    let mut query = String::new();
    for (name, value) in &view.rest {
        match name.as_str() {
            "_count" => {
                let count: usize = value.parse().map_err(|_| bad(name, "0, 1, 2 …"))?;
                request.count = count.clamp(1, 1_000);
            }
            "_since" => request.since = Some(moment(name, value)?.lo_ms),
            "_at" => {
                let (prefix, rest) = value.split_at_checked(2).unwrap_or(("", value));
                match prefix {
                    "ge" => request.since = Some(moment(name, rest)?.lo_ms),
                    "gt" | "sa" => request.since = Some(moment(name, rest)?.hi_ms + 1),
                    "le" => request.until = Some(moment(name, rest)?.hi_ms),
                    "lt" | "eb" => request.until = Some(moment(name, rest)?.lo_ms - 1),
                    "eq" => (request.since, request.until) = both(moment(name, rest)?),
                    _ => (request.since, request.until) = both(moment(name, value)?),
                }
            }
            "_summary" => continue,
            other if strict => {
                let name: String = other.chars().take(40).collect();
                return Err(Failure::new(400, text::UNKNOWN_PARAMETER).arg("name", name));
            }
            _ => continue,
        }
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        crate::wire::percent::encode(value, &mut query);
    }
    Ok((request, query))
}

fn both(moment: fhir::date::Moment) -> (Option<i64>, Option<i64>) {
    (Some(moment.lo_ms), Some(moment.hi_ms))
}

fn moment(name: &str, value: &str) -> Answer<fhir::date::Moment> {
    fhir::date::parse(value).ok_or_else(|| bad(name, "2026-11-22, 2026-11-22T08:00:00Z"))
}
