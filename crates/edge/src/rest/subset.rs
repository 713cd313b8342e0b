//! Parts of a resource: `_summary` and `_elements` (<https://hl7.org/fhir/R4/search.html#summary>).

use super::page::{Summary, View};
use fhir::validate::schema::{Kind, Member, Schema, Structure};
use fhir::{Json, ResourceType};

/// Leaves in the resource what the view wants, and marks it as a part.
pub fn apply(resource: &mut Json<'_>, rt: ResourceType, view: &View) {
    if view.whole() {
        return;
    }
    let schema = Schema::get();
    let structure = schema.resource(rt);
    prune(
        resource,
        schema,
        structure,
        &|member| wanted(member, schema, rt, view),
        view.summary == Summary::True,
    );
    mark(resource);
}

fn wanted(member: &Member, schema: &Schema, rt: ResourceType, view: &View) -> bool {
    let element = schema.element(member.element);
    if matches!(element.name, "id" | "meta" | "implicitRules") {
        return true;
    }
    if !view.elements.is_empty() {
        let named = view.elements.iter().any(|name| {
            let name = name.strip_prefix(rt.name()).and_then(|n| n.strip_prefix('.')).unwrap_or(name);
            let first = name.split('.').next().unwrap_or(name);
            first == element.name || first == member.name
        });
        return named || element.required || element.modifier;
    }
    match view.summary {
        Summary::True => element.summary,
        Summary::Text => element.name == "text" || element.required || element.modifier,
        Summary::Data => element.name != "text",
        Summary::False | Summary::Count => true,
    }
}

/// Removes members that are not wanted. With `deep`, the parts inside (`Patient.link`) lose what is not in
/// their summary too; data types stay whole.
fn prune(
    json: &mut Json<'_>,
    schema: &Schema,
    structure: &Structure,
    keep: &dyn Fn(&Member) -> bool,
    deep: bool,
) {
    let Some(object) = json.as_object_mut() else { return };
    let names: Vec<String> = object.iter().map(|(name, _)| name.to_string()).collect();
    for name in names {
        if name == "resourceType" {
            continue;
        }
        let plain = name.strip_prefix('_').unwrap_or(&name);
        match structure.member(plain) {
            Some(member) if keep(member) => {
                let kind = schema.element(member.element).types.get(usize::from(member.choice));
                let inner =
                    kind.map(|t| schema.structure(t.structure)).filter(|s| deep && s.kind == Kind::Part);
                if let (Some(inner), Some(value)) = (inner, object.get_mut(&name)) {
                    prune_each(value, schema, inner);
                }
            }
            _ => {
                object.remove(&name);
            }
        }
    }
}

fn prune_each(value: &mut Json<'_>, schema: &Schema, structure: &Structure) {
    let keep = |member: &Member| {
        let element = schema.element(member.element);
        element.summary || element.required || element.modifier
    };
    match value {
        Json::Array(items) => items.iter_mut().for_each(|item| prune(item, schema, structure, &keep, true)),
        other => prune(other, schema, structure, &keep, true),
    }
}

/// Tags the resource SUBSETTED, so that nobody writes it back as if it were whole.
fn mark(resource: &mut Json<'_>) {
    let tag = Json::object([
        ("system", Json::string("http://terminology.hl7.org/CodeSystem/v3-ObservationValue")),
        ("code", Json::string("SUBSETTED")),
    ]);
    let Some(object) = resource.as_object_mut() else { return };
    if object.get("meta").is_none() {
        object.insert_at(2, "meta", Json::object::<&str>([]));
    }
    let Some(meta) = object.get_mut("meta").and_then(Json::as_object_mut) else { return };
    let mut tags: Vec<Json<'_>> = meta.get("tag").map(|t| t.items().cloned().collect()).unwrap_or_default();
    tags.push(tag);
    meta.set("tag", Json::Array(tags));
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENT: &str = r#"{"resourceType":"Patient","id":"a","meta":{"versionId":"1"},"text":{"status":"empty"},"_birthDate":{"id":"x"},"birthDate":"2001-02-03","photo":[{"title":"p"}],"contact":[{"gender":"male"}],"link":[{"other":{"reference":"Patient/b"},"type":"refer"}]}"#;

    fn members(view: &View) -> Vec<String> {
        let mut json = fhir::json::parse(PATIENT.as_bytes()).unwrap();
        apply(&mut json, ResourceType::PATIENT, view);
        json.as_object().unwrap().iter().map(|(n, _)| n.to_string()).collect()
    }

    #[test]
    fn keeps_what_is_asked_and_what_must_be_known() {
        let elements = View { elements: vec!["birthDate".into()], ..View::default() };
        assert_eq!(members(&elements), ["resourceType", "id", "meta", "_birthDate", "birthDate", "link"]);
        let summary = View { summary: Summary::True, ..View::default() };
        assert_eq!(members(&summary), ["resourceType", "id", "meta", "_birthDate", "birthDate", "link"]);
        let data = View { summary: Summary::Data, ..View::default() };
        assert!(
            !members(&data).contains(&"text".to_string()) && members(&data).contains(&"photo".to_string())
        );
        let text = View { summary: Summary::Text, ..View::default() };
        assert_eq!(members(&text), ["resourceType", "id", "meta", "text", "link"]);
    }
}
