//! What an operation puts in: a value of a data type, the parts of a type that has no name, or a resource.

use super::operation::values;
use fhir::Json;
use fhir::validate::schema::{Schema, Structure};

/// Parts in parts.
const DEPTH_MAX: usize = 40;

#[derive(Clone, Debug)]
pub(super) enum Content {
    /// `value[x]` and what stands beside it.
    Typed {
        suffix: String,
        json: Option<Json<'static>>,
        beside: Option<Json<'static>>,
    },
    /// Each with the name of its element.
    Parts(Vec<(String, Content)>),
    Resource(Json<'static>),
}

impl Content {
    /// None unless the part has exactly one of the three.
    pub fn read(part: &Json<'_>) -> Option<Content> {
        read(part, 0)
    }

    /// The name of the type that the value says, such as `CodeableConcept` or `dateTime`.
    pub fn structure(&self) -> Option<&'static Structure> {
        let Content::Typed { suffix, .. } = self else { return None };
        let small = format!("{}{}", suffix.get(..1)?.to_ascii_lowercase(), suffix.get(1..)?);
        Schema::get().find(&small).or_else(|| Schema::get().find(suffix))
    }
}

fn read(part: &Json<'_>, depth: usize) -> Option<Content> {
    if depth > DEPTH_MAX {
        return None;
    }
    let (inner, resource) = (part.get("part"), part.get("resource"));
    let beside = part.as_object()?.iter().find(|(name, _)| name.starts_with("_value"));
    let mut found = values(part);
    let content = match (found.next(), beside, inner, resource) {
        (Some((suffix, json)), beside, None, None) => {
            if beside.is_some_and(|(name, _)| name.strip_prefix("_value") != Some(suffix)) {
                return None;
            }
            let suffix = suffix.to_string();
            let beside = beside.map(|(_, json)| json.clone().into_owned());
            Content::Typed { suffix, json: Some(json.clone().into_owned()), beside }
        }
        (None, Some((name, json)), None, None) => {
            let suffix = name.strip_prefix("_value")?.to_string();
            Content::Typed { suffix, json: None, beside: Some(json.clone().into_owned()) }
        }
        (None, None, Some(inner), None) => {
            let parts = inner.as_array()?.iter();
            let parts = parts.map(|one| Some((one.get_str("name")?.to_string(), read(one, depth + 1)?)));
            Content::Parts(parts.collect::<Option<Vec<_>>>()?)
        }
        (None, None, None, Some(resource)) => {
            resource.get_str("resourceType")?;
            Content::Resource(resource.clone().into_owned())
        }
        _ => return None,
    };
    found.next().is_none().then_some(content)
}
