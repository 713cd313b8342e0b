//! `$meta`, `$meta-add` and `$meta-delete` of a resource
//! (<https://hl7.org/fhir/R4/resource-operation-meta.html>). Labels decide who sees a record, so a change of them is
//! a version like any other: kept, signed by who made it, and undone by who may.

use super::dispatch::Call;
use super::page::View;
use super::{parameters, present};
use crate::failure::{Answer, Failure};
use crate::text;
use crate::wire::media;
use axum::body::Body;
use bytes::Bytes;
use fhir::{Code, Issue, Json, ResourceType};
use http::{Response, StatusCode};
use store::patch::{Labelling, Patch, Which};

pub async fn get(call: &Call<'_>, rt: ResourceType, id: &str, view: &View) -> Answer<Response<Body>> {
    let found = call.tenant.read(&call.ctx, rt, id).await?;
    let mut response = answer(call, &found.body, view).await?;
    present::stamp(&mut response, found.version, found.at);
    Ok(response)
}

/// Puts the labels of the parameter `meta` on, or takes them off.
pub async fn change(
    call: &Call<'_>,
    rt: ResourceType,
    id: &str,
    view: &View,
    body: &[u8],
    how: fn(Json<'static>) -> Labelling,
) -> Answer<Response<Body>> {
    media::accepted(&call.parts.headers, view.format.as_deref())?;
    let json = fhir::json::parse(body).map_err(|error| Failure::of(400, error.issue()))?;
    let wrong = || Failure::of(400, Issue::error(Code::Required, text::NO_META).at("Parameters.parameter"));
    let mut meta = None;
    for parameter in parameters::read(&json)? {
        let value = parameter.value().filter(|json| json.as_object().is_some() && parameter.name == "meta");
        let value = value.ok_or_else(|| parameter.wrong(400, Code::Value, text::BAD_VALUE))?;
        if meta.replace(value.clone().into_owned()).is_some() {
            return Err(wrong());
        }
    }
    let patch = Patch::Meta(how(meta.ok_or_else(wrong)?));
    let done = call.tenant.patch(&call.ctx, rt, Which::Id(id), &patch, None).await?;
    let mut response = answer(call, &done.body, view).await?;
    present::stamp(&mut response, done.version, done.at);
    Ok(response)
}

async fn answer(call: &Call<'_>, body: &Bytes, view: &View) -> Answer<Response<Body>> {
    let headers = &call.parts.headers;
    let kind = media::accepted(headers, view.format.as_deref())?;
    let resource = fhir::json::parse(body).map_err(|_| Failure::new(500, text::INTERNAL))?;
    let meta = resource.get("meta").cloned().unwrap_or_else(|| Json::Object(fhir::Object::default()));
    let parameter = Json::object([("name", Json::string("return")), ("valueMeta", meta)]);
    let out =
        Json::object([("resourceType", Json::string("Parameters")), ("parameter", Json::array([parameter]))]);
    Ok(present::reply(headers, StatusCode::OK, present::write(&out, view.pretty), kind).await)
}
