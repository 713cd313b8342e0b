//! What leaves the store: a record without the members that its reader may not see.

use super::field;
use super::groups::Groups;
use crate::cache::Entry;
use crate::error::{Error, Result};
use crate::read::Visible;
use bytes::Bytes;
use fhir::{Json, ResourceType};

const OBSERVATION_VALUE: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
/// Says that members were left out (<https://hl7.org/fhir/R4/resource.html#tag-codes>).
const SUBSETTED: &str = "SUBSETTED";

/// The entry without the members of the hidden groups.
pub(crate) fn visible(entry: &Entry, hidden: Groups) -> Result<Visible> {
    if hidden.is_empty() || entry.body.is_empty() {
        return Ok(Visible::of(entry));
    }
    let mut json = fhir::json::parse(&entry.body).map_err(|_| Error::Corrupt("stored JSON".into()))?;
    if !redact(entry.rt, &mut json, hidden) {
        return Ok(Visible::of(entry));
    }
    let body = Bytes::from(json.to_vec());
    Ok(Visible { body, redacted: true, ..Visible::of(entry) })
}

/// Removes what is hidden and tags what is left; whether anything was.
pub(crate) fn redact(rt: ResourceType, json: &mut Json<'_>, hidden: Groups) -> bool {
    let Some(object) = json.as_object_mut() else { return false };
    let names: Vec<String> = object
        .iter()
        .map(|(name, _)| name)
        .filter(|name| field::group_of(rt, name).is_some_and(|group| hidden.has(group)))
        .map(str::to_string)
        .collect();
    if names.is_empty() {
        return false;
    }
    for name in &names {
        object.remove(name);
    }
    // The narrative tells in words what the members say, and contained resources belong to any of them.
    object.remove("text");
    object.remove("contained");
    let tag = Json::object([("system", Json::string(OBSERVATION_VALUE)), ("code", Json::string(SUBSETTED))]);
    if object.get("meta").is_none() {
        object.insert_at(1, "meta", Json::Object(Default::default()));
    }
    if let Some(meta) = object.get_mut("meta").and_then(Json::as_object_mut) {
        match meta.get_mut("tag") {
            Some(Json::Array(tags)) => tags.push(tag),
            _ => meta.set("tag", Json::array([tag])),
        }
    }
    true
}

/// Whether a resource says of itself that members were left out.
pub(crate) fn is_subsetted(json: &Json<'_>) -> bool {
    let tags = json.get("meta").into_iter().flat_map(|meta| meta.each("tag"));
    tags.into_iter()
        .any(|tag| tag.get_str("code") == Some(SUBSETTED) && tag.get_str("system") == Some(OBSERVATION_VALUE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy::Group;

    #[test]
    fn what_is_hidden_goes_with_all_that_repeats_it() {
        let text = r#"{"resourceType":"Patient","id":"a","meta":{"versionId":"3"},"text":{"div":"<div>0612</div>"},
            "contained":[{"resourceType":"Organization"}],"gender":"male","telecom":[{"value":"0612"}],"_address":[null]}"#;
        let mut json = fhir::json::parse(text.as_bytes()).unwrap();
        assert!(redact(ResourceType::PATIENT, &mut json, Groups::one(Group::Contact)));
        assert_eq!(
            String::from_utf8(json.to_vec()).unwrap(),
            r#"{"resourceType":"Patient","id":"a","meta":{"versionId":"3","tag":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}]},"gender":"male"}"#
        );
        assert!(is_subsetted(&json));
        let mut plain = fhir::json::parse(br#"{"resourceType":"Patient","text":{}}"#).unwrap();
        assert!(
            !redact(ResourceType::PATIENT, &mut plain, Groups::one(Group::Contact)),
            "nothing was there to hide"
        );
        assert!(plain.get("text").is_some());
    }
}
