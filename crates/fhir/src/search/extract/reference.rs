//! References (<https://hl7.org/fhir/R4/search.html#reference>).

use crate::search::value::{Identifier, Reference, Value};
use crate::{Json, ResourceType};

/// A Reference; with `wanted`, only one that leads to that type, as far as can be told from the text.
pub(super) fn reference<'a>(
    element: &'a Json<'a>,
    wanted: Option<ResourceType>,
    resource: &'a Json<'a>,
    out: &mut Vec<Value<'a>>,
) {
    let url = element.get_str("reference").filter(|s| !s.is_empty());
    let mut found = url.map(Reference::parse).unwrap_or_default();
    found.identifier = element.get("identifier").and_then(|identifier| {
        Some(Identifier { system: identifier.get_str("system"), value: identifier.get_str("value")? })
    });
    found.display = element.get_str("display");
    if found.rt.is_none() {
        found.rt = declared(element, url, resource);
    }
    if found.url.is_none() && found.identifier.is_none() && found.display.is_none() {
        return;
    }
    if wanted.is_none() || found.rt == wanted {
        out.push(Value::Reference(found));
    }
}

/// The type that the URL does not tell: of a contained resource, or as the reference says.
fn declared<'a>(element: &'a Json<'a>, url: Option<&str>, resource: &'a Json<'a>) -> Option<ResourceType> {
    match url.and_then(|url| url.strip_prefix('#')) {
        Some("") => ResourceType::of(resource),
        Some(id) => ResourceType::of(resource.each("contained").find(|c| c.get_str("id") == Some(id))?),
        None => ResourceType::parse(element.get_str("type")?.rsplit('/').next()?),
    }
}

/// A canonical or a plain uri.
pub(super) fn canonical<'a>(
    element: &'a Json<'a>,
    wanted: Option<ResourceType>,
    resource: &'a Json<'a>,
    out: &mut Vec<Value<'a>>,
) {
    let Some(url) = element.as_str().filter(|s| !s.is_empty()) else { return };
    let mut found = Reference::canonical(url);
    if found.rt.is_none() {
        found.rt = declared(element, Some(url), resource);
    }
    if wanted.is_none() || found.rt == wanted {
        out.push(Value::Reference(found));
    }
}

/// A resource in its place (`Bundle.entry[0].resource`).
pub(super) fn inline<'a>(element: &'a Json<'a>, out: &mut Vec<Value<'a>>) {
    let rt = ResourceType::of(element);
    if let (Some(_), Some(id)) = (rt, element.get_str("id")) {
        out.push(Value::Reference(Reference { rt, id: Some(id), ..Reference::default() }));
    }
}
