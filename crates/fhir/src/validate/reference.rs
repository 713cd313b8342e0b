//! References: the type of the target when the text says it, and contained targets.

use super::message;
use super::walk::Within;
use crate::issue::Code;
use crate::{Issue, Json, ResourceType};
use std::collections::HashMap;

/// What is wrong with a Reference whose targets are listed as `Patient|Group` (empty = any).
pub fn check(
    json: &Json<'_>,
    targets: &str,
    within: Within<'_, '_>,
    contained: &Contained<'_>,
) -> Vec<Issue> {
    let mut issues = Vec::new();
    let literal = json.get_str("reference");
    let said = json.get_str("type").map(type_name);
    let found = match literal {
        Some("#") => within.container.get_str("resourceType"),
        Some(text) if text.starts_with('#') => match contained.get(&text[1..]) {
            Some(name) => Some(*name),
            None => {
                issues.push(Issue::error(Code::Invariant, message::REFERENCE_CONTAINED));
                None
            }
        },
        Some(text) => target(text).map(ResourceType::name),
        None => None,
    };
    if let (Some(found), Some(said)) = (found, said)
        && found != said
        && ResourceType::parse(said).is_some()
    {
        let issue = Issue::error(Code::Structure, message::REFERENCE_TYPE);
        issues.push(issue.arg("found", found).arg("type", said));
    }
    if let Some(found) = found.or(said.filter(|name| ResourceType::parse(name).is_some()))
        && !targets.is_empty()
        && !targets.split('|').any(|target| target == found)
    {
        let issue = Issue::error(Code::Structure, message::REFERENCE_TARGET);
        issues.push(issue.arg("found", found).arg("targets", targets.replace('|', ", ")));
    }
    issues
}

/// The contained resources of a container: their ids with their types.
pub type Contained<'r> = HashMap<&'r str, &'r str>;

pub fn contained<'r>(container: &'r Json<'_>) -> Contained<'r> {
    let each = container.each("contained");
    each.filter_map(|resource| Some((resource.get_str("id")?, resource.get_str("resourceType")?))).collect()
}

fn type_name(uri: &str) -> &str {
    uri.strip_prefix("http://hl7.org/fhir/StructureDefinition/").unwrap_or(uri)
}

/// The type that a literal reference names: `Patient/1`, `http://server/fhir/Patient/1/_history/2`,
/// and `Patient?identifier=…` of a conditional reference.
pub fn target(reference: &str) -> Option<ResourceType> {
    if reference.starts_with("urn:") {
        return None;
    }
    let absolute = reference.starts_with("http://") || reference.starts_with("https://");
    if let Some((name, _)) = reference.split_once('?')
        && !absolute
    {
        return ResourceType::parse(name);
    }
    let path = reference.split(['#', '?']).next()?;
    let mut steps = path.rsplit('/');
    let (id, name) = (steps.next()?, steps.next()?);
    let (id, name) = if name == "_history" { (steps.next()?, steps.next()?) } else { (id, name) };
    let rt = ResourceType::parse(name).filter(|_| super::format::id(id))?;
    (absolute || steps.next().is_none()).then_some(rt)
}
