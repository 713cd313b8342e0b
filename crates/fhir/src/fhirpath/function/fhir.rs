//! What FHIR adds to the language: <https://hl7.org/fhir/R4/fhirpath.html#functions>.

use super::Function;
use crate::fhirpath::ast::Node;
use crate::fhirpath::engine::{Engine, Items, Outcome, Scope, string};
use crate::fhirpath::error::EvaluationError;
use crate::fhirpath::navigate::member;
use crate::fhirpath::value::{Element, Value};
use crate::validate::member_of;
use crate::{Json, ResourceType};

pub fn call<'a>(
    engine: &mut Engine<'_, 'a>,
    function: Function,
    input: Items<'a>,
    arguments: &'a [Node],
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    let argument = match arguments.first() {
        Some(node) => string(&engine.eval(node, scope)?, function.name())?,
        None => None,
    };
    let text = argument.as_deref().unwrap_or_default();
    match function {
        Function::Extension => {
            let mut found = member(engine, &input, "extension")?;
            found.retain(|item| match item {
                Value::Element(element) => element.json.and_then(|json| json.get_str("url")) == Some(text),
                _ => false,
            });
            Ok(found)
        }
        Function::HasValue => {
            let has = matches!(&input[..], [one] if one.plain_system().is_some());
            Ok(vec![Value::Boolean(has)])
        }
        Function::GetValue => Ok(match &input[..] {
            [one] => one.plain_system().into_iter().collect(),
            _ => Vec::new(),
        }),
        Function::Resolve => Ok(input.iter().filter_map(|item| resolve(engine, item)).collect()),
        Function::MemberOf => membership(engine, &input, text),
        Function::ConformsTo => conforms(engine, &input, text),
        _ => Ok(vec![Value::Boolean(input.iter().all(html_is_safe))]),
    }
}

/// The resource that a reference, or the text of one, means: contained, in the bundle, or outside.
fn resolve<'a>(engine: &Engine<'_, 'a>, item: &Value<'a>) -> Option<Value<'a>> {
    let reference: &'a str = match item {
        Value::Element(element) => match element.json? {
            Json::String(text) => text,
            json => json.get_str("reference")?,
        },
        _ => return None,
    };
    let root = engine.environment.root_resource;
    if let Some(id) = reference.strip_prefix('#') {
        let root = root?;
        let found = if id.is_empty() { Some(root) } else { contained(root, id) };
        return found.map(|json| Value::Element(Element::resource(json)));
    }
    let in_bundle = root.and_then(|root| {
        let same = |entry: &&'a Json<'a>| {
            let url = entry.get_str("fullUrl").unwrap_or_default();
            url == reference
                || (url.ends_with(reference) && url[..url.len() - reference.len()].ends_with('/'))
        };
        root.each("entry").find(same)?.get("resource")
    });
    let found = in_bundle.or_else(|| engine.environment.outside.resolve(reference));
    if let Some(json) = found {
        return Some(Value::Element(Element::resource(json)));
    }
    // What cannot be fetched is still known by its type, as `resolve() is Patient` asks.
    let rt: ResourceType = crate::validate::reference_target(reference)?;
    let structure = crate::validate::schema::Schema::get().resource(rt);
    Some(Value::Element(Element { json: None, extra: None, structure: Some(structure) }))
}

fn contained<'a>(root: &'a Json<'a>, id: &str) -> Option<&'a Json<'a>> {
    root.each("contained").find(|resource| resource.get_str("id") == Some(id))
}

fn membership<'a>(engine: &Engine<'_, 'a>, input: &[Value<'a>], set: &str) -> Outcome<Items<'a>> {
    let name = set.split('|').next().unwrap_or(set).rsplit('/').next().unwrap_or(set);
    let is_base = set.starts_with("http://hl7.org/fhir/ValueSet/");
    let ask = |system: Option<&str>, code: &str| {
        let known = if is_base { member_of(name, system, code) } else { None };
        known.or_else(|| engine.environment.outside.member_of(system, code, set))
    };
    let [one] = input else { return Ok(Vec::new()) };
    let json = match one {
        Value::String(code) => return Ok(ask(None, code).map(Value::Boolean).into_iter().collect()),
        Value::Element(element) => element.json,
        _ => None,
    };
    let coding = |json: &Json<'_>| ask(json.get_str("system"), json.get_str("code")?);
    let answer = match json {
        Some(Json::String(code)) => ask(None, code),
        Some(concept) if concept.get("coding").is_some() => {
            let answers: Vec<bool> = concept.each("coding").filter_map(coding).collect();
            (!answers.is_empty()).then(|| answers.contains(&true))
        }
        Some(json) => coding(json),
        None => None,
    };
    Ok(answer.map(Value::Boolean).into_iter().collect())
}

fn conforms<'a>(engine: &Engine<'_, 'a>, input: &[Value<'a>], profile: &str) -> Outcome<Items<'a>> {
    let [Value::Element(element)] = input else { return Ok(Vec::new()) };
    if let Some(answer) = engine.environment.outside.conforms_to(element, profile) {
        return Ok(vec![Value::Boolean(answer)]);
    }
    // The base definitions: the element's own type and those above it.
    let name = profile.strip_prefix("http://hl7.org/fhir/StructureDefinition/");
    let asked = name.and_then(|name| crate::validate::schema::Schema::get().find(name));
    let asked = asked.ok_or(EvaluationError::NotOffered("conformsTo"))?;
    let is_it = element.structure.is_some_and(|s| crate::validate::schema::Schema::get().is_a(s, asked.id));
    Ok(vec![Value::Boolean(is_it)])
}

fn html_is_safe(item: &Value<'_>) -> bool {
    match item {
        Value::Element(Element { json: Some(Json::String(text)), .. }) => {
            crate::validate::narrative_is_safe(text)
        }
        Value::String(text) => crate::validate::narrative_is_safe(text),
        _ => true,
    }
}
