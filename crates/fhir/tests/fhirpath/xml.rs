//! Turns the FHIR XML of HL7's suite into JSON, by the element tables. For tests only.

use fhir::validate::schema::{Schema, Structure};
use fhir::{Json, ResourceType};
use roxmltree::Node;

/// The resource that an XML document holds.
pub fn resource(text: &str) -> Json<'static> {
    let document = roxmltree::Document::parse(text).expect("well-formed XML");
    whole(document.root_element(), text)
}

fn whole(node: Node<'_, '_>, text: &str) -> Json<'static> {
    let rt = ResourceType::parse(node.tag_name().name()).expect("a resource type");
    let mut json = Json::object([("resourceType", Json::string(rt.name()))]);
    fill(&mut json, node, Schema::get().resource(rt), text);
    json
}

fn fill(json: &mut Json<'static>, node: Node<'_, '_>, structure: &'static Structure, text: &str) {
    let object = json.as_object_mut().expect("an object");
    for name in ["id", "url"] {
        if let Some(value) = node.attribute(name) {
            object.set(name, Json::string(value.to_string()));
        }
    }
    for child in node.children().filter(Node::is_element) {
        let name = child.tag_name().name().to_string();
        let member = structure.member(&name).unwrap_or_else(|| panic!("{} has no {name}", structure.name));
        let element = Schema::get().element(member.element);
        let ty = &element.types[usize::from(member.choice)];
        let (mut value, mut extra) = (Json::Null, Json::Null);
        if ty.is_resource {
            value = whole(child.first_element_child().expect("a resource"), text);
        } else if ty.name == "xhtml" {
            let source = &text[child.range()];
            let namespace = "xmlns=\"http://www.w3.org/1999/xhtml\"";
            let source = if source.contains(namespace) {
                source.into()
            } else {
                source.replacen("<div", &format!("<div {namespace}"), 1)
            };
            value = Json::string(source);
        } else if ty.primitive.is_some() {
            if let Some(literal) = child.attribute("value") {
                value = primitive(ty.name, literal);
            }
            if child.attribute("id").is_some() || child.first_element_child().is_some() {
                extra = Json::object::<String>([]);
                fill(&mut extra, child, Schema::get().find("Element").expect("Element"), text);
            }
        } else {
            value = Json::object::<String>([]);
            fill(&mut value, child, Schema::get().structure(ty.structure), text);
        }
        put(object, name, value, extra, element.many);
    }
}

fn put(
    object: &mut fhir::Object<'static>,
    name: String,
    value: Json<'static>,
    extra: Json<'static>,
    many: bool,
) {
    let beside = format!("_{name}");
    if !many {
        if value != Json::Null {
            object.set(name, value);
        }
        if extra != Json::Null {
            object.set(beside, extra);
        }
        return;
    }
    let mut items = object.get(&name).and_then(Json::as_array).unwrap_or_default().to_vec();
    let count = items.len();
    items.push(value);
    object.set(name, Json::Array(items));
    let known = object.get(&beside).and_then(Json::as_array);
    if extra != Json::Null || known.is_some() {
        let mut extras = known.unwrap_or_default().to_vec();
        extras.resize(count, Json::Null);
        extras.push(extra);
        object.set(beside, Json::Array(extras));
    }
}

fn primitive(ty: &str, literal: &str) -> Json<'static> {
    match ty {
        "boolean" => Json::Bool(literal == "true"),
        "integer" | "decimal" | "positiveInt" | "unsignedInt" => Json::number(literal.to_string()),
        _ => Json::string(literal.to_string()),
    }
}
