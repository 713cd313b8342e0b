//! Reads the chart. What is not there, and what the caller may not see, is not known: a document says what it lacks.

use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::search::SearchRequest;
use store::{Error, Result, Visible};

/// Resources of a kind that a document looks at.
const COUNT: &str = "200";

pub(crate) struct Stored {
    pub id: String,
    pub version: u64,
    pub at: i64,
    pub json: Json<'static>,
}

impl Stored {
    pub fn of(found: &Visible) -> Result<Stored> {
        let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
        Ok(Stored { id: found.id.clone(), version: found.version, at: found.at, json: json.into_owned() })
    }
}

/// # Errors
/// The store's, but for what is not there or closed.
pub(crate) async fn one(cx: &RouteCtx, rt: ResourceType, id: &str) -> Result<Option<Stored>> {
    match cx.tenant.read(&cx.ctx, rt, id).await {
        Ok(found) => Stored::of(&found).map(Some),
        Err(Error::NotFound | Error::Gone { .. } | Error::Denied) => Ok(None),
        Err(other) => Err(other),
    }
}

/// What a reference such as `Practitioner/7` leads to.
pub(crate) async fn referred(cx: &RouteCtx, reference: &str) -> Result<Option<Stored>> {
    let Some((kind, id)) = reference.split_once('/') else { return Ok(None) };
    match ResourceType::parse(kind) {
        Some(rt) => one(cx, rt, id).await,
        None => Ok(None),
    }
}

/// # Errors
/// As [`one`].
pub(crate) async fn all(cx: &RouteCtx, rt: ResourceType, query: &[(&str, String)]) -> Result<Vec<Stored>> {
    let mut params: Vec<(String, String)> =
        query.iter().map(|(name, value)| ((*name).to_string(), value.clone())).collect();
    params.push(("_count".into(), COUNT.into()));
    let request = SearchRequest { rt: Some(rt), params, ..SearchRequest::default() };
    match cx.tenant.search(&cx.ctx, &request).await {
        Ok(page) => page.entries.iter().map(|found| Stored::of(&found.visible)).collect(),
        Err(Error::Denied) => Ok(Vec::new()),
        Err(other) => Err(other),
    }
}

/// The value of an extension, whatever its datatype.
pub(crate) fn extension<'j>(json: &'j Json<'_>, url: &str) -> Option<&'j Json<'j>> {
    let found: &'j Json<'j> = json.each("extension").find(|e| e.get_str("url") == Some(url))?;
    found.as_object()?.iter().find(|(name, _)| name.starts_with("value")).map(|(_, value)| value)
}

/// The text of a CodeableConcept, else what its first coding is called.
pub(crate) fn label(concept: &Json<'_>) -> Option<String> {
    let coded = |name: &str| concept.each("coding").find_map(|c| c.get_str(name).map(str::to_string));
    concept.get_str("text").map(str::to_string).or_else(|| coded("display")).or_else(|| coded("code"))
}

/// The code of a CodeableConcept in a system.
pub(crate) fn coded<'j>(concept: &'j Json<'_>, system: &str) -> Option<&'j str> {
    concept.each("coding").find(|c| c.get_str("system") == Some(system))?.get_str("code")
}

/// What a reference is called.
pub(crate) fn display(reference: &Json<'_>) -> Option<String> {
    reference.get_str("display").map(String::from)
}

/// The value of an identifier in a system.
pub(crate) fn identified(json: &Json<'_>, system: &str) -> Option<String> {
    let found = json.each("identifier").find(|i| i.get_str("system") == Some(system))?;
    found.get_str("value").map(String::from)
}

pub(crate) fn telecom(json: &Json<'_>, system: &str) -> Option<String> {
    let found = json.each("telecom").find(|t| t.get_str("system") == Some(system))?;
    found.get_str("value").map(String::from)
}

/// A person's name, as it is said: `Dr Claire Fontaine`.
pub(crate) fn name(json: &Json<'_>) -> Option<String> {
    if let Some(name) = json.get_str("name") {
        return Some(name.to_string());
    }
    let best = json.each("name").find(|n| n.get_str("use") == Some("usual")).or(json.each("name").next())?;
    if let Some(text) = best.get_str("text") {
        return Some(text.to_string());
    }
    let parts = best.each("prefix").chain(best.each("given")).filter_map(Json::as_str);
    let parts: Vec<&str> = parts.chain(best.get_str("family")).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The lines of an address.
pub(crate) fn address(json: &Json<'_>) -> Vec<String> {
    let found = json.get("address");
    let Some(address) = found.and_then(|a| a.items().next()).or(found) else { return Vec::new() };
    let mut lines: Vec<String> = address.each("line").filter_map(Json::as_str).map(String::from).collect();
    let town = [address.get_str("postalCode"), address.get_str("city")];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    lines.extend((!town.is_empty()).then_some(town));
    lines
}
