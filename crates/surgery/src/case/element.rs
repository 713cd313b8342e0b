//! Extensions, codes and searches of a case.

use bytes::Bytes;
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::search::SearchRequest;
use store::{Error, Result, Visible, Write};
use uuid::Uuid;

pub(crate) const SNOMED: &str = "http://snomed.info/sct";
pub(crate) const SURGERY: &str = "387713003";
pub(crate) const NUMBER: &str = "urn:medhub:case";
pub(crate) const URGENCY: &str = "urn:medhub:case:urgency";
pub(crate) const POSITION: &str = "urn:medhub:case:position";
pub(crate) const APPROACH: &str = "urn:medhub:case:approach";
pub(crate) const ANAESTHESIA: &str = "urn:medhub:case:anaesthesia";
pub(crate) const SETTING: &str = "urn:medhub:case:setting";
pub(crate) const NIGHTS: &str = "urn:medhub:case:nights";
pub(crate) const MINUTES: &str = "urn:medhub:case:minutes";
pub(crate) const CLEANING: &str = "urn:medhub:case:cleaning";
pub(crate) const COST: &str = "urn:medhub:case:cost";
pub(crate) const PREAUTHORISATION: &str = "urn:medhub:case:preauthorisation";
pub(crate) const ISOLATION: &str = "urn:medhub:case:isolation";
pub(crate) const BLOOD: &str = "urn:medhub:case:blood";
pub(crate) const NEED: &str = "urn:medhub:case:need";
pub(crate) const REASON: &str = "urn:medhub:case:reason";
pub(crate) const MILESTONE: &str = "urn:medhub:milestone";

/// Sides by their SNOMED code: right, left, both.
pub(crate) const SIDES: [(&str, &str, &str); 3] = [
    ("right", "24028007", "Côté droit"),
    ("left", "7771000", "Côté gauche"),
    ("both", "51440002", "Bilatéral"),
];

/// More would be no page of a theatre.
const PAGES_MAX: usize = 20;
/// References in one search.
pub(crate) const CHUNK: usize = 50;

pub(crate) fn extensions<'a>(json: &'a Json<'_>, url: &'a str) -> impl Iterator<Item = &'a Json<'a>> {
    let json: &'a Json<'a> = json;
    json.each("extension").filter(move |e| e.get_str("url") == Some(url))
}

/// The value of the first extension of that address, whatever its datatype.
pub(crate) fn value<'a>(json: &'a Json<'_>, url: &'a str) -> Option<&'a Json<'a>> {
    let found = extensions(json, url).next()?;
    found.as_object()?.iter().find(|(name, _)| name.starts_with("value")).map(|(_, value)| value)
}

pub(crate) fn text_at<'a>(json: &'a Json<'_>, url: &'a str) -> Option<&'a str> {
    value(json, url).and_then(Json::as_str)
}

pub(crate) fn number_at(json: &Json<'_>, url: &str) -> Option<i64> {
    value(json, url).and_then(Json::as_number).and_then(|n| n.parse().ok())
}

/// The text, else the first display, else the first code of a CodeableConcept.
pub(crate) fn label(concept: &Json<'_>) -> Option<String> {
    let coded = |name: &str| concept.each("coding").find_map(|c| c.get_str(name).map(str::to_string));
    concept.get_str("text").map(str::to_string).or_else(|| coded("display")).or_else(|| coded("code"))
}

pub(crate) fn concept_at(json: &Json<'_>, url: &str) -> Option<String> {
    value(json, url).and_then(label)
}

pub(crate) fn make(url: &'static str, member: &'static str, value: Json<'static>) -> Json<'static> {
    Json::object([("url", Json::string(url)), (member, value)])
}

/// Sets the extension of that address, or removes it.
pub(crate) fn put(json: &mut Json<'static>, url: &str, with: Option<Json<'static>>) {
    let Some(object) = json.as_object_mut() else { return };
    let mut kept: Vec<Json<'static>> = match object.remove("extension") {
        Some(Json::Array(items)) => items,
        _ => Vec::new(),
    };
    kept.retain(|e| e.get_str("url") != Some(url));
    kept.extend(with);
    if !kept.is_empty() {
        object.set("extension", Json::Array(kept));
    }
}

pub(crate) fn text(value: impl Into<String>) -> Json<'static> {
    Json::string(value.into())
}

pub(crate) fn maybe(value: Option<impl Into<String>>) -> Json<'static> {
    value.map_or(Json::Null, text)
}

pub(crate) fn number(value: Option<i64>) -> Json<'static> {
    value.map_or(Json::Null, Json::integer)
}

pub(crate) fn words(value: &str) -> Json<'static> {
    Json::object([("text", text(value))])
}

