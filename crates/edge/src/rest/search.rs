//! search (<https://hl7.org/fhir/R4/http.html#search>), of a type, of all, in a compartment; GET and POST.

use super::dispatch::Call;
use super::page::{Summary, View};
use super::present;
use super::write_bundle::{BundleWriter, Link};
use crate::failure::Answer;
use crate::outcome;
use crate::wire::prefer::Prefer;
use crate::wire::{media, percent};
use axum::body::Body;
use fhir::{Json, ResourceType};
use http::{Response, StatusCode};
use store::search::{Mode, SearchPage, SearchRequest};

/// Where to search.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'r> {
    System,
    Type(ResourceType),
    Compartment(ResourceType, &'r str, Option<ResourceType>),
}

impl Scope<'_> {
    fn address(self, base: &str) -> String {
        match self {
            Scope::System => base.to_string(),
            Scope::Type(rt) => format!("{base}/{}", rt.name()),
            Scope::Compartment(rt, id, inner) => {
                format!("{base}/{}/{id}/{}", rt.name(), inner.map_or("*", ResourceType::name))
            }
        }
    }

    fn request(self, view: &View, strict: bool) -> SearchRequest {
        let (rt, compartment) = match self {
            Scope::System => (None, None),
            Scope::Type(rt) => (Some(rt), None),
            Scope::Compartment(of, id, inner) => (inner, Some((of, id.to_string()))),
        };
        SearchRequest { rt, params: view.rest.clone(), compartment, strict, page: view.page.clone() }
    }
}

pub async fn serve(call: &Call<'_>, scope: Scope<'_>, view: View) -> Answer<Response<Body>> {
    let headers = &call.parts.headers;
    let kind = media::accepted(headers, view.format.as_deref())?;
    let request = scope.request(&view, Prefer::of(headers).strict);
    let page = call.tenant.search(&call.ctx, &request).await?;
    let base = call.base();
    let body = bundle(call, &scope.address(&base), &view, &page, &base)?;
    Ok(present::reply(headers, StatusCode::OK, body, kind).await)
}

/// A page as a Bundle whose links lead to this address.
pub(super) fn bundle(
    call: &Call<'_>,
    address: &str,
    view: &View,
    page: &SearchPage,
    base: &str,
) -> Answer<bytes::Bytes> {
    let query = query(view);
    let size = page.entries.iter().map(|found| found.visible.body.len() + 256).sum::<usize>();
    let mut out = BundleWriter::new(call, "searchset", page.total, size);
    out.link(Link::SelfLink, address, &query, view.page.as_deref());
    if let Some(next) = &page.next {
        out.link(Link::Next, address, &query, Some(next));
    }
    if view.summary != Summary::Count {
        for found in &page.entries {
            let mode = if found.mode == Mode::Match { "match" } else { "include" };
            let body = present::shape(found.visible.body.clone(), found.visible.rt, &unindented(view))?;
            out.found(base, &found.visible, &body, mode);
        }
    }
    if !page.issues.is_empty() {
        let told = outcome::operation_outcome(&page.issues, call.cx.lang, call.cx.id);
        out.outcome(&told.to_vec());
    }
    Ok(out.finish(view.pretty))
}

/// Entries are indented with the whole bundle, not each alone.
fn unindented(view: &View) -> View {
    View { summary: view.summary, elements: view.elements.clone(), ..View::default() }
}

/// The query of the `self` link: what was asked, encoded.
fn query(view: &View) -> String {
    let mut out = String::new();
    let mut add = |name: &str, value: &str| {
        if !out.is_empty() {
            out.push('&');
        }
        percent::encode(name, &mut out);
        out.push('=');
        percent::encode(value, &mut out);
    };
    for (name, value) in &view.rest {
        add(name, value);
    }
    match view.summary {
        Summary::True => add("_summary", "true"),
        Summary::Text => add("_summary", "text"),
        Summary::Data => add("_summary", "data"),
        Summary::False | Summary::Count => {}
    }
    if !view.elements.is_empty() {
        add("_elements", &view.elements.join(","));
    }
    if let Some(format) = &view.format {
        add("_format", format);
    }
    if view.pretty {
        add("_pretty", "true");
    }
    out
}

/// Text as a JSON string.
pub(super) fn quoted(text: &str, out: &mut Vec<u8>) {
    Json::String(text.into()).write(out);
}
