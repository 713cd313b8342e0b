//! `Patient/{id}/$everything` and `Encounter/{id}/$everything`
//! (<https://hl7.org/fhir/R4/patient-operation-everything.html>): the resources of the compartment, page by page,
//! and what they refer to.

use super::dispatch::Call;
use super::page::{View, bad};
use super::{parameters, present, search};
use crate::failure::{Answer, Failure};
use crate::text;
use crate::wire::media;
use axum::body::Body;
use fhir::date::Moment;
use fhir::{Code, ResourceType};
use http::{Response, StatusCode};
use store::Visible;
use store::search::{Mode, SearchRequest};

/// Resources of a page when none is asked: the store's own largest page is 1,000.
const COUNT: &str = "200";

/// What is asked.
#[derive(Default)]
struct Asked {
    /// Only these types; empty is all.
    types: Vec<ResourceType>,
    since: Option<String>,
    count: Option<String>,
    /// Care from and until, both included.
    start: Option<Moment>,
    end: Option<Moment>,
}

pub async fn serve(
    call: &Call<'_>,
    rt: ResourceType,
    id: &str,
    mut view: View,
    body: &[u8],
) -> Answer<Response<Body>> {
    let headers = &call.parts.headers;
    let kind = media::accepted(headers, view.format.as_deref())?;
    if !body.is_empty() {
        add(&mut view, body)?;
    }
    let asked = Asked::read(&view.rest)?;
    if view.page.is_none() {
        // Whose everything it is must be there, and be the caller's to see.
        call.tenant.read(&call.ctx, rt, id).await?;
    }
    let compartment = Some((rt, id.to_string()));
    let request = SearchRequest {
        rt: None,
        params: asked.params(),
        compartment,
        strict: true,
        page: view.page.clone(),
    };
    let mut page = call.tenant.search(&call.ctx, &request).await?;
    page.entries.retain(|found| asked.wants(&found.visible, found.mode));
    if asked.start.is_some() || asked.end.is_some() {
        page.total = None;
    }
    let base = call.base();
    let address = format!("{base}/{rt}/{id}/$everything");
    let body = search::bundle(call, &address, &view, &page, &base)?;
    Ok(present::reply(headers, StatusCode::OK, body, kind).await)
}

/// Takes the parameters of a POST as if they stood in the address, where the next page finds them.
fn add(view: &mut View, body: &[u8]) -> Answer<()> {
    let json = fhir::json::parse(body).map_err(|error| Failure::of(400, error.issue()))?;
    for parameter in parameters::read(&json)? {
        let value = parameter.text();
        let value = value.ok_or_else(|| parameter.wrong(400, Code::Value, text::BAD_VALUE))?;
        view.rest.push((parameter.name.to_string(), value));
    }
    Ok(())
}

impl Asked {
    fn read(rest: &[(String, String)]) -> Answer<Asked> {
        let mut asked = Asked::default();
        for (name, value) in rest {
            let moment = || fhir::date::parse(value).ok_or_else(|| bad(name, "2026-01-31"));
            match name.as_str() {
                "_type" => {
                    for word in value.split(',') {
                        let rt = ResourceType::parse(word.trim());
                        asked.types.push(rt.ok_or_else(|| bad(name, "Observation,Condition"))?);
                    }
                }
                "_since" => {
                    moment()?;
                    asked.since = Some(value.clone());
                }
                "_count" => {
                    let count = value.parse::<usize>().ok().filter(|count| *count > 0);
                    count.ok_or_else(|| bad(name, "1, 2, …"))?;
                    asked.count = Some(value.clone());
                }
                "start" => asked.start = Some(moment()?),
                "end" => asked.end = Some(moment()?),
                _ => {
                    let failure = Failure::new(400, text::NO_SUCH_PARAMETER);
                    return Err(failure.arg("known", "_type, _since, _count, start, end"));
                }
            }
        }
        Ok(asked)
    }

    fn params(&self) -> Vec<(String, String)> {
        let mut out = vec![
            ("_count".to_string(), self.count.clone().unwrap_or_else(|| COUNT.to_string())),
            ("_include".to_string(), "*".to_string()),
        ];
        if !self.types.is_empty() {
            let names: Vec<&str> = self.types.iter().map(|rt| rt.name()).collect();
            out.push(("_type".to_string(), names.join(",")));
        }
        out.extend(self.since.as_ref().map(|since| ("_lastUpdated".to_string(), format!("ge{since}"))));
        out
    }

    /// What clinically happened at another time is left out; what has no such time is not.
    fn wants(&self, found: &Visible, mode: Mode) -> bool {
        if mode == Mode::Include {
            return self.types.is_empty() || self.types.contains(&found.rt);
        }
        if self.start.is_none() && self.end.is_none() {
            return true;
        }
        let Ok(json) = fhir::json::parse(&found.body) else { return true };
        let Some((from, until)) = store::index::care_span(found.rt, &json) else { return true };
        self.start.is_none_or(|start| until >= start.lo_ms) && self.end.is_none_or(|end| from <= end.hi_ms)
    }
}