pub(crate) fn concept(system: &str, code: &str, shown: &str) -> Json<'static> {
    let coding = [("system", text(system)), ("code", text(code)), ("display", text(shown))];
    Json::object([("coding", Json::array([Json::object(coding)])), ("text", text(shown))])
}

pub(crate) fn link(to: &str, shown: Option<&str>) -> Json<'static> {
    let shown = shown.map(|shown| ("display", text(shown)));
    Json::object([("reference", text(to))].into_iter().chain(shown))
}

/// Milliseconds since 1970 of a FHIR date, dateTime or instant.
pub(crate) fn ms(text: &str) -> Option<i64> {
    fhir::date::parse(text).map(|moment| moment.lo_ms)
}

pub(crate) fn instant(ms: i64) -> Json<'static> {
    text(fhir::date::instant_format(ms))
}

/// `right`, `left` or `both` of a `bodySite`.
pub(crate) fn side_of(json: &Json<'_>) -> Option<&'static str> {
    let codings = json.each("bodySite").flat_map(|site| site.each("coding"));
    let mut snomed =
        codings.filter(|c| c.get_str("system") == Some(SNOMED)).filter_map(|c| c.get_str("code"));
    snomed.find_map(|code| SIDES.iter().find(|side| side.1 == code).map(|side| side.0))
}

pub(crate) fn is_surgery(json: &Json<'_>) -> bool {
    let mut codings = json.each("category").flat_map(|category| category.each("coding"));
    codings.any(|c| c.get_str("system") == Some(SNOMED) && c.get_str("code") == Some(SURGERY))
}

/// `ServiceRequest/…` that it is based on.
pub(crate) fn case_of<'j>(json: &'j Json<'_>) -> Option<&'j str> {
    json.each("basedOn").find_map(|r| r.get_str("reference").filter(|r| r.starts_with("ServiceRequest/")))
}

/// An id that is the same whenever it is asked for.
pub(crate) fn derived(kind: &str, case: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("urn:medhub:{kind}:{case}").as_bytes()).to_string()
}

pub(crate) fn parsed(found: &Visible) -> Result<Json<'static>> {
    let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
    Ok(json.into_owned())
}

/// Writes a version over the one that was read; `None`: there is none yet.
pub(crate) fn write(rt: ResourceType, id: &str, version: Option<u64>, json: &Json<'_>) -> Write {
    let body = Bytes::from(json.to_vec());
    Write::Update { rt, id: id.into(), body, if_match: version, if_none_match: version.is_none() }
}

/// Everything that a search finds, over its pages; nothing where the caller may not look.
///
/// # Errors
/// The store's, but `Denied`.
pub(crate) async fn all(cx: &RouteCtx, rt: ResourceType, query: &[(&str, String)]) -> Result<Vec<Visible>> {
    let mut params: Vec<(String, String)> =
        query.iter().map(|(n, v)| ((*n).to_string(), v.clone())).collect();
    params.push(("_count".into(), "1000".into()));
    let mut request = SearchRequest { rt: Some(rt), params, ..SearchRequest::default() };
    let mut found = Vec::new();
    for _ in 0..PAGES_MAX {
        let page = match cx.tenant.search(&cx.ctx, &request).await {
            Err(Error::Denied) => return Ok(found),
            page => page?,
        };
        found.extend(page.entries.into_iter().map(|entry| entry.visible));
        match page.next {
            Some(next) => request.page = Some(next),
            None => break,
        }
    }
    Ok(found)
}

/// Whether somebody else wrote in between, so that it is worth preparing the write again.
pub(crate) fn raced(error: &Error) -> bool {
    match error {
        Error::VersionConflict { .. } => true,
        Error::InWrite { error, .. } => raced(error),
        _ => false,
    }
}

/// The shown name of a Practitioner, a Location and the like.
pub(crate) fn name(json: &Json<'_>) -> String {
    if let Some(name) = json.get_str("name") {
        return name.to_string();
    }
    let Some(name) = json.each("name").next() else { return String::new() };
    if let Some(text) = name.get_str("text") {
        return text.to_string();
    }
    let parts = name.each("prefix").chain(name.each("given")).filter_map(Json::as_str);
    parts.chain(name.get_str("family")).collect::<Vec<_>>().join(" ")
}

/// What a reference that the caller may read is called.
///
/// # Errors
/// `NotFound` when it leads nowhere; the store's.
pub(crate) async fn name_of(cx: &RouteCtx, reference: &str) -> Result<String> {
    let (kind, id) = reference.split_once('/').ok_or(Error::NotFound)?;
    let kind = ResourceType::parse(kind).ok_or(Error::NotFound)?;
    Ok(name(&parsed(&cx.tenant.read(&cx.ctx, kind, id).await?)?))
}
